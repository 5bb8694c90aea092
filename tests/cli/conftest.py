"""The console script as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = Path(sys.executable).parent / "govreq"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def run_govreq() -> Run:
    """Runs ``govreq`` with arguments, in a folder, with bytes on standard input."""

    def run(
        *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        result = subprocess.run(
            [SCRIPT, *arguments],
            cwd=cwd,
            input=stdin,
            capture_output=True,
            env=os.environ | {"COLUMNS": "100"} | environment,
            check=False,
            timeout=120,
        )
        return subprocess.CompletedProcess(
            result.args, result.returncode, result.stdout.decode(), result.stderr.decode()
        )

    return run
