"""The ledger: what is in it is not done again, and a torn end costs only the torn line."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from govreq.errors import OutputError
from govreq.records.lines import write_line
from govreq.runs.ledger import Ledger, open_ledger
from govreq.runs.report import DocumentReport
from govreq.settings import DEFAULTS, Settings

MakeReport = Callable[..., DocumentReport]
SHA = "0" * 64


def add(ledger: Ledger, report: DocumentReport) -> str:
    line = write_line(report)
    ledger.add_line(report.source, report.sha256, report.status.value, line)
    return line


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.db.ledger"


def test_what_is_added_is_found_and_reads_the_same(path: Path, make_report: MakeReport) -> None:
    report = make_report(source="pages/naïve\tname\n.html")
    with open_ledger(path, DEFAULTS, resume=False) as ledger:
        line = add(ledger, report)
    with open_ledger(path, DEFAULTS, resume=True) as ledger:
        entry = ledger.find_done(report.source, SHA, retry=False)
        assert entry is not None
        assert entry.line() == line
        assert ledger.cut == 0
        assert ledger.find_done(report.source, "1" * 64, retry=False) is None
        assert ledger.find_done(report.source, None, retry=False) is None
        assert ledger.find_done("other.html", SHA, retry=False) is None


def test_other_settings_do_all_again(path: Path, make_report: MakeReport) -> None:
    report = make_report()
    with open_ledger(path, DEFAULTS, resume=False) as ledger:
        add(ledger, report)
    with open_ledger(path, Settings(max_depth=100), resume=True) as ledger:
        assert ledger.find_done(report.source, SHA, retry=False) is None


def test_a_later_line_replaces_an_earlier_one(path: Path, make_report: MakeReport) -> None:
    with open_ledger(path, DEFAULTS, resume=False) as ledger:
        add(ledger, make_report())
        line = add(ledger, make_report(records=()))
    with open_ledger(path, DEFAULTS, resume=True) as ledger:
        entry = ledger.find_done(make_report().source, SHA, retry=False)
        assert entry is not None
        assert entry.line() == line


def test_a_ledger_that_is_cut_anywhere_keeps_its_whole_lines(
    path: Path, make_report: MakeReport
) -> None:
    with open_ledger(path, DEFAULTS, resume=False) as ledger:
        for name in ("a", "b", "c"):
            add(ledger, make_report(source=name))
    whole = path.read_bytes()
    ends = [place + 1 for place, byte in enumerate(whole) if byte == ord("\n")]
    for cut in [*range(0, len(whole), 97), *(end + step for end in ends for step in (-1, 0))]:
        path.write_bytes(whole[:cut])
        with open_ledger(path, DEFAULTS, resume=True) as ledger:
            assert len(ledger.entries) == max(0, sum(end <= cut for end in ends) - 1)
            add(ledger, make_report(source="d"))
        with open_ledger(path, DEFAULTS, resume=True) as ledger:
            assert "d" in ledger.entries
            assert ledger.cut == 0


@pytest.mark.parametrize("damage", [b"\0", b"x"])
def test_a_damaged_line_is_not_believed(path: Path, make_report: MakeReport, damage: bytes) -> None:
    with open_ledger(path, DEFAULTS, resume=False) as ledger:
        add(ledger, make_report(source="a"))
        add(ledger, make_report(source="b"))
    whole = path.read_bytes()
    place = whole.rindex(b"Initech")
    path.write_bytes(whole[:place] + damage + whole[place + 1 :])
    with open_ledger(path, DEFAULTS, resume=True) as ledger:
        assert set(ledger.entries) == {"a"}
        assert ledger.cut > 0


@pytest.mark.parametrize("content", [b"my notes\n", b'{"a": 1}\n', b"[1]\n", b"\xff\xfe"])
def test_what_is_no_ledger_is_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for resume in (True, False):
        with (
            pytest.raises(OutputError, match="is no ledger"),
            open_ledger(path, DEFAULTS, resume=resume),
        ):
            pass
    assert path.read_bytes() == content


def test_a_ledger_of_a_later_version_is_refused(path: Path) -> None:
    path.write_bytes(b'{"govreq_ledger": 9}\n')
    with (
        pytest.raises(OutputError, match="another version"),
        open_ledger(path, DEFAULTS, resume=True),
    ):
        pass


def test_two_runs_do_not_share_a_ledger(path: Path) -> None:
    with (
        open_ledger(path, DEFAULTS, resume=False),
        pytest.raises(OutputError, match="another run is using it"),
        open_ledger(path, DEFAULTS, resume=True),
    ):
        pass


def test_a_full_disk_is_one_line_and_tears_nothing(path: Path, make_report: MakeReport) -> None:
    with open_ledger(path, DEFAULTS, resume=False) as ledger:
        add(ledger, make_report())
        size = path.stat().st_size
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100, before[1]))
        try:
            with pytest.raises(OutputError, match="cannot be written"):
                add(ledger, make_report())
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handler)
        assert path.stat().st_size == size
