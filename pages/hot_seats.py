"""Who is under most pressure now, and what moved."""

import streamlit as st

from pages import door

with door.entered():
    from pages import common, filters, ranking, shell

view, say = shell.open_page()
shell.heading(say("Hot seats"), say)
filters.replay(view, say)
with st.spinner(say("Ranking the coaches …")):
    table = common.seats(view.languages, view.competition, view.day)
if table.empty:
    st.info(say("No coach to rank on this day. Choose another day, competition or language."))
else:
    first = table.iloc[0]
    is_calm = first["index"] < ranking.FAINT
    news, ranked, race = st.container(), st.container(), st.container()
    # Drawn before what stands above it: a browser then fetches its largest part, the charts', while the rest comes in.
    if not is_calm:
        with race:
            st.header(say("How they got here"), anchor=False)
            st.caption(say("The hottest over the last 60 days. A click on a line opens the coach."))
            ranking.draw_race(table, view, say)
    with news:
        if is_calm:
            st.info(say("No coach's job is in doubt in the news of these days."))
        else:
            ranking.draw_headline(table, view, say)
            ranking.draw_next(first, view, say)
        ranking.draw_moves(table, say)
    with ranked:
        st.header(say("Ranking"), anchor=False)
        ranking.draw_rows(table, view, say)
        ranking.draw_all(table, view, say)
ranking.draw_own(say)
