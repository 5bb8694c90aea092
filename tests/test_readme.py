"""What the README shows is what govreq does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUOTE = re.compile(r"(?:^> .*\n)+", re.MULTILINE)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run_on_example(*options: str) -> str:
    match = QUOTE.search(README)
    assert match
    sentence = " ".join(line.removeprefix("> ") for line in match.group().splitlines())
    page = (
        '<html lang="en"><head><title>More demands</title><meta property="article:published_time"'
        f' content="2022-02-20"></head><body><article><p>{sentence}</p></article></body></html>'
    )
    result = subprocess.run(
        [Path(sys.executable).parent / "govreq", "extract", "-", "--quiet", *options],
        input=page.encode(),
        capture_output=True,
        env=os.environ | {"COLUMNS": "80"},
        check=True,
    )
    return result.stdout.decode()


def test_the_record_is_the_one_that_comes_out() -> None:
    (shown,) = [json.loads(text) for kind, text in FENCE.findall(README) if kind == "json"]
    first = json.loads(run_on_example().splitlines()[0])
    assert {field: first[field] for field in shown} == shown


def test_the_table_is_the_one_that_is_printed() -> None:
    (shown,) = [text for _, text in FENCE.findall(README) if text.startswith("Figure")]
    printed = [line.rstrip() for line in run_on_example("--format", "table").splitlines()]
    assert printed[1:-1] == shown.splitlines()


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"make (\w+)", page.read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
