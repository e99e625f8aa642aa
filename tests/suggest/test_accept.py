"""gazetteer accept and check: only what holds together gets in, and every fault is named with its mend."""

import csv

import pytest

from analysis.commands.registry import main
from analysis.gazetteer import DATA
from analysis.suggest.review import COLUMNS, write_review

COACH_ROW = {"accept": "yes", "table": "coaches.csv", "coach": "Mario Brenta", "gender": "men", "sentence_1": "=1+1"}
ALIAS_ROW = {"accept": "yes", "table": "coach_aliases.csv", "alias": "Brentissimo", "coach": "Mario Brenta",
             "kind": "nickname", "use": "sure"}  # fmt: skip
CLUB_ROW = {"accept": "yes", "table": "clubs.csv", "club": "Borgo Finto", "country": "Italy", "kind": "club",
            "gender": "men"}  # fmt: skip


@pytest.fixture
def accept(capsys, tmp_path, gazetteer):
    """A function that accepts rows: exit status, what it printed, and what it complained of."""

    def run(*rows: dict) -> tuple[int, str, str]:
        with open(tmp_path / "review.csv", "w", encoding="utf-8", newline="") as stream:
            write_review(rows, stream)
        status = main(["gazetteer", "accept", str(tmp_path / "review.csv"), "--folder", str(gazetteer)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def column(folder, name: str, key: str) -> list[str]:
    with open(folder / name, encoding="utf-8", newline="") as lines:
        return [row[key] for row in csv.DictReader(lines)]


def test_accepted_rows_get_in_whatever_their_order(accept, gazetteer):
    status, out, _ = accept(ALIAS_ROW, COACH_ROW, CLUB_ROW)
    assert status == 0
    assert out.startswith("1 in coaches.csv, 1 in clubs.csv, 1 in coach_aliases.csv added, 0 refused\n")
    assert column(gazetteer, "coaches.csv", "coach")[-1] == "Mario Brenta"
    assert column(gazetteer, "coach_aliases.csv", "alias")[-1] == "Brentissimo"
    assert column(gazetteer, "clubs.csv", "club")[-1] == "Borgo Finto"


def test_rows_not_marked_stay_out(accept, gazetteer):
    before = (gazetteer / "coaches.csv").read_bytes()
    assert accept({**COACH_ROW, "accept": ""}, {**COACH_ROW, "accept": "no"})[:2] == (0, "no row added, 0 refused\n")
    assert (gazetteer / "coaches.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({**COACH_ROW, "gender": ""}, "gender is empty; write men or women"),
        ({**COACH_ROW, "gender": "man"}, "gender is 'man', expected one of men, women"),
        ({**COACH_ROW, "coach": "Carlo Ancelotti"}, "'Carlo Ancelotti' is in the gazetteer already"),
        ({**ALIAS_ROW, "coach": "Nobody Known"}, "'Nobody Known' is not in the gazetteer; accept its own row too"),
        (
            {**ALIAS_ROW, "alias": "Ancelotti", "coach": "Pep Guardiola"},
            "stands for Carlo Ancelotti already; declare it",
        ),
        ({**ALIAS_ROW, "coach": "Pep Guardiola", "lang": "it xx"}, "lang holds xx"),
        ({**CLUB_ROW, "country": ""}, "country is empty"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_the_good_go_through(accept, gazetteer, row, message):
    status, out, err = accept(COACH_ROW | {"coach": "Gino Buono"}, row)
    assert status == 1
    assert "error: review.csv, line 3: " in err
    assert message in err
    assert "1 in coaches.csv added, 1 refused" in out
    assert "Gino Buono" in column(gazetteer, "coaches.csv", "coach")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "no column accept and table; is this a review file?"),
        (f"{','.join(COLUMNS)}\nyes,villages.csv\n", "line 2: table is 'villages.csv'"),
        (b"\xff\xfe\x00", "review.csv"),
        (None, "review.csv"),
    ],
)
def test_what_is_no_review_file_is_refused(capsys, tmp_path, gazetteer, text, message):
    path = tmp_path / "review.csv"
    if text is not None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert main(["gazetteer", "accept", str(path), "--folder", str(gazetteer)]) == 2
    assert message in capsys.readouterr().err


def test_the_bundled_gazetteer_holds_together(capsys):
    assert main(["gazetteer", "check"]) == 0
    assert capsys.readouterr().out == "the gazetteer holds together\n"


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("coaches.csv", "Carlo Ancelotti,Italy,men,", "coaches.csv, line {last}: Carlo Ancelotti stands in line"),
        ("coach_aliases.csv", "X,Nobody Known,,surname,sure,", "line {last}: coach 'Nobody Known' is not in"),
        ("club_aliases.csv", "X,Milan,it xx,name,sure,", "line {last}: lang holds xx"),
        ("memberships.csv", "No League,2024-25,Milan", "competition 'No League' is not in competitions.csv"),
        ("spells.csv", "Carlo Ancelotti,Milan,1990-02-01,1990-01-01,unknown,yes,2024-01-01", "not after its start"),
        ("spells.csv", "Carlo Ancelotti,Milan,1990-01-01,1990-02-01,unknown,yes,1989-01-01", "is checked after"),
        ("spells.csv", "Carlo Ancelotti,Milan,1990-01-01,1990-13-01,unknown,yes,1991-01-01", "end is '1990-13-01'"),
        ("spells.csv", "Carlo Ancelotti,Real Madrid,2024-01-01,2024-05-01,unknown,no,2024-06-01", "is there; end that"),
        ("coach_aliases.csv", "Ancelotti,Pep Guardiola,,surname,sure,", "'Ancelotti' stands for Carlo Ancelotti and"),
        ("collisions.csv", "xyz,,,Nowhere Town,", "collisions.csv, line {last}: Nowhere Town not in clubs.csv"),
        ("clubs.csv", "A,B,village,men", "kind is 'village'"),
        ("clubs.csv", "A,B", "4 cells expected"),
    ],
)
def test_a_fault_is_found_and_named(capsys, gazetteer, name, row, message):
    path = gazetteer / name
    path.write_text(f"{path.read_text(encoding='utf-8')}{row}\n", encoding="utf-8")
    last = len(path.read_text(encoding="utf-8").splitlines())
    assert main(["gazetteer", "check", "--folder", str(gazetteer)]) == 1
    assert message.format(last=last) in capsys.readouterr().err


def test_a_file_that_is_missing_is_named(capsys, gazetteer):
    (gazetteer / "spells.csv").unlink()
    assert main(["gazetteer", "check", "--folder", str(gazetteer)]) == 1
    assert "spells.csv: cannot be read" in capsys.readouterr().err


def test_checking_another_gazetteer_leaves_the_readers_own(gazetteer):
    from analysis.gazetteer import load_gazetteer

    mine = load_gazetteer()
    main(["gazetteer", "check", "--folder", str(gazetteer)])
    assert load_gazetteer() is mine
    assert (DATA / "gazetteer").exists()
