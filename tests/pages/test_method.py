"""Method: the worked example, parameters and their effect, the data, the limits."""

import pytest

from analysis.parameters import Parameters
from analysis.schema import LANGUAGES
from pages.explain import notes
from tests.pages.conftest import build_archive, said


def test_the_steps_and_limits_are_told(open_page):
    page = said(open_page("method"))
    assert "near-duplicates" in page
    assert "it is no probability of dismissal" in page


def test_the_example_is_the_hottest_coachs_and_shows_what_each_story_weighs(open_page):
    app = open_page("method")
    assert "<strong>Mario Brenta</strong>, Milan" in said(app)
    weights = app.dataframe[0].value["points of the index"]
    assert weights.is_monotonic_decreasing
    assert weights.iloc[0] > 1


def test_every_parameter_has_its_reason():
    assert set(notes()) == set(Parameters.__dataclass_fields__)
    assert all(notes().values())


def test_moving_a_parameter_shows_what_the_ranking_would_be_and_changes_no_other_page(open_page):
    app = open_page("method")
    before = app.dataframe[1].value
    app.slider(key="tune_shrinkage").set_value(5.0).run()
    after = app.dataframe[1].value
    assert after["index as tuned"].iloc[0] < before["index as tuned"].iloc[0]
    assert after["index as usual"].iloc[0] == before["index as usual"].iloc[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lexicon_of_every_language_can_be_searched(open_page, language):
    app = open_page("method")
    app.selectbox(key="lexicon_language").select(language).run()
    app.text_input(key="lexicon_search").set_value("ultimatum").run()
    table = app.dataframe[2].value
    assert len(table) > 0
    assert table.apply(lambda row: "ultimatum" in " ".join(row).lower(), axis=1).all()


def test_a_search_without_a_hit_gives_an_empty_table(open_page):
    app = open_page("method")
    app.text_input(key="gazetteer_search").set_value("(no such club [").run()
    assert not app.exception
    assert app.dataframe[3].value.empty


def test_sources_are_counted_and_the_demonstrations_have_no_track_record(open_page):
    app = open_page("method")
    counts = app.dataframe[4].value.set_index("source")
    assert counts.loc["Desk B", "risk"] == 2
    assert "no track record" in said(app)


def test_without_articles_there_is_no_example(open_page):
    assert "No story to work through" in said(open_page("method", build_archive(())))
