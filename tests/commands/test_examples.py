"""The examples of scheduling say what the program understands, and the workflow's steps do what they promise."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from analysis.archive import load_store
from analysis.commands.registry import COMMANDS, _parser
from analysis.store import Store
from tests.alerts.conftest import PRESSURE, QUIET, SACKED, piece
from tests.store.conftest import frame

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
WORKFLOW = EXAMPLES / "collect.yml"
CALL = re.compile(r"python -m analysis ([^\n&>]*)")
WORKED_OUT = re.compile(r"\$\(date [^)]*\)")


def calls() -> list[tuple[str, str]]:
    """File and arguments of every call of the program in the examples; a day that the shell works out stands as one."""
    files = [path for path in sorted(EXAMPLES.iterdir()) if path.is_file()]
    texts = [(path.name, WORKED_OUT.sub("2025-01-31", path.read_text("utf-8"))) for path in files]
    return [(name, found) for name, text in texts for found in CALL.findall(text)]


@pytest.mark.parametrize(("file", "arguments"), calls())
def test_every_call_is_understood(file, arguments):
    given = shlex.split(arguments)
    assert given[0] in COMMANDS
    _parser(given[:1]).parse_args(given)


def test_the_examples_collect_and_alert():
    for file in ("collect.yml", "crontab", "panchina-collect.service"):
        commands = [arguments.split()[0] for name, arguments in calls() if name == file]
        assert {"collect", "alert"} <= set(commands), file


def test_the_workflow_does_nothing_where_it_lies():
    assert not (ROOT / ".github").exists()


def test_the_workflow_never_commits_the_store_and_names_every_secret():
    words = WORKFLOW.read_text("utf-8")
    steps = yaml.safe_load(words)["jobs"]["collect"]["steps"]
    adds = re.findall(r"git add ([^\s;]+)", words)
    assert adds == ["published"]
    secrets = [value for step in steps for value in step.get("env", {}).values()]
    assert all(value.startswith("${{ secrets.PANCHINA_") for value in secrets) and len(secrets) == 4


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def fork(tmp_path) -> Path:
    """A clone with an origin to push to, and a store that collecting would have filled."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch", "main", "origin.git")
    git(tmp_path, "clone", "--quiet", "origin.git", "fork")
    clone = tmp_path / "fork"
    (clone / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
    git(clone, "checkout", "--quiet", "-B", "main")
    git(clone, "add", ".gitignore")
    git(clone, "-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "--quiet", "--message", "Begin")
    git(clone, "push", "--quiet", "--set-upstream", "origin", "main")
    Store(clone / "store").add(frame(piece(1, "2024-11-20", QUIET), piece(2, "2024-12-05", PRESSURE)))
    return clone


def run_steps(clone: Path, *names: str) -> None:
    """Run the steps of the workflow as its runner would, on a day on which the news is new."""
    steps = {step.get("name"): step for step in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["collect"]["steps"]}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PANCHINA_STORE": "store", "GIT_CONFIG_GLOBAL": os.devnull}
    for name in names:
        script = steps[name]["run"].replace("python -m", f"{shlex.quote(sys.executable)} -m")
        script = script.replace("alert --store", "alert --as-of 2024-12-06 --store")
        subprocess.run(["bash", "-e", "-c", script], cwd=clone, env=environment, check=True, capture_output=True)


def test_the_workflow_publishes_alerts_once_and_commits_what_changed(fork):
    steps = ("Publish", "Alert", "Commit")
    run_steps(fork, *steps)
    committed = git(fork, "ls-tree", "-r", "--name-only", "origin/main").splitlines()
    assert set(committed) == {".gitignore", "published/2024-11-20.parquet", "published/2024-12-05.parquet",
                              "published/alerts.atom", "published/state/alerts.json"}  # fmt: skip
    archive = load_store(fork / "published")
    assert archive.is_published and len(archive.articles) == 2
    first = git(fork, "rev-parse", "origin/main")
    run_steps(fork, *steps)
    assert git(fork, "rev-parse", "origin/main") == first
    Store(fork / "store").add(frame(piece(3, "2024-12-06", SACKED)))
    run_steps(fork, *steps)
    changed = set(git(fork, "diff", "--name-only", first, "origin/main").splitlines())
    assert changed == {"published/2024-12-06.parquet", "published/alerts.atom", "published/state/alerts.json"}
