"""The command line's frame: quick help, version, wrong usage, commands that register themselves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
HEAVY = ("spacy", "bs4", "lxml", "sqlalchemy", "dateparser", "pydantic", "numpy")


def test_help_loads_nothing_heavy() -> None:
    code = f"import sys, govreq.cli.main; print(*(set({HEAVY!r}) & sys.modules.keys()))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert loaded.stdout.split() == []


def test_help_names_every_command(run_govreq: Run) -> None:
    result = run_govreq("--help")
    assert result.returncode == 0
    for command in ("extract", "evaluate", "schema"):
        assert f" {command} " in result.stdout
    assert " main " not in result.stdout


@pytest.mark.parametrize("command", ["extract", "evaluate", "schema"])
def test_each_command_has_help(run_govreq: Run, command: str) -> None:
    result = run_govreq(command, "--help")
    assert result.returncode == 0
    assert f"govreq {command}" in result.stdout


def test_version(run_govreq: Run) -> None:
    assert run_govreq("--version").stdout == f"govreq {version('govreq')}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "x.html", "--format", "xml"],
        ["extract", "x.html", "--unknown"],
        ["nonsense"],
        ["schema", "nonsense"],
        ["evaluate", "gold"],
    ],
)
def test_wrong_usage_is_status_2(run_govreq: Run, arguments: list[str]) -> None:
    result = run_govreq(*arguments)
    assert result.returncode == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_completion_is_offered(run_govreq: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    # The shell is named here: under a test runner there may be none to be found.
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "true")
    result = run_govreq("--show-completion", "bash")
    assert "govreq" in result.stdout + result.stderr


def test_schema_prints_what_the_repository_holds(run_govreq: Run, tmp_path: Path) -> None:
    folder = Path(__file__).resolve().parents[2] / "schemas"
    assert run_govreq("schema").stdout == (folder / "record.schema.json").read_text()
    assert run_govreq("schema", "--write", tmp_path).returncode == 0
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        path.name: path.read_text() for path in folder.iterdir()
    }


def test_a_file_that_is_no_record_file_is_one_line(run_govreq: Run, tmp_path: Path) -> None:
    (tmp_path / "x1.json").write_text('{"id": "x1", "records": []}')
    (tmp_path / "ours.jsonl").write_text("nonsense\n")
    result = run_govreq("evaluate", tmp_path, tmp_path / "ours.jsonl")
    assert result.returncode == 1
    assert result.stderr.startswith("govreq: ")
    assert len(result.stderr.splitlines()) == 1
