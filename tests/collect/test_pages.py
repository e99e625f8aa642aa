"""One page, read on somebody's wish."""

import pandas as pd
import pytest

from analysis.collect import read_page
from analysis.collect.errors import BadStatus, Refused, TooLarge, Unreadable, WrongType
from tests.collect.test_run import PAGE
from tests.loopback import Reply, gigabyte, redirect

NOW = pd.Timestamp("2024-12-06 20:00", tz="UTC")


def test_a_page_becomes_an_article(loopback):
    row = read_page(f" {loopback.at('/2024/12/06/rossi', Reply(PAGE))} ", allow_local=True, now=NOW)
    assert row["title"] == "Rossi in bilico"
    assert "La panchina traballa." in row["text"]
    assert "Home" not in row["text"]
    assert (row["lang"], row["source"], row["date_precision"], row["date_flag"]) == ("it", "Il Giornale", "day", "")
    assert row["published_at"] == pd.Timestamp("2024-12-06 17:30", tz="UTC")


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
@pytest.mark.parametrize("place", ["header", "meta"])
def test_a_page_is_decoded_as_it_says(loopback, encoding, place):
    meta = f'<meta charset="{encoding}">' if place == "meta" else ""
    body = f"<html><head>{meta}<title>Perché no</title></head><body><p>Così è.</p></body></html>".encode(encoding)
    told = f"text/html; charset={encoding}" if place == "header" else "text/html"
    assert read_page(loopback.at("/page", Reply(body, told)), allow_local=True)["title"] == "Perché no"


@pytest.mark.parametrize(
    ("reply", "kind"),
    [(Reply(status=404), BadStatus), (Reply(b"x", "image/png"), WrongType), (Reply(gigabyte()), TooLarge),
     (Reply(b""), Unreadable), (Reply("<script>x</script>"), Unreadable), (redirect("http://[fe80::1]/"), Refused)],
)  # fmt: skip
def test_what_is_no_article_is_told_by_kind(loopback, reply, kind):
    with pytest.raises(kind):
        read_page(loopback.at("/page", reply), allow_local=True)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost:8501/", "file:///etc/passwd", "gazzetta.it", ""]
)
def test_the_private_network_is_out_of_reach(url):
    with pytest.raises(Refused):
        read_page(url)


def test_nothing_is_tried_twice_and_robots_are_not_asked(loopback):
    with pytest.raises(BadStatus):
        read_page(loopback.at("/page", Reply(status=503)), allow_local=True)
    assert [request.path for request in loopback.requests] == ["/page"]


@pytest.mark.parametrize(
    ("told", "believed"),
    [
        ("/right?a=1", True),
        ("https://other.example/theirs", False),
        ("javascript:alert(1)", False),
        ("http://[", False),
    ],
)
def test_a_page_may_name_its_address_on_its_own_host_only(loopback, told, believed):
    url = loopback.at("/page", Reply(PAGE.replace("<title>", f'<link rel="canonical" href="{told}"><title>')))
    assert read_page(url, allow_local=True)["url"] == (loopback.url(told) if believed else url)


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 50_000 + "deep", "<p>" + "<b>x" * 50_000, "<a href='" * 20_000, "&" * 200_000, "<!--" * 50_000,
     "<table>" * 5_000 + "x", "\x00" * 1000 + "<p>x", "<html>" + "<p>parola " * 60_000],
    ids=["deep", "open", "quotes", "ampersands", "comments", "tables", "zeros", "long"],
)  # fmt: skip
def test_hostile_markup_ends(loopback, markup):
    try:
        row = read_page(loopback.at("/page", Reply(f"<title>t</title>{markup}")), allow_local=True)
    except Unreadable:
        return
    assert isinstance(row["text"], str)
