"""Typed club links of a coach or of all, and the sentence behind each."""

import streamlit as st

from pages import common, links

view, say = common.open_page()
common.heading(say("Related clubs"), say)
every = links.edges(view)
coach = links.choose(view, every, say)
if every.empty:
    st.info(say("No story by this day ties a coach to a club."))
else:
    shown = links.filtered(every, coach, say)
    chosen = links.draw_graph(shown, coach, say)
    links.draw_sentences(shown, chosen, say)
    links.draw_table(shown, view, say)
