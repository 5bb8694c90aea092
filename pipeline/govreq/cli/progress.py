"""Progress on standard error: a bar on a terminal, nothing in a pipe, and lines that stay."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.progress import ProgressColumn


@dataclass(frozen=True, slots=True)
class Progress:
    """``say`` prints a line that stays; ``advance`` counts one document and shows the counts."""

    say: Callable[[str], None]
    advance: Callable[[str], None]


@contextmanager
def show_progress(documents: int, wanted: bool) -> Iterator[Progress]:
    """A bar of ``documents`` steps, if ``wanted`` and standard error is a terminal."""
    if not wanted or not sys.stderr.isatty():
        yield Progress(lambda line: typer.echo(line, err=True), lambda _: None)
        return
    from rich import progress
    from rich.console import Console

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    with progress.Progress(*_columns(), console=console, transient=True) as bar:
        task = bar.add_task("", total=documents, counts="")
        yield Progress(
            lambda line: console.print(line, soft_wrap=True),
            lambda counts: bar.update(task, advance=1, counts=counts),
        )


def _columns() -> tuple[ProgressColumn, ...]:
    """Bar, count, rate, remaining time, counts by status."""
    from rich import progress
    from rich.text import Text

    class Rate(progress.ProgressColumn):
        """Documents a second, over the last ones."""

        def render(self, task: progress.Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.1f}/s" if speed else "")

    return (
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("documents"),
        Rate(),
        progress.TimeRemainingColumn(),
        progress.TextColumn("{task.fields[counts]}", markup=False),
    )
