"""A rules file is closed: what is wrong in it is named by file, rule and key."""

import pytest

from analysis.alerts.fields import RulesError
from analysis.alerts.rules import load_rules

RULE = '[[rule]]\nname = "r"\nstage = ["ultimatum"]\n'
FEED = '[feed]\nfile = "a.atom"\n'


@pytest.fixture
def load(tmp_path):
    def read(words: str):
        path = tmp_path / "my.toml"
        path.write_text(words, "utf-8")
        return load_rules(path)

    return read


def test_the_rules_that_come_with_panchina_are_good():
    rules = load_rules()
    assert rules.channels == ("feed",)
    assert {rule.kind for rule in rules.rules} == {"stage", "index_over", "risen_by", "destination"}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("", r"my.toml: no rule"),
        ("[[rule", r"my.toml: not valid TOML"),
        (FEED + RULE + "colour = 1", r"rule 1 \('r'\): unknown key 'colour'; known are name, coach"),
        ("speed = 1\n" + FEED + RULE, r"my.toml: unknown key 'speed'"),
        ('language = "tlh"\n' + FEED + RULE, r"language: expected one of en, it"),
        (FEED + '[[rule]]\nstage = ["ultimatum"]', r"rule 1: name: expected one line of text"),
        (FEED + '[[rule]]\nname = "two\\nlines"\nstage = ["ultimatum"]', r"name: expected one line"),
        (FEED + '[[rule]]\nname = "r"', r"rule 1 \('r'\): stage: a rule asks one of .* this one nothing"),
        (FEED + RULE + "index_over = 50", r"index_over: a rule asks one of .* make two rules"),
        (FEED + RULE + RULE, r"rule 'r': name: 2 rules have it"),
        (FEED + '[[rule]]\nname = "r"\nstage = ["sacked"]', r"stage: 'sacked' is not among speculation"),
        (FEED + '[[rule]]\nname = "r"\nstage = "any"', r"stage: name the stages"),
        (FEED + '[[rule]]\nname = "r"\nstage = []', r"stage: the list is empty"),
        (FEED + '[[rule]]\nname = "r"\nindex_over = 101', r"index_over: expected a number from 1 to 100"),
        (FEED + '[[rule]]\nname = "r"\nindex_over = true', r"index_over: expected a number"),
        (FEED + '[[rule]]\nname = "r"\nindex_over = 50\nindex_clear = 50', r"index_clear: 50 is not below .* flap"),
        (FEED + RULE + "index_clear = 5", r"index_clear: it belongs to index_over"),
        (FEED + RULE + "in_days = 5", r"in_days: it belongs to risen_by"),
        (FEED + '[[rule]]\nname = "r"\nrisen_by = 5\nin_days = 0', r"in_days: expected a whole number from 1 to 60"),
        (FEED + '[[rule]]\nname = "r"\ndestination = "Everon"', r"no club is called 'Everon'; did you mean 'Everton'"),
        (FEED + RULE + 'club = ["Milan", "Nowhere Wanderers XQ"]', r"club: no club is called 'Nowhere"),
        (FEED + RULE + 'deliver = ["pigeon"]', r"deliver: 'pigeon' is not among feed, webhook, mail"),
        (FEED + RULE + 'deliver = ["mail"]', r"rule 'r': deliver: mail is not set up"),
        (RULE, r"nobody is told"),
        (FEED + '[mail]\nhost = "h"\nto = ["a@b.example"]\n' + RULE, r"\[mail\]: sender: expected"),
        (FEED + '[mail]\nhost = "h"\nsender = "a@b.example"\nto = ["x\\ny@b.example"]\n' + RULE, r"\[mail\]: to:"),
        (FEED + '[mail]\nhost = "h"\nsender = "A <a@b.example>"\nto = ["a@b.example"]\n' + RULE, r"sender: expected"),
        (FEED + '[mail]\nhost = "h.example"\nsecurity = "none"\nsender = "a@b.example"\nto = ["a@b.example"]\n' + RULE,
         r"security: without encryption only a server on this machine"),
        (FEED + '[mail]\nhost = "h"\npassword = "x"\n' + RULE, r"unknown key 'password'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(load, words, named):
    with pytest.raises(RulesError, match=named):
        load(words)


def test_the_lower_line_of_an_index_rule_lies_ten_points_below_unless_it_is_given(load):
    rules = load(
        FEED + '[[rule]]\nname = "a"\nindex_over = 60\n[[rule]]\nname = "b"\nindex_over = 60\nindex_clear = 20'
    )
    assert [rule.clear for rule in rules.rules] == [50, 20]


def test_a_rule_takes_the_coaches_and_clubs_it_names_or_all(load):
    rules = load(
        FEED + RULE + 'coach = ["Tom Ashdown"]\n[[rule]]\nname = "b"\nrisen_by = 9\nclub = "Everton"\ncoach = "any"'
    )
    one, two = rules.rules
    assert one.takes("Tom Ashdown", "Milan") and not one.takes("Mario Brenta", "Milan")
    assert two.takes("Mario Brenta", "Everton") and not two.takes("Mario Brenta", "Milan")
