"""sources.toml: what is wrong in it is named by file, table and key."""

import pytest

from analysis.collect.kinds import KINDS, Source, keys_of
from analysis.collect.sources import DEFAULT, SourcesError, read_sources
from analysis.schema import LANGUAGES

FEED = '[[feed]]\nname = "Giornale"\nurl = "https://paper.example/rss"\n'


def read(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    return read_sources(path)


def test_a_source_has_its_keys_and_the_defaults_of_the_others(tmp_path):
    (source,) = read(tmp_path, FEED + 'lang = "it"\ndays = 7\n')
    options = {"url": "https://paper.example/rss", "full_text": False, "outlet": ""}
    assert source == Source("feed", "Giornale", "it", 7, True, options)


def test_a_source_that_is_switched_off_is_left_out(tmp_path):
    assert read(tmp_path, FEED + "enabled = false\n") == []


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("[[feed]\n", "", "no TOML"),
        ("", "", "no tables"),
        ("[[fed]]\nname = 'x'\n", "[[fed]]", "no such kind"),
        ("[feed]\nname = 'x'\n", "[feed]", "double brackets"),
        ("feed = 3\n", "[feed]", "double brackets"),
        ("[[feed]]\nurl = 'https://a.example/'\n", "[[feed]] 1 (without name)", "'name' is missing"),
        ("[[feed]]\nname = 'x'\n", "[[feed]] 1 (x)", "'url' is missing"),
        (FEED + "ulr = 'x'\n", "[[feed]] 1 (Giornale)", "'ulr' is not known; known are name, lang"),
        (FEED + "days = '7'\n", "[[feed]] 1 (Giornale)", "'days': '7' is not a whole number"),
        (FEED + "days = true\n", "[[feed]] 1 (Giornale)", "'days'"),
        (FEED + "days = 0\n", "[[feed]] 1 (Giornale)", "'days': 0 is not between"),
        (FEED + "robots = 'no'\n", "[[feed]] 1 (Giornale)", "true or false"),
        (FEED + "lang = 'Italian'\n", "[[feed]] 1 (Giornale)", "'lang': 'Italian' is no language"),
        (FEED + FEED, "[[feed]] 2 (Giornale)", "[[feed]] 1 (Giornale) has this name already"),
        (FEED.replace("https", "ftp"), "[[feed]] 1 (Giornale)", "'url': 'ftp://paper.example/rss' is no web address"),
        (FEED.replace("Giornale", " "), "[[feed]] 1 ( )", "'name' is empty"),
        ("[[search]]\nname = 'x'\nnames = []\n", "[[search]] 1 (x)", "'names' is empty"),
        ("[[search]]\nname = 'x'\nnames = [1]\n", "[[search]] 1 (x)", "not a list of texts"),
        ("[[page]]\nname = 'x'\nurls = ['file:///etc/passwd']\n", "[[page]] 1 (x)", "is no web address"),
    ],
)
def test_a_broken_file_is_named_with_table_and_key(tmp_path, text, place, reason):
    with pytest.raises(SourcesError) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert "mine.toml" in message
    assert place in message
    assert reason in message


def test_everything_wrong_is_told_at_once(tmp_path):
    with pytest.raises(SourcesError) as caught:
        read(tmp_path, "[[feed]]\nname = 'a'\n[[fed]]\n[[feed]]\nurl = 'x'\n")
    assert len(str(caught.value).splitlines()) == 4


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_keys_and_a_function(kind):
    from analysis.collect.kinds import collector_of

    assert "name" in keys_of(kind)
    assert callable(collector_of(kind))


def test_the_starter_list_covers_the_six_languages():
    sources = read_sources(DEFAULT)
    feeds = [source for source in sources if source.kind == "feed"]
    assert len(feeds) >= 35
    assert {source.lang for source in feeds} == set(LANGUAGES)
    assert len({source.options["url"] for source in feeds}) == len(feeds)
    assert all(source.options["url"].startswith("https://") for source in feeds)
