"""Typed club links of a coach or of all, and the sentence behind each."""

import streamlit as st

from pages import door

with door.entered():
    from pages import links, shell

view, say = shell.open_page()
shell.heading(say("Related clubs"), say)
with st.spinner(say("Gathering the links …")):
    every = links.edges(view)
coach = links.choose(view, every, say)
if every.empty:
    st.info(say("No story by this day ties a coach to a club."))
else:
    layout = links.picture(say)
    shown = links.filtered(every, coach, layout, view, say)
    if shown.empty:
        st.info(say("No club is linked to the coach in these stories."))
    else:
        links.draw_graph(shown, coach, layout, view, say)
        chosen = links.opened(shown, say)
        links.draw_sentences(chosen, shown, view, say)
        links.draw_growth(chosen, view, say)
        links.draw_table(shown, view, say)
