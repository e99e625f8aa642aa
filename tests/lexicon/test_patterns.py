"""The pattern language of the lexicon."""

import pytest

from analysis.lexicon.patterns import CLUB, COACH, PERSON, ROLE, Compiler
from analysis.lexicon.syntax import PatternError, expand

COMPILER = Compiler(
    {"the": "(il|lo|la|l)", "of": "(di|del|dell)", "have": "(ha|hanno)"}, {"tecnico": "role", "societa": "board"}
)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("ha esonerato", "il club ha esonerato tutti"),
        ("@have esonerato {coach}", f"ha esonerato {COACH}"),
        ("@have esonerato {coach}", f"hanno esonerato il {ROLE} del {CLUB} {PERSON}"),
        ("{coach} e stato esonerato", f"il {ROLE} del {CLUB} , {COACH} e stato esonerato"),
        ("esonerat(o|a)", "lei e stata esonerata"),
        ("gia? esonerato", "esonerato"),
        ("gia? esonerato", "gia esonerato"),
        ("(e|) appeso a un filo", "appeso a un filo"),
        ("esoner*", "esonerando"),
        ("rischia ~ esonero", "rischia molto, davvero, l'esonero"),
        ("rischia l esonero", "rischia l'esonero"),
        ("ultima spiaggia {?}", "ultima spiaggia?"),
        ("^ via {coach}", f"via  {COACH} "),
        ("sack(ed)? him", "they sack him"),
        ("nuovo tecnico", f"nuovo {ROLE} "),
        ("{club}-{role}", f" {CLUB} - {ROLE} "),
    ],
)
def test_a_pattern_matches(pattern, sentence):
    assert COMPILER.compile(pattern).regex.search(sentence)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("esonerat(o|a)", "esonerati"),
        ("ha esonerato", "cha esonerato"),
        ("rischia ~ esonero", "rischia. Si parla di esonero"),
        ("rischia ~ esonero", "rischia uno due tre quattro esonero"),
        ("^ via {coach}", f"va via  {COACH} "),
        ("{name} esonerato", f" {ROLE}  esonerato"),
    ],
)
def test_a_pattern_does_not_match(pattern, sentence):
    assert not COMPILER.compile(pattern).regex.search(sentence)


@pytest.mark.parametrize("pattern", ["(a|b", "a)", "{nobody} a", "@nothing a", "{coach}a", "", "a?"])
def test_a_broken_pattern_is_named_in_the_error(pattern):
    with pytest.raises(PatternError, match="pattern"):
        COMPILER.compile(pattern)


@pytest.mark.parametrize(
    ("pattern", "anchors"),
    [
        ("@have esonerato {club}", {f"ha esonerato {CLUB}", f"hanno esonerato {CLUB}"}),
        ("{coach} esonerato", {f"{COACH} esonerato", f"{CLUB} esonerato", f"{ROLE} esonerato"}),
        ("esonerat(o|a)", {"esonerata", "esonerato"}),
        ("vada ~ (chiuso|risolto)", {"vada"}),
        ("gia? (chiuso|risolto)", {"chiuso", "gia chiuso", "gia risolto", "risolto"}),
        ("{fans} ~ esoner* ~ lo", {"esoner"}),
        ("sack(ed|s)? ~ {club}", {"sack", "sacked", "sacks"}),
        ("(chiuso il {club}|aperto) ~ e", {"aperto", f"chiuso {CLUB}"}),
        ("divis(o|a)s? ~ {club}", {"divisa", "divisas", "diviso", "divisos"}),
        ("chiuso il ~ {club}", {"chiuso"}),
        ("{club}-{role}", {f"{CLUB} {ROLE}"}),
        ("{club} {num} a {num} {club}", {f"{CLUB} 0 a 0 {CLUB}"}),
    ],
)
def test_the_rarest_phrases_a_pattern_cannot_do_without_are_its_anchors(pattern, anchors):
    assert {needle.strip() for needle in COMPILER.compile(pattern).needles[0]} == anchors


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("allenator(e|i)", ["allenatore", "allenatori"]),
        ("(head)? coach", ["coach", "head coach"]),
        ("ex? tecnico", ["ex tecnico", "tecnico"]),
        ("commissario tecnico|ct", ["commissario tecnico", "ct"]),
    ],
)
def test_a_closed_pattern_expands_to_all_its_forms(pattern, forms):
    assert expand(pattern) == forms
