"""Method: the worked example, parameters and their effect, the data, the limits."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.index import ranking
from analysis.index.changes import change_points
from analysis.index.ledger import build_ledger
from analysis.index.parameters import Parameters
from analysis.schema import LANGUAGES
from analysis.stories import group_stories
from bench import accuracy
from pages import measured
from pages.tuning import SLIDERS, bounds, notes
from pages.wording import plain
from tests.pages.conftest import build_archive, build_gazetteer, charts, said


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
    app.selectbox(key="pick_lexicon_language").select(language).run()
    app.text_input(key="pick_lexicon_search").set_value("ultimatum").run()
    table = app.dataframe[2].value
    assert len(table) > 0
    assert table.apply(lambda row: "ultimatum" in " ".join(row).lower(), axis=1).all()


def test_a_search_without_a_hit_gives_an_empty_table(open_page):
    app = open_page("method")
    app.text_input(key="pick_gazetteer_search").set_value("(no such club [").run()
    assert not app.exception
    assert app.dataframe[3].value.empty


def test_sources_are_counted_and_the_demonstrations_have_no_track_record(open_page):
    app = open_page("method")
    counts = app.dataframe[4].value.set_index("source")
    assert counts.loc["Desk B", "risk"] == 2
    assert "no track record" in said(app)


def test_without_articles_there_is_no_example(open_page):
    assert "No story to work through" in said(open_page("method", build_archive(())))


def test_every_parameter_can_be_moved_and_put_back(open_page):
    app = open_page("method")
    keys = {widget.key for kind in ("slider", "number_input") for widget in app.get(kind)}
    assert {f"tune_{name}" for name in Parameters.__dataclass_fields__ if name != "source_weights"} <= keys
    app.number_input(key="tune_ultimatum_weight").set_value(0.1).run()
    assert app.dataframe[1].value["index as tuned"].iloc[0] < app.dataframe[1].value["index as usual"].iloc[0]
    next(button for button in app.button if button.label == "Back to the usual values").click().run()
    assert app.number_input(key="tune_ultimatum_weight").value == Parameters().ultimatum_weight
    assert not app.exception


def test_a_parameter_moved_stays_in_the_address_and_an_address_moves_it(open_page):
    app = open_page("method")
    app.slider(key="tune_shrinkage").set_value(5.0).run()
    assert app.query_params["tune_shrinkage"] == "5.0"
    linked = open_page("method", tune_shrinkage="5.0", tune_alarm_on="nan", tune_draws="x", tune_source="Nobody")
    assert not linked.exception
    assert linked.dataframe[1].value.equals(app.dataframe[1].value)
    assert linked.number_input(key="tune_alarm_on").value == Parameters().alarm_on


def test_what_was_searched_stays_in_the_address_and_an_address_searches(open_page):
    app = open_page("method", lexicon_language="de", lexicon_file="modifiers.csv", lexicon_search="nicht")
    assert app.selectbox(key="pick_lexicon_file").value == "modifiers.csv"
    assert app.dataframe[2].value.apply(lambda row: "nicht" in " ".join(row).lower(), axis=1).all()
    app.text_input(key="pick_lexicon_search").set_value("kein").run()
    assert app.query_params["lexicon_search"] == "kein"


def test_one_source_can_be_left_out(open_page):
    app = open_page("method")
    app.selectbox(key="tune_source").select("Desk B").run()
    app.number_input(key="tune_source_weight").set_value(0.0).run()
    assert app.dataframe[1].value["index as tuned"].iloc[0] < app.dataframe[1].value["index as usual"].iloc[0]


def test_values_that_contradict_each_other_are_said(open_page):
    app = open_page("method")
    app.number_input(key="tune_alarm_off").set_value(90.0).run()
    assert not app.exception
    assert "do not go together" in said(app)


def test_stories_are_grouped_anew_and_the_hottest_is_drawn_under_both(open_page):
    app = open_page("method")
    app.number_input(key="tune_story_days").set_value(1).run()
    assert not app.exception
    assert [trace["name"] for trace in charts(app)[0]["data"]] == ["as usual", "as tuned", "changes"]


def test_what_was_not_measured_is_said_to_be_missing(open_page, monkeypatch, tmp_path):
    monkeypatch.setattr(measured, "FILE", tmp_path / "none.csv")
    assert said(open_page("method")).count("Not measured yet") == len(measured.SETS)


def test_figures_stand_with_their_day_and_command(open_page, monkeypatch, tmp_path):
    score = dict.fromkeys(accuracy.FIGURES, 0.5) | {name: {"F1": 0.8765} for name in accuracy.F1.values()}
    accuracy.record("blind", 12, score, tmp_path / "a.csv")
    accuracy.record("blind", 34, score, tmp_path / "a.csv")
    monkeypatch.setattr(measured, "FILE", tmp_path / "a.csv")
    app = open_page("method")
    page = said(app)
    assert "34 articles" in page and "python -m bench.accuracy --set blind" in page
    assert page.count("Not measured yet") == len(measured.SETS) - 1
    assert "0.88" in app.dataframe[-1].value["value"].tolist()


def test_no_value_that_can_be_chosen_breaks_the_index():
    archive = build_archive()
    for name in [name for name in Parameters.__dataclass_fields__ if name not in (*SLIDERS, "source_weights")]:
        for value in bounds(name):
            try:
                parameters = replace(Parameters(), **{name: value})
            except ValueError:
                continue
            stories = group_stories(archive.articles, parameters)
            ledger = build_ledger(archive.claims, stories, build_gazetteer().spells, parameters, date(2024, 12, 20))
            table = ranking(ledger, date(2024, 12, 6))
            assert table["index"].between(0, 100).all(), (name, value)
            assert len(change_points(table, parameters)) >= 0


def test_in_italian_every_parameter_has_its_reason_and_every_fault_its_words(open_page):
    app = open_page("method", ui="it", parameters="open", tune_alarm_off="90")
    assert "CUSUM, Page" in said(app) and not [reason for reason in notes().values() if plain(reason) in said(app)]
    assert "alarm\\_off non può superare alarm\\_on" in app.warning[0].value
