"""Columns and allowed values of every frame and every data table, and the checks that hold them.

A frame is described by a `Schema`: its columns in order, the pandas dtype of each, and the closed set of values where
there is one. Data files under data/ are read through `read_table`, which names file, line and column of anything off.
"""

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

STAGES = ("none", "speculation", "pressure", "ultimatum", "succession", "dismissed", "resigned", "left_mutual",
          "reassured", "renewed")  # fmt: skip
DIRECTION = {"none": "neutral", "speculation": "risk", "pressure": "risk", "ultimatum": "risk", "succession": "risk",
             "dismissed": "left", "resigned": "left", "left_mutual": "left", "reassured": "reassurance",
             "renewed": "reassurance"}  # fmt: skip
"""Direction of each stage; docs/GUIDE.md, section 3."""
RELATIONS = ("employer", "destination", "destination_denied", "opponent", "rival", "former", "national_team")
DETAILS = ("", "employer", "destination", "denied", "former", "opponent")
CAUSES = ("results", "defeat", "standings", "qualification", "trust", "dressing_room", "board", "fans", "injuries",
          "style", "player_form", "transfers", "conduct", "contract", "personal", "offer")  # fmt: skip
PRECISIONS = ("day", "month", "year", "none")
LANGUAGES = ("it", "es", "en", "fr", "de", "pt")

TEXT, NUMBER, WHOLE, TIME, FLAG = "string", "float64", "int64", "datetime64[ns, UTC]", "bool"
COUNT = "Int64"
"""A whole number that may be missing, as the goals of a match yet to be played."""


class SchemaError(ValueError):
    """A frame or table that breaks its schema; the message names what, where and what was expected."""


@dataclass(frozen=True)
class Schema:
    """Columns of a frame with their dtypes, and the closed values of some of them."""

    name: str
    columns: dict[str, str]
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def empty(self) -> pd.DataFrame:
        """A frame of this schema without rows."""
        return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in self.columns.items()})

    def frame(self, rows: list[dict]) -> pd.DataFrame:
        """A frame of this schema from `rows`, dicts that may lack columns."""
        table = pd.DataFrame(rows, columns=list(self.columns)) if rows else self.empty()
        # A column of nothing but missing moments has no time zone to convert from.
        times = {
            column: pd.to_datetime(table[column], utc=True) for column, dtype in self.columns.items() if dtype == TIME
        }
        return table.assign(**times).astype(self.columns)


ARTICLES = Schema(
    "articles",
    {"article_id": TEXT, "published_at": TIME, "date_precision": TEXT, "lang": TEXT, "source": TEXT, "url": TEXT,
     "title": TEXT, "text": TEXT},
    {"date_precision": PRECISIONS},
)  # fmt: skip
CLAIMS = Schema(
    "claims",
    {"article_id": TEXT, "published_at": TIME, "date_precision": TEXT, "lang": TEXT, "source": TEXT, "coach": TEXT,
     "club": TEXT, "stage": TEXT, "risk": WHOLE, "direction": TEXT, "confidence": NUMBER, "official": FLAG,
     "overruled": TEXT},
    {"stage": STAGES, "date_precision": PRECISIONS},
)  # fmt: skip
EVIDENCE = Schema(
    "evidence",
    {"article_id": TEXT, "coach": TEXT, "stage": TEXT, "field": TEXT, "start": WHOLE, "end": WHOLE, "text": TEXT},
    {"stage": STAGES, "field": ("title", "text")},
)
RELATION_EDGES = Schema(
    "relations",
    {"article_id": TEXT, "published_at": TIME, "coach": TEXT, "club": TEXT, "relation": TEXT, "detail": TEXT,
     "field": TEXT, "start": WHOLE, "end": WHOLE, "text": TEXT},
    {"relation": RELATIONS, "detail": DETAILS},
)  # fmt: skip
CAUSE_EVIDENCE = Schema(
    "cause_evidence",
    {"article_id": TEXT, "published_at": TIME, "coach": TEXT, "cause": TEXT, "field": TEXT, "start": WHOLE,
     "end": WHOLE, "text": TEXT},
    {"cause": CAUSES},
)  # fmt: skip
STORIES = Schema("stories", {"article_id": TEXT, "story_id": TEXT})
INDEX = Schema(
    "index",
    {"date": TIME, "coach": TEXT, "club": TEXT, "index": NUMBER, "lower": NUMBER, "upper": NUMBER, "stories": WHOLE,
     "stage": TEXT},
    {"stage": STAGES},
)  # fmt: skip
RESULTS = Schema(
    "results",
    {"date": TIME, "competition": TEXT, "home": TEXT, "away": TEXT, "home_goals": COUNT, "away_goals": COUNT,
     "note": TEXT},
)  # fmt: skip


def check(frame: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Return `frame` unchanged where it fits `schema`; raise SchemaError, naming the column, where it does not."""
    missing = [column for column in schema.columns if column not in frame.columns]
    if missing:
        raise SchemaError(f"{schema.name}: missing columns {', '.join(missing)}")
    for column, allowed in schema.values.items():
        strange = set(frame[column].dropna().unique()) - set(allowed)
        if strange:
            raise SchemaError(f"{schema.name}.{column}: {sorted(strange)[:3]} not among {', '.join(allowed)}")
    return frame


@dataclass(frozen=True)
class Table:
    """A data file: its columns in order, closed values, columns that may be empty, and columns that hold a date."""

    columns: tuple[str, ...]
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


_ENDINGS = ("dismissed", "resigned", "left_mutual", "contract_ended", "offer", "unknown", "")
_USE = ("sure", "context")
MODIFIERS = ("negated", "pseudo", "possible", "reported", "denied", "conditional", "condition", "hypothetical",
             "historical", "recent", "future", "question", "self", "outsider", "official", "temporary",
             "condition_given", "hollow", "ended", "terminator")  # fmt: skip
ROLE_KINDS = ("head_coach", "national_coach", "caretaker", "staff", "youth", "board", "owner", "director", "player",
              "fans", "media", "other_sport", "politics")  # fmt: skip
GRAMMAR = (
    "against",
    "and",
    "arrival",
    "clause_break",
    "club_article",
    "former",
    "months",
    "new",
    "national",
    "team",
    "women",
)
SURROUNDINGS = ("playing", "leading", "winning", "leaving", "coming", "once", "today", "result", "fixture", "cup",
                "table", "wanting", "denying", "rivalry", "free", "dealing")  # fmt: skip
LINKS = ("employer", "appointed", "destination", "destination_denied", "opponent", "rival", "former", "role_of")

GAZETTEER_TABLES = {
    "clubs.csv": Table(("club", "country", "kind", "gender"),
                       {"kind": ("club", "national_team"), "gender": ("men", "women")}),
    "club_aliases.csv": Table(("alias", "club", "lang", "kind", "use", "note"),
                              {"kind": ("name", "short", "nickname", "city", "demonym"), "use": _USE},
                              ("lang", "note")),
    "collisions.csv": Table(("alias", "lang", "preferred", "others", "note"), {}, ("lang", "preferred", "note")),
    "competitions.csv": Table(("competition", "country", "gender", "clubs"), {"gender": ("men", "women")}),
    "memberships.csv": Table(("competition", "season", "club")),
    "coaches.csv": Table(("coach", "nationality", "gender", "origin"), {"gender": ("men", "women")},
                         ("origin", "nationality")),
    "coach_aliases.csv": Table(("alias", "coach", "lang", "kind", "use", "note"),
                               {"kind": ("surname", "full", "nickname", "mononym", "initials"), "use": _USE},
                               ("lang", "note")),
    "coach_collisions.csv": Table(("alias", "preferred", "others", "note"), {}, ("preferred", "note")),
    "spells.csv": Table(("coach", "club", "start", "end", "end_reason", "interim", "checked"),
                        {"end_reason": _ENDINGS, "interim": ("yes", "no")}, ("end", "end_reason"),
                        ("start", "end", "checked")),
    "given_names.csv": Table(("name", "gender", "languages"), {"gender": ("men", "women", "any")}, ("languages",)),
}  # fmt: skip
LEXICON_TABLES = {
    "cues.csv": Table(("pattern", "stage", "weight", "subject", "proves", "example", "counterexample", "note"),
                      {"stage": STAGES[1:], "weight": tuple("01234"), "subject": ("slot", "before", "after", "any"),
                       "proves": ("yes", "no")}, ("note",)),
    "modifiers.csv": Table(("pattern", "category", "direction", "scope", "example", "counterexample", "note"),
                           {"category": MODIFIERS, "direction": ("forward", "backward", "both")}, ("note",)),
    "roles.csv": Table(("form", "kind", "gender", "note"), {"kind": ROLE_KINDS, "gender": ("m", "f", "any")},
                       ("note",)),
    "relations.csv": Table(("pattern", "relation", "example", "counterexample", "note"), {"relation": LINKS},
                           ("note",)),
    "causes.csv": Table(("pattern", "cause", "example", "counterexample", "note"), {"cause": CAUSES}, ("note",)),
    "demonyms.csv": Table(("form", "country")),
    "macros.csv": Table(("name", "expansion")),
    "grammar.csv": Table(("name", "words"), {"name": GRAMMAR}),
    "surroundings.csv": Table(("class", "words", "example"), {"class": SURROUNDINGS}),
    "function_words.csv": Table(("word",)),
}  # fmt: skip
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_table(path: Path, table: Table) -> list[dict[str, str]]:
    """Rows of the data file `path` as dicts.

    Raises SchemaError with file, line and column for other columns than the table's, a value outside a closed set,
    an empty cell where something is required, or a malformed date.
    """
    with open(path, encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        if tuple(reader.fieldnames or ()) != table.columns:
            raise SchemaError(f"{path.name}: columns are {reader.fieldnames}, expected {list(table.columns)}")
        rows = []
        for row in reader:
            _check_row(row, table, f"{path.parent.name}/{path.name}, line {reader.line_num}")
            rows.append(row)
    return rows


def _check_row(row: dict, table: Table, where: str) -> None:
    if None in row or None in row.values():
        raise SchemaError(f"{where}: {len(table.columns)} cells expected")
    for column, value in row.items():
        if not value and column not in table.optional:
            raise SchemaError(f"{where}: {column} is empty")
        if value and column in table.dates and not _DATE.fullmatch(value):
            raise SchemaError(f"{where}: {column} is {value!r}, expected a date as 2024-12-06")
        if (
            column in table.values
            and value not in table.values[column]
            and not (not value and column in table.optional)
        ):
            raise SchemaError(f"{where}: {column} is {value!r}, expected one of {', '.join(table.values[column])}")
