"""Edges are weighed by features that can be read; each class of features speaks for what it should. Texts invented."""

import pytest

from analysis.gazetteer import DATA
from analysis.lexicon import load_lexicon
from analysis.reader import read, tied
from analysis.relations.weighing import RELATIONS, load_weights
from analysis.schema import LEXICON_TABLES, SURROUNDINGS, read_table
from analysis.text import LANGUAGES, fold, spaced

TEXT = (
    "Head coach Derek Marlowe of Stockport County took training on Monday. "
    "Stockport County lost 2-1 to Oldham Athletic in stoppage time. "
    "The pitch was heavy and the crowd went home early. "
    "Marlowe was sacked by Bury in 2012 and remembers it well."
)
ARTICLE = {"title": "Stockport County fall again", "text": TEXT, "lang": "en", "date": "2024-03-05"}


def features(club: str) -> set[str]:
    return next(held for coach, of_club, _, held in tied(ARTICLE) if (coach, of_club) == ("Derek Marlowe", club))


def likelihood(relation: str, *held: str) -> float:
    return load_weights().likelihoods([set(held)])[0][relation]


@pytest.mark.parametrize(
    ("club", "feature"),
    [
        ("Bury", "named"),
        ("Bury", "between_leaving"),
        ("Bury", "named_old_year"),
        ("Bury", "coach_first"),
        ("Bury", "near"),
        ("Oldham Athletic", "own_score"),
        ("Oldham Athletic", "own_result"),
        ("Oldham Athletic", "carried_result"),
        ("Oldham Athletic", "own_alone"),
        ("Stockport County", "own_club"),
        ("Stockport County", "its_title"),
        ("Stockport County", "club_often"),
    ],
)
def test_a_pair_shows_what_the_text_says_of_it(club, feature):
    assert feature in features(club)


@pytest.mark.parametrize(("club", "feature"), [("Bury", "own"), ("Oldham Athletic", "named"), ("Bury", "its_title")])
def test_a_pair_shows_nothing_else(club, feature):
    assert feature not in features(club)


@pytest.mark.parametrize(
    ("relation", "feature"),
    [
        ("former", "led_it"),
        ("former", "named_once"),
        ("former", "rule_words_former"),
        ("opponent", "own_result"),
        ("opponent", "same_kind"),
        ("opponent", "rule_words_opponent"),
        ("destination", "his_wanting"),
        ("destination", "rule_words_destination"),
        ("destination_denied", "his_denying"),
        ("rival", "its_rivalry"),
        ("employer", "own_club"),
    ],
)
def test_what_speaks_for_a_relation_makes_it_likelier(relation, feature):
    assert likelihood(relation, feature) > likelihood(relation)


@pytest.mark.parametrize(
    ("relation", "feature"),
    [("former", "leads_it"), ("former", "never_there"), ("opponent", "leads_it"), ("destination", "own_club")],
)
def test_what_speaks_against_a_relation_makes_it_less_likely(relation, feature):
    assert likelihood(relation, feature) < likelihood(relation)


def test_an_added_edge_keeps_the_words_it_rests_on():
    for row in read(ARTICLE)["relations"]:
        span = row["evidence"]
        assert span["text"] and ARTICLE[span["field"]][span["start"] : span["end"]] == span["text"]


def test_a_brief_text_is_weighed_by_weights_of_its_own():
    (_, _, proposed, held), *_ = tied({**ARTICLE, "title": "", "text": "Derek Marlowe of Stockport County was sacked."})
    assert "employer" in proposed and {"brief", "named", "named_alone"} <= held


def test_a_text_without_a_club_is_not_weighed():
    assert tied({**ARTICLE, "title": "", "text": "Coach Derek Marlowe was sacked."}) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_class_of_words_is_heard_in_its_example(lang):
    table = read_table(DATA / "lexicon" / lang / "surroundings.csv", LEXICON_TABLES["surroundings.csv"])
    assert [row["class"] for row in table] == list(SURROUNDINGS)
    for row in table:
        heard = load_lexicon(lang).surroundings.heard(spaced(fold(row["example"])))
        assert row["class"] in {name for _, name in heard}, row["example"]


def test_every_feature_has_a_weight_for_every_relation():
    weights = load_weights()
    assert weights.values.shape == (len(weights.rows), len(RELATIONS))
