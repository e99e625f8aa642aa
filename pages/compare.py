"""Several coaches on one axis."""

import streamlit as st

from pages import common, lineup

view, say = common.open_page()
common.heading(say("Compare"), say)
coaches = lineup.choose(view, say)
if coaches:
    lineup.draw(view, coaches, say)
else:
    st.info(say("Choose the coaches to compare."))
