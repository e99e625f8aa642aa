"""One coach: the index over time, what happened, and the stories and sentences behind any point."""

import streamlit as st

from pages import door

with door.entered():
    from pages import dossier, filters, reach, sheet, shell, timeline, turning
    from pages.wording import plain

view, say = shell.open_page()
shell.heading(say("Coach"), say)
names = dossier.known(view)
chosen = dossier.choose(view, names)
if chosen is None:
    st.info(say("Nothing has been written about any coach by this day. Choose a later one."))
elif chosen not in names:
    st.warning(say("No story about {coach} by {day}.", coach=plain(chosen), day=say.day(view.day)))
    filters.coach_picker([chosen, *names], chosen, say)
else:
    filters.coach_picker(names, chosen, say)
    with st.spinner(say("Gathering what is told of the coach …")):
        case = dossier.open_case(chosen, view)
    above = st.container()  # filled later: the chart goes out first, for the browser to draw in the meantime
    days = timeline.chosen_days(case)
    first = reach.since(case, days)
    timeline.draw_index(case, days, first, say)
    with above:
        dossier.draw_header(case, say)
        with st.container(horizontal=True, vertical_alignment="center", key="onward_report"):
            shell.page_link("report", say("Printable report"), coach=chosen)
            sheet.button(case, say)
    timeline.draw_stories(case, days, say)
    turning.draw(case, say)
    left, right = st.columns(2, gap="large")
    with left:
        dossier.draw_causes(case, first, say)
    with right:
        dossier.draw_sources(case, say)
    dossier.draw_clubs(case, say)
    dossier.draw_all(case, say)
