"""``govreq extract``: saved articles in, records out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govreq.cli.progress import Progress, show_progress
from govreq.cli.tally import Tally, describe_trouble

if TYPE_CHECKING:
    from govreq.runs.report import DocumentReport


def complete_format(typed: str) -> list[str]:
    """The formats that begin with what was typed, for the shell."""
    from govreq.store.writers import load_writers

    return [name for name in load_writers() if name.startswith(typed)]


FORMATS_HELP = "jsonl, csv or table; else what the name of the output ends with, else jsonl."


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input."),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the records to this file.")
    ] = None,
    db: Annotated[
        str | None, typer.Option("--db", help="Also load them into this database file or URL.")
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option("--format", help=FORMATS_HELP, autocompletion=complete_format),
    ] = None,
    rejections: Annotated[
        Path | None,
        typer.Option(help="Write each number that became no record, with the reason, as JSONL."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary, only what failed.")
    ] = False,
) -> None:
    """Extract the records that saved articles state.

    Exit status: 0 all well, 1 some documents failed or were refused, 2 wrong usage.
    """
    from govreq.source.local import find_sources

    kind = choose_format(format_name, output)
    tally = Tally()
    sources = list(find_sources(paths, tally.leave_aside))
    if not sources:
        typer.echo(f"no page found in {', '.join(paths)}: name saved pages or folders", err=True)
    bar = not quiet and not (output is None and sys.stdout.isatty())
    try:
        with ExitStack() as stack:
            sinks = list(open_sinks(stack, kind, output, rejections, db, tally))
            progress = stack.enter_context(show_progress(len(sources), wanted=bar))
            extract_reports(sources, sinks, tally, progress)
    except KeyboardInterrupt:
        typer.echo(f"stopped after {tally.documents:,} of {len(sources):,} documents", err=True)
        raise typer.Exit(130) from None
    if not quiet:
        for line in tally.lines():
            typer.echo(line, err=True)
    raise typer.Exit(0 if tally.all_well else 1)


Sink = Callable[["DocumentReport"], None]
"""Takes each document's report as soon as it is there."""


def extract_reports(
    sources: Sequence[str], sinks: Sequence[Sink], tally: Tally, progress: Progress
) -> None:
    """Extracts every source and hands its report to every sink; trouble is said at once."""
    from govreq.runs.pool import run_batch
    from govreq.runs.report import report_result

    for result in run_batch(sources):
        report = report_result(result)
        tally.count_report(report)
        if trouble := describe_trouble(report):
            progress.say(trouble)
        for sink in sinks:
            sink(report)
        progress.advance()


def open_sinks(
    stack: ExitStack,
    kind: str,
    output: Path | None,
    rejections: Path | None,
    db: str | None,
    tally: Tally,
) -> Iterator[Sink]:
    """What takes the reports: the records' writer, the file of rejections, the database."""
    from govreq.records.lines import write_line
    from govreq.store.output import open_output
    from govreq.store.writers import open_writer

    writer = stack.enter_context(open_writer(kind, output))
    yield lambda report: writer.write_records(report.records)
    if rejections:
        stream = stack.enter_context(open_output(rejections))
        yield lambda report: stream.writelines(
            f"{write_line(rejection)}\n" for rejection in report.rejections
        )
    if db:
        from govreq.store.load import open_loader

        loader = stack.enter_context(open_loader(db))
        tally.load = loader.counts
        tally.database = db
        yield loader.load_report


def choose_format(name: str | None, output: Path | None) -> str:
    """The output's format: as named, else by the suffix of the output, else JSONL."""
    from govreq.store.writers import load_writers

    known = load_writers()
    if name is None:
        suffix = output.suffix.lower().removeprefix(".") if output else ""
        return suffix if suffix in known else "jsonl"
    if name not in known:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(known)}", param_hint="--format")
    return name
