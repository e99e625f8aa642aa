"""The figures hold the data they are given, and text from outside stays text."""

import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.compare import ALIGNMENTS, aligned, compare_chart
from analysis.charts.graph import club_graph
from analysis.charts.index import index_chart, stage_runs
from analysis.charts.palette import RELATION_LOOK, STAGE_LOOK
from analysis.charts.parts import causes_chart, sources_chart
from analysis.charts.race import race_chart
from analysis.charts.shared import day_axis, label, round_step, short_names, spread, wrapped
from analysis.schema import INDEX
from pages.wording import Words

WORDS = Words("en")
ATTACK = '<a href="javascript:alert(1)">x</a><img src=x onerror=alert(1)>'
NO_CHANGES = pd.DataFrame({"date": pd.to_datetime([], utc=True), "before": [], "after": []})
NO_EVENTS = pd.DataFrame({"date": pd.to_datetime([], utc=True), "kind": [], "label": []})


def series(coach: str = "Mario Brenta", days: int = 10, start: str = "2024-12-01", club: str = "Milan") -> pd.DataFrame:
    dates = pd.date_range(start, periods=days, tz="UTC")
    return INDEX.frame(
        [
            {
                "date": date,
                "coach": coach,
                "club": club,
                "index": 10.0 * i,
                "lower": 5.0 * i,
                "upper": 10.0 * i + 5,
                "stories": i,
                "stage": "none" if i < 4 else "pressure",
            }
            for i, date in enumerate(dates)
        ]
    )


def edges(text: str = "words") -> pd.DataFrame:
    rows = [("Brenta", "Roma", "destination", 3), ("Brenta", "Inter", "opponent", 1), ("Brenta", "Inter", "rival", 1)]
    frame = pd.DataFrame(rows, columns=["coach", "club", "relation", "stories"])
    return frame.assign(sentence=text)


def trace(chart: go.Figure, name: str) -> go.Scatter:
    return next(trace for trace in chart.data if trace.name == name)


def written(chart: go.Figure) -> str:
    """Everything the figure draws, as the browser gets it; customdata is handed to clicks and never drawn."""
    whole = json.loads(chart.to_json())
    drawn = [{key: value for key, value in trace.items() if key != "customdata"} for trace in whole["data"]]
    return json.dumps([drawn, whole["layout"]], ensure_ascii=False)


def test_the_line_holds_the_index_and_every_point_its_day():
    chart = index_chart(series(), NO_EVENTS, NO_CHANGES, WORDS)
    line = trace(chart, "index")
    np.testing.assert_allclose(line.y, np.arange(10) * 10.0)
    assert list(line.customdata)[:2] == ["2024-12-01", "2024-12-02"]


def test_the_band_lies_between_lower_and_upper():
    chart = index_chart(series(), NO_EVENTS, NO_CHANGES, WORDS)
    np.testing.assert_allclose(trace(chart, "lower").y, np.arange(10) * 5.0)
    np.testing.assert_allclose(trace(chart, "upper").y, np.arange(10) * 10.0 + 5)


def test_a_new_spell_begins_a_new_line():
    two = pd.concat([series(club="Milan"), series(club="Roma", start="2024-12-21")])
    chart = index_chart(two, NO_EVENTS, NO_CHANGES, WORDS)
    assert [len(trace.x) for trace in chart.data if trace.name == "index"] == [10, 10]


def test_stages_are_drawn_as_unbroken_runs_in_their_colours():
    chart = index_chart(series(), NO_EVENTS, NO_CHANGES, WORDS)
    runs = [trace for trace in chart.data if trace.type == "bar"]
    assert [run.marker.color for run in runs] == [STAGE_LOOK["none"].colour, STAGE_LOOK["pressure"].colour]
    assert stage_runs(series())["days"].tolist() == [4, 6]


@pytest.mark.parametrize("draw", [lambda rows: index_chart(rows, NO_EVENTS, NO_CHANGES, WORDS),
                                  lambda rows: race_chart(rows, rows["coach"].unique().tolist(), WORDS)])  # fmt: skip
def test_plotly_need_not_draw_a_chart_of_days_twice_to_measure_its_margins(draw):
    layout = draw(series()).layout.to_plotly_json()
    axes = [axis for name, axis in layout.items() if name.startswith(("xaxis", "yaxis"))]
    assert len(axes) >= 2 and not any(axis["automargin"] for axis in axes)
    assert layout["margin"]["l"] > 20 and layout["margin"]["b"] > 20


def test_events_stand_on_their_day_with_their_words():
    events = pd.DataFrame({"date": [pd.Timestamp("2024-12-03", tz="UTC")], "kind": ["ultimatum"], "label": [ATTACK]})
    chart = index_chart(series(), events, NO_CHANGES, WORDS)
    assert list(trace(chart, "ultimatum").x) == ["2024-12-03"]
    assert "<a" not in written(chart)


def test_a_change_point_is_a_ring_on_the_line():
    changes = pd.DataFrame({"date": [pd.Timestamp("2024-12-05", tz="UTC")], "before": [10.0], "after": [40.0]})
    assert list(trace(index_chart(series(), NO_EVENTS, changes, WORDS), "changes").y) == [40.0]


def test_the_race_names_each_line_at_its_end_and_tells_its_coach_to_a_click():
    both = pd.concat([series("Erik ten Hag"), series("Tom Ashdown")])
    chart = race_chart(both, ["Erik ten Hag", "Tom Ashdown"], WORDS)
    assert [note.text for note in chart.layout.annotations] == ["ten Hag", "Ashdown"]
    assert {name for line in chart.data for name in line.customdata} == {"Erik ten Hag", "Tom Ashdown"}


def test_five_years_of_one_coach_stay_a_small_message():
    chart = index_chart(series(days=5 * 365, start="2020-01-01"), NO_EVENTS, NO_CHANGES, WORDS)
    assert len(chart.to_json()) < 400_000


def test_eight_coaches_over_five_years_stay_a_small_message():
    names = [f"Coach {number}" for number in range(8)]
    index = pd.concat([series(name, 5 * 365, "2020-01-01") for name in names])
    chart = compare_chart(aligned(index, pd.DataFrame(), "date"), names, "date", WORDS)
    assert len(chart.to_json()) < 400_000


SPELLS = pd.DataFrame(
    {
        "coach": ["Mario Brenta", "Tom Ashdown"],
        "club": "Milan",
        "start": pd.to_datetime(["2024-11-01", "2024-12-01"], utc=True),
        "end": pd.to_datetime(["2024-12-10", None], utc=True),
    }
)


def test_by_tenure_days_count_from_the_beginning_of_the_spell():
    assert aligned(series(), SPELLS, "tenure")["x"].tolist() == list(range(30, 40))


def test_by_departure_days_count_down_to_zero_and_running_spells_drop_out():
    both = pd.concat([series(), series("Tom Ashdown")])
    shown = aligned(both, SPELLS, "departure")
    assert set(shown["coach"]) == {"Mario Brenta"}
    assert shown["x"].tolist() == list(range(-9, 1))


@pytest.mark.parametrize("alignment", ALIGNMENTS)
def test_the_comparison_draws_every_day_of_every_coach(alignment):
    both = pd.concat([series(), series("Tom Ashdown")])
    spells = SPELLS.assign(end=pd.Timestamp("2024-12-10", tz="UTC"))
    chart = compare_chart(aligned(both, spells, alignment), ["Mario Brenta", "Tom Ashdown"], alignment, WORDS)
    assert [len(line.y) for line in chart.data] == [10, 10]


def test_no_departure_yet_is_said():
    chart = compare_chart(aligned(series("Tom Ashdown"), SPELLS, "departure"), ["Tom Ashdown"], "departure", WORDS)
    assert "None of these spells has ended" in chart.layout.annotations[0].text


def test_every_edge_is_a_line_in_the_colour_of_its_relation_with_a_mark_to_click():
    chart = club_graph(edges(), "sides", WORDS)
    lines = [line.line.color for line in chart.data if line.mode == "lines+markers"]
    assert lines == [RELATION_LOOK[relation].colour for relation in edges()["relation"]]
    marks = [mark for line in chart.data if line.mode == "markers" for mark in line.customdata]
    assert sorted(map(list, marks)) == sorted(edges()[["coach", "club", "relation"]].to_numpy().tolist())


def test_two_relations_of_one_pair_do_not_hide_each_other():
    chart = club_graph(edges(), "sides", WORDS)
    heights = {tuple(line.y) for line in chart.data if line.mode == "lines+markers"}
    assert len(heights) == 3


def test_a_former_club_points_to_the_coach():
    former = edges().iloc[:1].assign(relation="former")
    line = club_graph(former, "sides", WORDS).data[0]
    assert list(line.x) == [1.0, 0.0]


def test_sentences_from_outside_stay_text_in_the_graph():
    assert "<a" not in written(club_graph(edges(ATTACK).assign(coach=ATTACK, club=ATTACK), "network", WORDS))


def test_causes_are_drawn_a_row_each_with_their_words():
    causes = pd.DataFrame(
        {
            "date": [pd.Timestamp("2024-12-03", tz="UTC")] * 3,
            "cause": ["results", "results", "fans"],
            "text": ["a", "b", ATTACK],
        }
    )
    chart = causes_chart(causes, series()["date"], WORDS)
    assert [row.name for row in chart.data] == ["fans (1)", "results (2)"]
    assert "<a" not in written(chart)


def test_sources_are_counted_by_direction():
    claims = pd.DataFrame({"source": ["A", "A", "B"], "direction": ["risk", "reassurance", "risk"]})
    chart = sources_chart(claims, WORDS)
    assert {bar.name: dict(zip(bar.y, bar.x, strict=True)) for bar in chart.data} == {
        "risk": {"A": 1, "B": 1},
        "backing": {"A": 1, "B": 0},
    }


@pytest.mark.parametrize(
    "chart",
    [
        causes_chart(pd.DataFrame({"cause": [], "date": [], "text": []}), series()["date"], WORDS),
        sources_chart(pd.DataFrame({"source": [], "direction": []}), WORDS),
        club_graph(edges().iloc[:0], "sides", WORDS),
    ],
)
def test_an_empty_chart_says_why(chart):
    assert chart.layout.annotations[0].text


@given(st.lists(st.floats(0, 100), min_size=1, max_size=9))
def test_end_labels_keep_apart_and_in_order(values):
    placed = spread(values, gap=7, low=0, high=100)
    ordered = [place for _, place in sorted(zip(values, placed, strict=True), key=lambda pair: (pair[0], pair[1]))]
    assert all(later - earlier >= 7 - 1e-6 for earlier, later in zip(ordered, ordered[1:], strict=False))


@given(st.text(max_size=300))
def test_no_text_becomes_markup_in_a_hover_box(text):
    assert "<" not in label(text)
    assert "<" not in wrapped(text).replace("<br>", "")


def test_ticks_are_few_and_in_words():
    axis = day_axis(series(days=300)["date"], Words("it"))
    assert len(axis["tickvals"]) <= 4
    assert axis["ticktext"][0] == "dic 2024"


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["Erik ten Hag"], ["ten Hag"]),
        (["Daniele De Rossi"], ["De Rossi"]),
        (["Tite"], ["Tite"]),
        (["Dorival Júnior", "Ramon Da Silva Filho"], ["Dorival Júnior", "Da Silva Filho"]),
        (["Simone Inzaghi", "Filippo Inzaghi"], ["Simone Inzaghi", "Filippo Inzaghi"]),
    ],
)
def test_short_names_keep_particles_and_stay_apart(names, short):
    assert list(short_names(names).values()) == short


@pytest.mark.parametrize(("top", "step"), [(0, 1), (1, 1), (6, 1), (7, 2), (36, 10), (301, 100), (12_000, 2000)])
def test_the_steps_of_an_axis_are_round_and_few(top, step):
    assert round_step(top) == step


def test_the_comparison_tells_the_day_in_words():
    line = compare_chart(aligned(series(), SPELLS, "date"), ["Mario Brenta"], "date", WORDS).data[0]
    assert "%-d %B %Y" in line.hovertemplate and "index %{y:.0f}" in line.hovertemplate
