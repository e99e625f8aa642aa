"""What the examples of scheduling and the documents tell to type is there, with those options."""

import argparse
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

from analysis.commands.registry import COMMANDS, _parser

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_file())
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_COMMAND = re.compile(r"python -m analysis ([a-z][^`\n>&#;]*)")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def commands(path: Path) -> list[str]:
    return [
        found.partition(" | ")[0].strip()
        for found in _COMMAND.findall(path.read_text("utf-8"))
        if found.split()[0] != "COMMAND"
    ]


def told(paths: list[Path]) -> list[tuple[str, str]]:
    return [(path.name, command) for path in paths for command in commands(path)]


@pytest.mark.parametrize(("name", "command"), told(EXAMPLES))
def test_a_command_of_the_examples_is_one_that_is_taken(name, command):
    given = shlex.split(re.sub(r"\$\(date [^)]*\)", "2024-12-06", command))
    assert _parser(given[:1]).parse_args(given).command == given[0]


@pytest.mark.parametrize(("name", "command"), told(DOCUMENTS))
def test_a_command_of_the_documents_has_the_options_that_are_told(name, command):
    verb = command.split()[0].split("|")[0]
    assert verb in COMMANDS
    known = _parser([verb]).format_help() + _help_of(verb)
    assert not [option for option in _OPTION.findall(command) if option not in known]


def _help_of(verb: str) -> str:
    parsers = next(action for action in _parser([verb])._actions if action.dest == "command").choices
    more = [action for action in parsers[verb]._actions if isinstance(action, argparse._SubParsersAction)]
    below = [parser.format_help() for action in more for parser in action.choices.values()]
    return "".join([parsers[verb].format_help(), *below])


def test_the_workflow_is_yaml_and_has_what_it_commits_with():
    workflow = yaml.safe_load((ROOT / "examples" / "collect.yml").read_text("utf-8"))
    steps = workflow["jobs"]["collect"]["steps"]
    assert workflow["permissions"] == {"contents": "write"}
    # YAML takes the word "on" for a truth value.
    assert workflow[True]["schedule"][0]["cron"].split()[0].isdecimal()
    assert [step.get("name") for step in steps][-4:] == ["Collect", "Publish", "Alert", "Commit"]
    files = [word for step in steps for word in step.get("run", "").split() if word.endswith((".lock", ".txt"))]
    assert files == ["requirements.lock"] and (ROOT / files[0]).exists()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_names_only_variables_that_the_program_reads(path):
    files = [file for folder in ("analysis", "pages") for file in (ROOT / folder).rglob("*.py")]
    read = "".join(file.read_text("utf-8") for file in files)
    names = set(re.findall(r"\bPANCHINA_[A-Z_]+", path.read_text("utf-8")))
    assert not [name for name in names if name not in read]


def test_what_the_dashboard_is_started_with_is_known_to_streamlit():
    from streamlit import config

    config.get_config_options()
    line = re.search(r"ExecStart=.*", (ROOT / "examples" / "panchina-dashboard.service").read_text("utf-8"))[0]
    options = [option[2:] for option in re.findall(r"--[\w.]+", line)]
    assert options and all(option in config._config_options_template for option in options)
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["maxUploadSize"] == 10


def test_no_line_of_the_crontab_ends_at_a_percent_sign():
    lines = (ROOT / "examples" / "crontab").read_text("utf-8").splitlines()
    jobs = [line for line in lines if re.match(r"\d", line)]
    assert len(jobs) == 4
    assert not [line for line in jobs if re.search(r"(?<!\\)%", line)]
