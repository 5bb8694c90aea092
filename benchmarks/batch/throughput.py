"""Throughput and memory of a batch of generated articles, with one worker and with two.

    python throughput.py [DOCUMENTS]

Prints documents a second between the first tenth and the end (without the start), the most memory
that each process took up to the first tenth and up to the end, and whether both outputs are the
same bytes. Meant for a machine with nothing else to do.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kills import find_workers
from pages import write_pages

SCRIPT = Path(sys.executable).parent / "govreq"
MEGABYTE = 1024 * 1024


@dataclass(slots=True)
class Course:
    """What was seen of one batch; memory in bytes by the part that a process plays."""

    seconds: float = 0.0
    early: dict[str, int] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)


def watch_batch(folder: Path, documents: int, workers: int) -> Course:
    """Runs one batch and watches it."""
    name = f"out{workers}.jsonl"
    command = [str(SCRIPT), "extract", "pages", "-w", str(workers), "--quiet", "-o", name]
    process = subprocess.Popen(command, cwd=folder)
    course, begun = Course(), 0.0
    reader = _count_lines(folder / f"{name}.ledger")
    while process.poll() is None:
        done = next(reader)
        if done >= documents // 10 and not begun:
            begun = time.monotonic()
        seen = course.late if begun else course.early
        parts = {"parent": [process.pid], "worker": find_workers(process.pid)}
        for part, numbers in parts.items():
            seen[part] = max([seen.get(part, 0), *map(_memory_of, numbers)])
        if done >= documents:
            break
        time.sleep(0.2)
    course.seconds = time.monotonic() - begun
    process.wait()
    return course


def _count_lines(path: Path) -> Iterator[int]:
    """How many documents the ledger has, each time it is asked."""
    count, place = -1, 0
    while True:
        if path.exists():
            with path.open("rb") as file:
                file.seek(place)
                while piece := file.read(MEGABYTE):
                    count += piece.count(b"\n")
                    place += len(piece)
        yield count


def _memory_of(process: int) -> int:
    """Bytes of memory that a process has of its own now; 0 where it is gone."""
    try:
        text = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    parts = [line.split() for line in text.splitlines()]
    return sum(int(part[1]) for part in parts if part[:1] == ["RssAnon:"]) * 1024


def main(documents: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pages(folder / "pages", documents)
        rates = []
        for workers in (1, 2):
            course = watch_batch(folder, documents, workers)
            rates.append(documents * 0.9 / course.seconds)
            print(f"{workers} workers: {rates[-1]:.1f} documents a second")
            for part, early in course.early.items():
                late = course.late[part]
                print(
                    f"  {part}: {early / MEGABYTE:.0f} MB up to a tenth, {late / MEGABYTE:.0f} MB"
                    f" up to the end: {max(0, late - early) / MEGABYTE:.0f} MB more",
                    flush=True,
                )
        print(f"two workers are {rates[1] / rates[0]:.2f} times as fast as one")
        same = (folder / "out1.jsonl").read_bytes() == (folder / "out2.jsonl").read_bytes()
        print(f"output the same bytes: {same}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
