"""Hot seats: who is most in danger, what changed, and why."""

from dataclasses import replace

import numpy as np

from tests.pages.conftest import BRIEFS, Brief, build_archive, charts, lacking, links, piece, said


def ranked(app) -> list[str]:
    return [label.split(" ", 1)[1].strip() for page, label in links(app) if page == "coach"]


def test_the_headline_names_the_hottest_coach_his_stage_and_the_words_behind_it(open_page):
    wanted = ("<strong>Mario Brenta</strong>, Milan", "ultimatum", "ultima spiaggia contro l&#x27;Inter", "Desk B")
    assert not lacking(piece(open_page(ui="it"), "pn-headline"), *wanted, "in sette giorni")


def test_of_equally_grave_words_the_headline_quotes_those_in_the_readers_language(open_page):
    wanted = ("<strong>Mario Brenta</strong>, Milan", "ultimatum", "one game to save his job", "Desk C")
    assert not lacking(piece(open_page(), "pn-headline"), *wanted, "in seven days")


def test_the_ranking_is_by_index(open_page):
    assert ranked(open_page())[:2] == ["Mario Brenta", "Tom Ashdown"]


def test_what_moved_is_said(open_page):
    moves = piece(open_page(), "Since yesterday")
    assert "In seven days" in moves
    assert "Mario Brenta" in moves


def test_before_any_doubt_that_is_said_and_nobody_is_put_in_the_headline(open_page):
    app = open_page(day="2024-10-20")
    assert "No coach's job is in doubt" in said(app)
    assert 'class="pn-headline"' not in said(app)


def test_what_is_printed_tomorrow_is_not_known_today(open_page):
    assert "sacked" not in said(open_page(day="2024-12-09"))


def test_a_departure_by_statement_ends_the_spell_the_day_after(open_page):
    assert "Tom Ashdown" in ranked(open_page(day="2024-12-10"))
    assert "Tom Ashdown" not in ranked(open_page(day="2024-12-12"))


def test_a_departure_that_one_source_reports_is_shown_as_unconfirmed(open_page):
    rumour = Brief("2024-12-05", "Lena Harms", "dismissed", 4, "Desk Z", quote="Harms is out")
    page = said(open_page(archive=build_archive((*BRIEFS, rumour))))
    assert "dismissed, unconfirmed" in page
    assert "Desk Z" in page


def test_a_competition_filters_the_ranking(open_page):
    assert ranked(open_page(competition="Premier League")) == ["Tom Ashdown"]


def test_a_language_filters_the_news(open_page):
    english, every = open_page(lang="en"), open_page(ui="it")
    assert "ultima spiaggia" not in said(english)
    assert "one game to save his job" in said(english)
    assert "ultima spiaggia" in said(every)


def test_a_step_on_moves_the_day_in_the_address(open_page):
    app = open_page()
    next(button for button in app.button if button.key == "step_1").click().run()
    assert app.query_params["day"] == "2024-12-07"
    assert "Saturday 7 December 2024" in app.slider[0].label


def test_the_slider_and_the_picker_show_the_same_day(open_page):
    app = open_page(day="2024-11-24")
    assert app.slider[0].value == app.date_input[0].value


def test_sliding_writes_the_day(open_page):
    app = open_page()
    app.slider[0].set_value(app.slider[0].value.replace(day=1)).run()
    assert app.query_params["day"] == "2024-12-01"
    assert app.date_input[0].value.isoformat() == "2024-12-01"


def test_the_race_draws_the_hottest_with_their_names(open_page):
    race = charts(open_page())[0]
    assert [note["text"] for note in race["layout"]["annotations"]][:2] == ["Brenta", "Ashdown"]
    assert len(race["data"]) == 4


def test_the_race_ends_on_the_day_looked_at(open_page):
    race = charts(open_page(day="2024-12-01"))[0]
    assert {trace["x"][-1] for trace in race["data"]} == {"2024-12-01"}


def test_the_table_holds_all_coaches_with_numbers(open_page):
    table = open_page(table="open").dataframe[0].value
    assert table["coach"].tolist()[:2] == ["Mario Brenta", "Tom Ashdown"]
    assert np.isfinite(table["index"]).all()


def test_the_link_of_a_coach_carries_the_view(open_page):
    app = open_page(lang="it", day="2024-12-05", ui="it")
    queries = [element.proto.query_string for element in app.get("page_link")]
    assert "day=2024-12-05" in queries[0]
    assert "lang=it" in queries[0]
    assert "coach=Mario+Brenta" in queries[0]


def test_where_the_hottest_might_go_and_who_is_named_for_his_bench_is_told(open_page):
    rival = Brief("2024-12-05", "Lena Harms", "none", 0, relations=(("Milan", "destination"),))
    app = open_page(archive=build_archive((*BRIEFS, rival)))
    told = piece(app, "Where next")
    assert "<li>Roma</li>" in told
    assert "<li>Lena Harms</li>" in told
    assert "picture=carousel" in next(
        element.proto.query_string for element in app.get("page_link") if element.proto.page == "related_clubs"
    )


def test_where_nobody_names_a_club_that_is_said(open_page):
    assert "no club is named" in said(open_page(day="2024-12-02"))


def test_a_language_filters_the_clubs_named(open_page):
    assert "no club is named" in said(open_page(lang="it"))


def test_who_was_in_post_before_anybody_named_him_rose_from_nothing(open_page):
    late = Brief("2024-12-05", "Lena Harms", "pressure", 3, "Desk Z", quote="Harms is under pressure")
    quiet = tuple(brief for brief in BRIEFS if brief.coach != "Lena Harms")
    table = open_page(archive=build_archive((*quiet, late)), table="open").dataframe[0].value.set_index("coach")
    assert table.loc["Lena Harms", "7 days"] == table.loc["Lena Harms", "index"] > 0


def test_a_first_visitor_is_told_the_way_to_articles_of_his_own_and_an_owner_is_not(open_page):
    app = open_page()
    assert "<code>python -m analysis add FILES</code>" in said(app) and (
        "read_article",
        "Read one article here",
    ) in links(app)
    own = replace(build_archive(), is_demonstration=False)
    assert "analysis add" not in said(open_page(archive=own))
