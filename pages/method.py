"""How a score comes about, with a worked example; parameters, lexicon, gazetteer, limits."""

import streamlit as st

from pages import door

with door.entered():
    from pages import explain, measured, shell, tuning

view, say = shell.open_page()
shell.heading(say("Method"), say)
st.header(say("How a score comes about"), anchor=False)
explain.draw_steps(say)
st.header(say("A worked example"), anchor=False)
explain.draw_example(view, say)
st.header(say("Parameters"), anchor=False)
st.caption(say("Move them and see what the ranking of the day would be; nothing is changed for the other pages."))
tuning.draw(view, say)
st.header(say("Lexicon"), anchor=False)
explain.draw_data("lexicon", say)
st.header(say("Gazetteer"), anchor=False)
explain.draw_data("gazetteer", say)
st.header(say("Sources"), anchor=False)
explain.draw_sources(view, say)
st.header(say("How right it is"), anchor=False)
measured.draw(say)
st.header(say("Limits"), anchor=False)
explain.draw_limits(say)
