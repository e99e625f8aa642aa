"""Every row of the lexicon fires in its example and stays silent in its counterexample."""

from functools import lru_cache

import pytest

from analysis.gazetteer import DATA, load_gazetteer
from analysis.lexicon import load_lexicon
from analysis.lexicon.syntax import expand
from analysis.mentions.canonical import canonical_sentence
from analysis.mentions.document import open_document
from analysis.mentions.mentions import MentionFinder
from analysis.mentions.roles import RoleBinder
from analysis.reader import read
from analysis.schema import LEXICON_TABLES, MODIFIERS, STAGES, read_table
from analysis.text import LANGUAGES, fold

FLOORS = {
    "cues.csv": 80,
    "modifiers.csv": 25,
    "relations.csv": 25,
    "causes.csv": 25,
    "roles.csv": 40,
    "demonyms.csv": 40,
}


def table(lang: str, name: str) -> list[dict[str, str]]:
    return read_table(DATA / "lexicon" / lang / name, LEXICON_TABLES[name])


def cases(name: str) -> list:
    return [
        pytest.param(lang, row, id=f"{lang}: {row['pattern'][:60]}") for lang in LANGUAGES for row in table(lang, name)
    ]


@lru_cache(maxsize=20000)
def reading(lang: str, text: str) -> dict:
    return read({"id": "row", "lang": lang, "text": text})


def stages(lang: str, text: str) -> set[str]:
    return {coach["stage"] for coach in reading(lang, text)["coaches"]}


def chain(lang: str, text: str) -> list[dict]:
    return [link for coach in reading(lang, text)["coaches"] for link in coach["chain"]]


@pytest.mark.parametrize(("lang", "row"), cases("cues.csv"))
def test_a_cue_fires_in_its_example(lang, row):
    assert row["stage"] in {link["stage"] for link in chain(lang, row["example"])}


@pytest.mark.parametrize(("lang", "row"), cases("cues.csv"))
def test_a_cue_is_silent_in_its_counterexample(lang, row):
    assert row["stage"] not in stages(lang, row["counterexample"])


@pytest.mark.parametrize(("lang", "row"), cases("modifiers.csv"))
def test_a_modifier_acts_in_its_example(lang, row):
    if row["category"] not in ("pseudo", "terminator"):
        assert row["category"] in {name for link in chain(lang, row["example"]) for name in link["modifiers"]}


@pytest.mark.parametrize(("lang", "row"), cases("modifiers.csv"))
def test_a_modifier_does_not_act_in_its_counterexample(lang, row):
    acting = {name for link in chain(lang, row["counterexample"]) for name in link["modifiers"]}
    assert row["category"] not in acting


@pytest.mark.parametrize(("lang", "row"), cases("relations.csv"))
def test_a_relation_matches_its_example(lang, row):
    assert matches(lang, row)


@pytest.mark.parametrize(("lang", "row"), cases("relations.csv"))
def test_a_relation_is_not_read_in_its_counterexample(lang, row):
    shown = "employer" if row["relation"] in ("role_of", "appointed") else row["relation"]
    assert shown not in {edge["relation"] for edge in reading(lang, row["counterexample"])["relations"]}


@pytest.mark.parametrize(("lang", "row"), cases("causes.csv"))
def test_a_cause_matches_its_example(lang, row):
    assert matches(lang, row)


@pytest.mark.parametrize(("lang", "row"), cases("causes.csv"))
def test_a_cause_is_not_read_in_its_counterexample(lang, row):
    assert row["cause"] not in reading(lang, row["counterexample"])["causes"]


def matches(lang: str, row: dict[str, str]) -> bool:
    pattern = load_lexicon(lang).compiler.compile(row["pattern"]).regex
    return any(pattern.search(sentence) for sentence in canonical(lang, row["example"]))


def canonical(lang: str, text: str) -> list[str]:
    lexicon, gazetteer = load_lexicon(lang), load_gazetteer()
    document = open_document("text", text, lexicon)
    mentions = MentionFinder([document], lexicon, gazetteer, None).find()
    RoleBinder([document], mentions, lexicon, gazetteer, None).bind()
    found = mentions.by_field["text"]
    return [canonical_sentence(document, number, found).text for number in range(len(document.sentences))]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FLOORS)
def test_a_language_has_its_share_of_rows(lang, name):
    assert len(table(lang, name)) >= FLOORS[name]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_has_cues_for_every_stage_and_modifiers_of_every_kind(lang):
    assert {row["stage"] for row in table(lang, "cues.csv")} == set(STAGES) - {"none"}
    assert {row["category"] for row in table(lang, "modifiers.csv")} == set(MODIFIERS)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["cues.csv", "modifiers.csv", "relations.csv", "causes.csv"])
def test_no_pattern_stands_twice(lang, name):
    patterns = [(row["pattern"], row.get("category")) for row in table(lang, name)]
    assert len(patterns) == len(set(patterns))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_role_words_and_demonyms_are_closed_patterns(lang):
    forms = [row["form"] for name in ("roles.csv", "demonyms.csv") for row in table(lang, name)]
    assert all(expand(form) for form in forms)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_function_words_are_folded(lang):
    assert all(row["word"] == fold(row["word"]) for row in table(lang, "function_words.csv"))
