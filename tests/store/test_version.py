"""What was read with other words, weights or code is known to be stale."""

import re
import shutil

import pytest

from analysis.gazetteer import DATA
from analysis.store import version

NAMED = re.compile(r'DATA / "([\w.]+)"')


@pytest.fixture
def data(tmp_path):
    """A copy of what readings depend on, for which the version is worked out anew."""
    for name in version.READ_FROM:
        copy = shutil.copytree if (DATA / name).is_dir() else shutil.copy
        copy(DATA / name, tmp_path / name)
    return tmp_path


def test_all_that_the_reader_loads_counts():
    loaded = {name for path in version._modules("analysis.frames") for name in NAMED.findall(path.read_text("utf-8"))}
    assert loaded == set(version.READ_FROM)


@pytest.mark.parametrize("name", [name for name in version.READ_FROM if name.endswith(".csv")])
def test_a_changed_file_makes_readings_stale(name, data):
    before = version.reader_version.__wrapped__(data)
    with (data / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert version.reader_version.__wrapped__(data) != before
