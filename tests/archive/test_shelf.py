"""An archive on the shelf says what it said before: the same frames, the same index, the same evidence."""

import shutil
from dataclasses import replace

import pandas as pd
import pytest

from analysis.archive import listing, load_season, load_store
from analysis.archive.kept_ledger import is_kept, kept_ledger, kept_places
from analysis.archive.shelf import SHELVED, has_ledgers, is_shelf, renew_ledgers, shelve
from analysis.commands.registry import main
from analysis.gazetteer import load_gazetteer
from analysis.index import index_rows, pressure_index, ranking, with_interval, without_interval
from analysis.index.ledger import build_ledger, reported_gone
from analysis.index.places import Places
from analysis.index.standing import contributions
from analysis.picking import as_text, of_articles
from analysis.stories import group_stories
from analysis.views import evidence_lines, stories_of, with_quotes

DAY = pd.Timestamp("2024-12-06", tz="UTC")


@pytest.fixture(scope="module")
def season():
    archive = load_season()
    return archive, group_stories(archive.articles)


@pytest.fixture(scope="module")
def folder(season, tmp_path_factory):
    place = tmp_path_factory.mktemp("shelf")
    shelve(*season, place)
    return place


@pytest.mark.parametrize("name", SHELVED)
def test_every_frame_comes_back(name, season, folder):
    before, after = getattr(season[0], name), as_text(getattr(load_store(folder), name))
    columns = list(SHELVED[name].columns)
    sort = [column for column in ("article_id", "coach", "start", "stage", "club") if column in columns]
    left, right = (frame[columns].sort_values(sort, ignore_index=True) for frame in (before, after))
    pd.testing.assert_frame_equal(left, right, check_dtype=False, rtol=1e-6)


def test_the_index_and_the_stories_are_the_same(season, folder):
    archive, stories = season
    shelf = load_store(folder)
    spells = load_gazetteer().spells
    rows = [pressure_index(given.claims, told, spells, as_of=DAY)
            for given, told in ((archive, stories), (shelf, shelf.stories))]  # fmt: skip
    pd.testing.assert_frame_equal(*rows)
    coach = rows[0].sort_values("index")["coach"].iloc[-1]
    told = [with_quotes(stories_of(coach, given.claims, given.articles, known), given.evidence, given.articles)
            .sort_values("article_id") for given, known in ((archive, stories), (shelf, shelf.stories))]  # fmt: skip
    assert told[0]["title"].tolist() == told[1]["title"].tolist()
    assert told[0]["quotes"].tolist() == told[1]["quotes"].tolist()
    lines = [evidence_lines(given.claims, given.evidence, given.articles, DAY) for given in (archive, shelf)]
    assert set(lines[0]["coach"]) == set(lines[1]["coach"])


def test_a_folder_is_a_shelf_when_all_its_files_are_there(folder, tmp_path):
    assert is_shelf(folder) and not is_shelf(tmp_path)
    assert len(listing(folder)) == len(SHELVED)


def test_some_rows_kept_are_as_good_as_a_frame_of_them(season):
    archive, stories = season
    claims, spells = archive.claims, load_gazetteer().spells
    italian = (claims["lang"] == "it").to_numpy(dtype=bool)
    whole = ranking(build_ledger(claims[italian], stories, spells, as_of=DAY), DAY)
    pd.testing.assert_frame_equal(ranking(build_ledger(claims, stories, spells, None, DAY, italian), DAY), whole)


def test_the_hottest_are_the_ranking_with_the_intervals_of_the_first(season):
    archive, stories = season
    ledger = build_ledger(archive.claims, stories, load_gazetteer().spells, as_of=DAY)
    whole, quick = ranking(ledger, DAY), with_interval(ledger, ranking(without_interval(ledger), DAY), DAY, 5)
    pd.testing.assert_frame_equal(quick.head(5), whole.head(5), rtol=1e-4)
    assert quick["lower"].tail(-5).isna().all() and len(quick) == len(whole)


@pytest.mark.parametrize("languages", [(), ("it",), ("de",)])
def test_a_kept_ledger_says_what_one_worked_out_now_does(languages, folder):
    shelf, record = load_store(folder), load_gazetteer().spells
    kept = kept_ledger(folder, languages, shelf.claims, shelf.stories, record)
    own = shelf.claims["lang"].isin(languages).to_numpy(dtype=bool) if languages else None
    last = shelf.articles["published_at"].max().date()
    made = build_ledger(shelf.claims, shelf.stories, record, None, last, own)
    pd.testing.assert_frame_equal(*(index_rows(each, range(0, len(made.spells), 5)) for each in (kept, made)))
    tables = (ranking(without_interval(each), DAY, back=(1, 7)) for each in (kept, made))
    pd.testing.assert_frame_equal(*tables)
    pd.testing.assert_frame_equal(reported_gone(kept, DAY), reported_gone(made, DAY))
    coach = made.spells["coach"].iloc[0]
    pd.testing.assert_frame_equal(contributions(kept, coach, DAY), contributions(made, coach, DAY))


def test_a_kept_ledger_does_not_outlive_what_it_was_made_from(folder):
    shelf, record = load_store(folder), load_gazetteer().spells
    named = [spell for spell in record if spell.coach in set(shelf.claims["coach"])]
    assert kept_ledger(folder, (), shelf.claims, shelf.stories, named[1:]) is None
    assert not is_kept(folder, shelf.claims, named[1:])
    assert kept_ledger(folder, (), shelf.claims.iloc[1:], shelf.stories, record) is None
    assert kept_ledger(folder, ("it", "de"), shelf.claims, shelf.stories, record) is None


def test_a_kept_ledger_outlives_a_new_spell_of_somebody_of_whom_it_does_not_speak(folder):
    shelf, record = load_store(folder), load_gazetteer().spells
    assert is_kept(folder, shelf.claims, [*record, replace(record[0], coach="Nobody Brenta")])


def test_a_shelf_older_than_the_code_gets_its_ledgers_anew_in_a_process_of_its_own(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "older")
    about = copy / "ledgers" / "all" / "about.json"
    about.write_text(about.read_text("utf-8").replace('"made_from": "', '"made_from": "older '), "utf-8")
    assert not has_ledgers(copy)
    assert renew_ledgers(copy) and has_ledgers(copy)
    assert not renew_ledgers(tmp_path / "nothing")


@pytest.mark.parametrize("name", ["articles", "evidence", "stories"])
def test_kept_places_find_the_rows_of_an_article(name, folder):
    frame = getattr(load_store(folder), name)
    asked = pd.Series([*frame["article_id"].iloc[[3, 0, -1]], "nobody"])
    for places in (kept_places(folder, name, frame), Places(frame)):
        pd.testing.assert_frame_equal(places.of(asked), of_articles(frame, asked))
    assert Places(frame.head(0)).of(asked).empty


def test_an_empty_store_is_not_laid_out(tmp_path, capsys):
    assert main(["shelve", "--store", str(tmp_path / "nothing"), "--output", str(tmp_path / "shelf")]) == 2
    assert "holds no articles" in capsys.readouterr().err and not (tmp_path / "shelf").exists()
