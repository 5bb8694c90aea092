"""Progress on standard error: a bar on a terminal, nothing in a pipe, and lines that stay."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import typer


@dataclass(frozen=True, slots=True)
class Progress:
    """``say`` prints a line that stays, ``advance`` counts one document as done."""

    say: Callable[[str], None]
    advance: Callable[[], None]


@contextmanager
def show_progress(documents: int, wanted: bool) -> Iterator[Progress]:
    """A bar of ``documents`` steps, if ``wanted`` and standard error is a terminal."""
    if not wanted or not sys.stderr.isatty():
        yield Progress(lambda line: typer.echo(line, err=True), lambda: None)
        return
    from rich import progress
    from rich.console import Console

    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    columns = (
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("documents"),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=documents)
        yield Progress(lambda line: console.print(line, soft_wrap=True), lambda: bar.advance(task))
