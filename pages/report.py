"""One coach on one page, for paper: reached from the coach's page or by its address."""

import streamlit as st

from pages import door

with door.entered():
    from pages import dossier, sheet, shell
    from pages.wording import plain

view, say = shell.open_page()
names = dossier.known(view)
chosen = dossier.choose(view, names)
with st.container(key="report_words"):
    shell.heading(say("Report"), say)
if chosen is None or chosen not in names:
    st.info(
        say("Nothing has been written about any coach by this day. Choose a later one.")
        if chosen is None
        else say("No story about {coach} by {day}.", coach=plain(chosen), day=say.day(view.day))
    )
else:
    with st.spinner(say("Gathering what is told of the coach …")):
        case = dossier.open_case(chosen, view)
    with st.container(horizontal=True, vertical_alignment="center", key="onward"):
        shell.page_link("coach", say("Back to the coach"), coach=chosen)
        sheet.button(case, say)
        st.caption(say("Print this page with your browser (Ctrl+P), or download it as a file; it fits on one sheet."))
    st.html(sheet.body(case, say))
