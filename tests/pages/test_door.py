"""A fresh server: whoever comes first by a page's own address sees the dashboard before anything heavy is imported."""

import subprocess
import sys
from pathlib import Path

import pytest

from pages.door import PAGES

ROOT = Path(__file__).resolve().parents[2]
BARE = """
import runpy, sys
import streamlit as st

class Again(Exception):
    pass

def again():
    raise Again

st.navigation, st.rerun = lambda *pages, **options: None, again
try:
    runpy.run_path(sys.argv[1])
except Again:
    print("again", *{"pandas", "pages.common", "analysis.archive"} & set(sys.modules))
"""


@pytest.mark.parametrize("page", PAGES)
def test_a_bare_page_is_run_again_inside_the_dashboard_before_it_imports_what_takes_seconds(page):
    run = subprocess.run([sys.executable, "-c", BARE, f"pages/{page}.py"], cwd=ROOT, capture_output=True, text=True)
    assert run.stdout.split() == ["again"], run.stderr


def test_all_pages_are_known():
    drawn = {path.stem for path in (ROOT / "pages").glob("*.py") if "door.entered()" in path.read_text("utf-8")}
    assert drawn == set(PAGES)
