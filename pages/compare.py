"""Several coaches on one axis."""

import streamlit as st

from pages import door

with door.entered():
    from pages import lineup, shell

view, say = shell.open_page()
shell.heading(say("Compare"), say)
coaches = lineup.choose(view, say)
if coaches:
    lineup.draw(view, coaches, say)
else:
    st.info(say("Choose the coaches to compare."))
