"""Paste or upload: the article marked up and explained."""

import streamlit as st

from pages import door

with door.entered():
    from pages import fetching, intake, reading, shell

view, say = shell.open_page()
shell.heading(say("Read an article"), say)
fetched = fetching.ask(say)
found = intake.gather(*intake.ask(say), fetched, say)
intake.draw_problems(found, say)
chosen = intake.choose(found, say)
if chosen is None:
    st.info(
        say(
            "Paste an article or upload a file: it is marked up here, with each coach's way from words to stage. "
            "Nothing is stored."
        )
    )
else:
    article, result = chosen
    st.header(say("The article, read"), anchor=False)
    left, right = st.columns([0.55, 0.45], gap="large")
    with left:
        reading.draw_article(article, result, say)
    with right:
        st.subheader(say("From words to stage"), anchor=False)
        reading.draw_verdicts(result, say)
        st.subheader(say("Clubs and reasons"), anchor=False)
        reading.draw_links(result, say)
        reading.draw_tone(article, result, say)
    intake.draw_downloads(found, say)
