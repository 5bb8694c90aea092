"""Kills a batch at random moments until it is through, and compares it with an unbroken run.

    python kills.py [KILLS] [DOCUMENTS]

Each round starts the batch with ``--resume`` and kills -9 the parent or one of its workers.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pages import write_pages

SCRIPT = Path(sys.executable).parent / "govreq"


def run(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [str(SCRIPT), "extract", "pages", "-w", "2", "--quiet", *options]
    return subprocess.Popen(command, cwd=folder, start_new_session=True)


def find_workers(parent: int) -> list[int]:
    """The processes below ``parent``, the deepest ones only: workers."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    below = list(children.get(parent, ()))
    leaves = []
    while below:
        process = below.pop()
        under = children.get(process, [])
        below += under
        leaves += [] if under else [process]
    return leaves


def kill_batches(folder: Path, kills: int, chance: random.Random) -> Counter[str]:
    """Kills until ``kills`` are done; a batch that comes through begins anew.

    One time in five the moment lies in the start, else some documents after it.
    """
    done: Counter[str] = Counter()
    resume: list[str] = []
    while done.total() < kills:
        process = run(folder, "-o", "broken.jsonl", "--db", "broken.db", *resume)
        early = chance.random() < 0.2
        _wait_for_moment(process, folder / "broken.jsonl.ledger", 0 if early else 1)
        time.sleep(chance.uniform(0, 1.5))
        resume = ["--resume"]
        if process.poll() is not None:
            resume = []
            continue
        workers = find_workers(process.pid)
        if workers and not early and chance.random() < 0.4:
            os.kill(chance.choice(workers), signal.SIGKILL)
            done["worker"] += 1
            time.sleep(chance.uniform(0, 1))
        if process.poll() is None and done.total() < kills:
            os.kill(process.pid, signal.SIGKILL)
            done["parent"] += 1
        process.wait()
    run(folder, "-o", "broken.jsonl", "--db", "broken.db", "--resume").wait()
    return done


def _wait_for_moment(process: subprocess.Popen[bytes], ledger: Path, lines: int) -> None:
    """Waits until the batch has added so many documents to its ledger, or has ended."""
    before = ledger.read_bytes().count(b"\n") if ledger.exists() else 1
    while lines and process.poll() is None:
        if ledger.exists() and ledger.read_bytes().count(b"\n") >= before + lines:
            return
        time.sleep(0.05)


def main(kills: int, documents: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pages(folder / "pages", documents)
        run(folder, "-o", "whole.jsonl", "--db", "whole.db").wait()
        done = kill_batches(folder, kills, random.Random(1))
        for database in ("whole", "broken"):
            output = f"{database}-export.jsonl"
            subprocess.run(
                [SCRIPT, "export", "--db", f"{database}.db", "-o", output], cwd=folder, check=True
            )
        whole = (folder / "whole-export.jsonl").read_bytes()
        broken = (folder / "broken-export.jsonl").read_bytes()
        ids = [
            Counter((fact["document"]["source"], fact["record_id"]) for fact in map(json.loads, b))
            for b in (whole.splitlines(), broken.splitlines())
        ]
        print(f"{done['parent']} kills of the parent, {done['worker']} of a worker")
        print(f"{len(ids[0])} records: {(ids[0] - ids[1]).total()} lost")
        print(f"{(ids[1] - ids[0]).total()} doubled")
        print(f"export the same bytes: {whole == broken}")
        same = (folder / "whole.jsonl").read_bytes() == (folder / "broken.jsonl").read_bytes()
        print(f"output the same bytes: {same}")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [50, 300][len(numbers) :]))
