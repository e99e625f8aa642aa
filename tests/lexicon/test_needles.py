"""Needles never hide a match: what a pattern matches, its needles are found in."""

import pytest

from analysis.gazetteer import DATA, load_gazetteer
from analysis.lexicon import load_lexicon
from analysis.lexicon.needles import outlined
from analysis.mentions.canonical import canonical_sentence
from analysis.mentions.document import open_document
from analysis.mentions.mentions import MentionFinder
from analysis.mentions.outline import Outline
from analysis.mentions.roles import RoleBinder
from analysis.schema import LEXICON_TABLES, read_table
from analysis.text import LANGUAGES


@pytest.mark.parametrize("name", ["cues.csv", "relations.csv"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_phrase_that_matches_a_sentence_is_allowed_in_it(lang, name):
    lexicon, gazetteer = load_lexicon(lang), load_gazetteer()
    for row in read_table(DATA / "lexicon" / lang / name, LEXICON_TABLES[name]):
        document = open_document("text", row["example"], lexicon)
        mentions = MentionFinder([document], lexicon, gazetteer, None).find()
        RoleBinder([document], mentions, lexicon, gazetteer, None).bind()
        allowed = Outline(document, mentions.by_sentence(document), lexicon).allowed(lexicon.phrases)
        pattern = lexicon.compiler.compile(row["pattern"]).regex
        for number, found in enumerate(mentions.by_sentence(document)):
            if pattern.search(canonical_sentence(document, number, found).text):
                assert row["pattern"] in {phrase.pattern.source for phrase in allowed.get(number, ())}


@pytest.mark.parametrize(
    ("canonical", "outline"),
    [
        ("the club's coach, sacked", " the club coach sacked "),
        ("won 2-1 at the  \ue003 ", " won 0 0 at \ue003 "),
        ("the  \ue002 's  \ue001 ", " \ue000 \ue001 "),
    ],
)
def test_an_outline_has_words_and_slots_alone(canonical, outline):
    assert outlined(canonical, frozenset(["the"])) == outline
