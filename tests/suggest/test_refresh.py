"""gazetteer refresh: Wikidata's names compared with the gazetteer's, told as rows to review, and nothing written."""

import csv
import io
import json
import re
from urllib.parse import parse_qs

import pytest

from analysis.collect.errors import Unreadable
from analysis.commands.registry import main
from analysis.gazetteer import DATA
from analysis.store.addresses import LONGEST
from analysis.suggest.wikidata import MOST_NAMES, queries, read_forms
from tests.loopback import Asked, Loopback, Reply, loopback  # noqa: F401

QUERY = "SELECT ?name ?form WHERE { VALUES ?name { $NAMES } }"


def answer(*rows: dict) -> Reply:
    """SPARQL JSON of `rows`: name, form, lang, and any other cells."""
    bindings = []
    for row in rows:
        cells = {key: {"type": "literal", "value": value} for key, value in row.items() if key != "lang"}
        cells["form"]["xml:lang"] = row.get("lang", "en")
        bindings.append(cells)
    columns = ["item", "name", "form", "gender", "nationality", "country"]
    return Reply(json.dumps({"head": {"vars": columns}, "results": {"bindings": bindings}}),
                 "application/sparql-results+json")  # fmt: skip


ANCELOTTI = {"name": "Carlo Ancelotti", "item": "http://www.wikidata.org/entity/Q182665"}


@pytest.fixture
def refresh(capsys, loopback: Loopback):  # noqa: F811
    """A function that runs refresh against replies: status, rows, standard error."""

    def run(*replies: Reply, kind: str = "coaches", names: tuple[str, ...] = ("Carlo Ancelotti",), more=()):
        base = loopback.at("/sparql", *replies)
        status = main(["gazetteer", "refresh", kind, *names, "--base", base, "--allow-local", "--pause", "0", *more])
        printed = capsys.readouterr()
        return status, list(csv.DictReader(io.StringIO(printed.out))), printed.err

    return run


def test_a_form_that_is_not_listed_is_proposed_in_its_languages(refresh):
    status, rows, err = refresh(
        answer(*({**ANCELOTTI, "form": "Carletto il Finto", "lang": lang} for lang in ("it", "pt-br")))
    )
    assert status == 0
    (row,) = rows
    assert {key: row[key] for key in ("table", "alias", "coach", "lang", "kind", "use", "note", "near", "accept")} == {
        "table": "coach_aliases.csv", "alias": "Carletto il Finto", "coach": "Carlo Ancelotti", "lang": "it pt",
        "kind": "full", "use": "sure", "note": "Wikidata Q182665", "near": "", "accept": "",
    }  # fmt: skip
    assert "1 names answered, 1 rows to review" in err


@pytest.mark.parametrize("form", ["Carlo Ancelotti", "carlo ancelótti", "Ancelotti", "Карло Анчелотти", "x", "A" * 61])
def test_what_is_listed_or_no_form_in_latin_letters_is_not(refresh, form):
    assert (
        refresh(answer(*({**ANCELOTTI, "form": form, "lang": lang} for lang in ("it", "es", "en", "fr", "de", "pt"))))[
            1
        ]
        == []
    )


def test_a_form_in_all_languages_has_none(refresh):
    rows = refresh(
        answer(*({**ANCELOTTI, "form": "Re Finto", "lang": lang} for lang in ("it", "es", "en", "fr", "de", "pt")))
    )[1]
    assert [row["lang"] for row in rows] == [""]


def test_a_form_of_somebody_else_is_told_and_never_sure(refresh):
    (row,) = refresh(answer({**ANCELOTTI, "form": "Pep Guardiola"}))[1]
    assert (row["use"], row["near"]) == ("context", "means Pep Guardiola already")


def test_two_items_of_one_name_are_told(refresh):
    rows = refresh(answer({**ANCELOTTI, "form": "Re Finto"}, {**ANCELOTTI, "item": "x/Q5", "form": "Altro Finto"}))[1]
    assert {row["near"] for row in rows} == {"2 items bear the name: Q182665, Q5"}


@pytest.mark.parametrize(
    ("form", "kind"), [("C.A.", "initials"), ("Carletto", "mononym"), ("Carlo Finto", "full"), ("ANCELOTTI", None)]
)
def test_kinds_of_coaches_forms(refresh, form, kind):
    assert [row["kind"] for row in refresh(answer({**ANCELOTTI, "form": form}))[1]] == ([kind] if kind else [])


def test_clubs_are_asked_for_by_their_own_forms_and_answered_for_their_canonical_name(refresh, loopback):  # noqa: F811
    status, rows, _ = refresh(
        answer({"name": "AC Milan", "form": "Diavolo Finto", "lang": "it"}), kind="clubs", names=("Milan",)
    )
    assert (status, rows[0]["table"], rows[0]["club"], rows[0]["alias"]) == (
        0,
        "club_aliases.csv",
        "Milan",
        "Diavolo Finto",
    )
    (asked,) = loopback.asked("/sparql")
    (query,) = parse_qs(asked.query)["query"]
    assert '"AC Milan"@en' in query
    assert "#" not in re.sub(r"<[^>]*>", "", query)


def test_an_own_query_may_bring_new_names(refresh, tmp_path):
    own = tmp_path / "own.rq"
    own.write_text("SELECT ?name ?form WHERE { ?x ?name ?form }", "utf-8")
    told = {"name": "Mario Brenta", "form": "Mario Brenta", "gender": "men", "nationality": "Italy", "item": "e/Q9"}
    status, rows, _ = refresh(
        answer(told, {**told, "form": "Super Mario B."}), names=(), more=("--query-file", str(own))
    )
    assert status == 0
    assert [(row["table"], row["coach"], row["alias"]) for row in rows] == [
        ("coaches.csv", "Mario Brenta", ""), ("coach_aliases.csv", "Mario Brenta", "Super Mario B."),
    ]  # fmt: skip
    assert (rows[0]["gender"], rows[0]["nationality"], rows[0]["origin"]) == ("men", "Italy", "Wikidata Q9")


def test_it_says_who_asks_and_writes_nothing(refresh, loopback):  # noqa: F811
    before = {path: path.read_bytes() for path in (DATA / "gazetteer").iterdir()}
    refresh(answer({**ANCELOTTI, "form": "Re Finto"}))
    assert {path: path.read_bytes() for path in (DATA / "gazetteer").iterdir()} == before
    assert loopback.asked("/sparql")[0].headers["user-agent"].startswith("Panchina/")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply("Malformed query", status=400), "400 Bad Request: the query is not SPARQL"),
        (Reply("banned", status=403), "403 Forbidden: it has shut this reader out"),
        (
            Reply("slow", status=429, headers={"Retry-After": "900"}),
            "asks to wait 900 s: it asks for fewer requests",
        ),
        (Reply("<html>Welcome</html>"), "the answer is no SPARQL JSON"),
        (Reply('{"head": {"vars": ["a"]}, "results": {"bindings": []}}'), "the answer has ?a; the query must select"),
        (Reply('{"head": {"vars": ["name"\njava.util.concurrent.TimeoutException'), "took the service too long"),
        (Reply("[" * 100_000), "no SPARQL JSON"),
    ],
)
def test_what_goes_wrong_is_told(refresh, reply, words):
    status, rows, err = refresh(reply)
    assert (status, rows) == (1, [])
    assert words in err


def test_after_failures_in_a_row_no_more_is_asked(refresh, loopback):  # noqa: F811
    status, _, err = refresh(Reply("banned", status=403), names=())
    assert (status, len(loopback.asked("/sparql"))) == (1, 3)
    assert "3 requests in a row failed; the rest was not asked for" in err


def test_one_failure_leaves_the_others_their_answers(refresh, loopback):  # noqa: F811
    def one_by_one(request: Asked) -> Reply:
        return Reply(status=400) if len(loopback.asked("/sparql")) == 1 else answer({**ANCELOTTI, "form": "Re Finto"})

    names = sorted(name for name in _coaches() if len(name) < 20)[:60]
    status, rows, _ = refresh(one_by_one, names=("Carlo Ancelotti", *names))
    assert (status, len(rows)) == (1, 1)


def _coaches() -> list[str]:
    with open(DATA / "gazetteer" / "coaches.csv", encoding="utf-8", newline="") as lines:
        return [row["coach"] for row in csv.DictReader(lines)]


def test_a_name_that_is_not_listed_is_named(refresh):
    status, _, err = refresh(answer(), names=("Nobody Known",))
    assert (status, "'Nobody Known' is not in coaches.csv" in err) == (2, True)


def test_a_query_file_that_is_missing_is_named(refresh, tmp_path):
    status, _, err = refresh(answer(), more=("--query-file", str(tmp_path / "none.rq")))
    assert (status, "none.rq" in err) == (2, True)


def test_a_local_service_is_refused_unless_it_is_allowed(capsys, loopback):  # noqa: F811
    assert main(["gazetteer", "refresh", "coaches", "Carlo Ancelotti", "--base", loopback.url("/sparql")]) == 1
    assert "is refused" in capsys.readouterr().err
    assert not loopback.requests


def test_all_names_are_asked_for_once_in_addresses_that_fit():
    names = [f'Nöme "{number}" \\ x' for number in range(500)]
    urls = list(queries(QUERY, names))
    assert max(map(len, urls)) <= LONGEST
    texts = [parse_qs(url.partition("?")[2])["query"][0] for url in urls]
    found = [json.loads(form) for text in texts for form in re.findall(r'("(?:[^"\\]|\\.)*")@en', text)]
    assert found == names
    assert len(urls) >= len(names) / MOST_NAMES


def test_a_query_too_long_for_an_address_is_told():
    with pytest.raises(Unreadable, match="too long for an address"):
        list(queries("SELECT " + "?x " * 3000, []))


@pytest.mark.parametrize("row", ["null", "{}", '{"name": 5}', '{"name": {"value": "A"}, "form": {"value": null}}'])
def test_rows_that_hold_no_form_are_passed_over(row):
    text = f'{{"head": {{"vars": ["name", "form"]}}, "results": {{"bindings": [{row}]}}}}'
    assert [form for form in read_forms(text.encode()) if form.form != "None"] == []
