"""The printed index: a well-formed drawing of the data, days left to right, worse higher."""

from xml.etree import ElementTree

import pandas as pd

from analysis.charts.paper import HEIGHT, WIDTH, as_address, index_picture
from pages.wording import Words

SVG = "{http://www.w3.org/2000/svg}"


def drawn(values: list[float], stages: list[str]) -> ElementTree.Element:
    days = pd.date_range("2024-12-01", periods=len(values), tz="UTC")
    series = pd.DataFrame({"date": days, "club": "Milan", "index": values, "stage": stages})
    series = series.assign(lower=series["index"] - 5, upper=series["index"] + 5)
    changes = pd.DataFrame({"date": days[-1:], "after": values[-1:]})
    return ElementTree.fromstring(index_picture(series, changes, Words("it")))


def line(picture: ElementTree.Element) -> list[tuple[float, float]]:
    points = picture.find(f"{SVG}polyline").get("points").split()
    return [tuple(map(float, point.split(","))) for point in points]


def test_days_run_right_and_danger_up():
    points = line(drawn([0, 40, 90], ["none", "pressure", "succession"]))
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)


def test_all_is_inside_the_picture_and_each_stage_has_its_stretch():
    picture = drawn([0, 100, 100], ["none", "pressure", "pressure"])
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in line(picture))
    assert len(picture.findall(f"{SVG}rect")) == 2
    assert len(picture.findall(f"{SVG}circle")) == 1


def test_one_day_alone_is_drawn():
    assert len(line(drawn([12.0], ["none"]))) == 1


def test_the_address_of_an_image_holds_no_quote():
    assert as_address('<svg a="b">').isascii() and '"' not in as_address('<svg a="b">')
