"""Imports go one way, and each heavy or risky library has its one place."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ANALYSIS = sorted((ROOT / "analysis").rglob("*.py"))
PAGES = [ROOT / "dashboard.py", *sorted((ROOT / "pages").rglob("*.py"))]
ORDER = [
    "text", "language", "schema", "gazetteer",
    "lexicon.slots", "lexicon.needles", "lexicon.syntax", "lexicon.pieces", "lexicon.patterns",
    "lexicon.surroundings", "lexicon.lexicon",
    "mentions.document", "mentions.people", "mentions.names", "mentions.aliases", "mentions.strangers",
    "mentions.mentions", "mentions.referents", "mentions.roles", "mentions.canonical", "mentions.outline",
    "mentions.lists",
    "claims.scope", "claims.ages", "claims.dating", "claims.assertions", "claims.holders", "claims.sentences",
    "claims.claims",
    "relations.edges", "relations.employers", "relations.matches",
    "relations.scenes", "relations.traits", "relations.weighing",
    "claims.hints", "claims.features", "claims.plausibility", "claims.judge", "claims.verdicts", "claims.cases",
    "claims.evidence", "relations.relations", "claims.cause_features", "claims.causes",
    "reader", "frames", "archive.archive",
]  # fmt: skip
"""Modules of the reader, each built on earlier ones alone."""


def imported(path: Path) -> set[str]:
    """Dotted names of all modules that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", ANALYSIS, ids=lambda path: path.name)
def test_nothing_in_analysis_knows_a_screen(path):
    assert not {name for name in imported(path) if name.split(".")[0] in ("streamlit", "pages", "dashboard")}


@pytest.mark.parametrize("path", [*ANALYSIS, *PAGES], ids=lambda path: path.name)
def test_only_tone_imports_textblob(path):
    if path.name != "tone.py":
        assert not {name for name in imported(path) if name.split(".")[0] == "textblob"}


@pytest.mark.parametrize("name", ORDER)
def test_the_reader_is_built_one_way(name):
    later = {f"analysis.{module}" for module in ORDER[ORDER.index(name) + 1 :]}
    assert not imported(ROOT.joinpath("analysis", *name.split(".")).with_suffix(".py")) & later


READING_THE_WEB = {"feedparser", "trafilatura", "protego", "defusedxml"}
NETWORK = {"httpx", "httpcore", "tenacity", "socket", "http", "smtplib"}


@pytest.mark.parametrize("path", [*ANALYSIS, *PAGES], ids=lambda path: path.name)
def test_only_what_collects_or_sends_imports_what_does_so(path):
    used = {name.split(".")[0] for name in imported(path)}
    if path.parent.name != "collect":
        assert not used & READING_THE_WEB
    if path.parent.name not in ("collect", "alerts", "suggest"):
        assert not used & NETWORK


def test_no_two_test_files_bear_one_name():
    """Pytest would refuse the second, which only a run of all tests shows."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
