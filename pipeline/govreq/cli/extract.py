"""``govreq extract``: saved articles in, records out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govreq.cli.fetch import fetch_sources
from govreq.cli.interrupt import heed_interruptions
from govreq.cli.progress import Progress, show_progress
from govreq.cli.tally import Tally, describe_trouble

if TYPE_CHECKING:
    from govreq.runs.batch import Batch
    from govreq.runs.ledger import Ledger
    from govreq.runs.report import DocumentReport


def complete_format(typed: str) -> list[str]:
    """The formats that begin with what was typed, for the shell."""
    from govreq.store.writers import load_writers

    return [name for name in load_writers() if name.startswith(typed)]


FORMATS_HELP = "jsonl, csv or table; else what the name of the output ends with, else jsonl."


def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Files, folders, globs, addresses of the web, or - for standard input.",
        ),
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
    workers: Annotated[
        int, typer.Option("--workers", "-w", min=1, help="Documents done at once.")
    ] = 1,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds a document may take; then it is stopped.")
    ] = 30.0,
    memory: Annotated[
        int, typer.Option(min=64, help="Megabytes that a document may take.", metavar="MB")
    ] = 1024,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where an earlier run ended.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="As --resume; do again what failed or timed out.")
    ] = False,
    ledger: Annotated[
        Path | None,
        typer.Option(help="What is done is written here; else beside the output or database."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch also from your own network.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary, only what failed.")
    ] = False,
) -> None:
    """Extract the records that saved articles state.

    Exit status: 0 all well, 1 some documents failed or were refused, 2 wrong usage, 130 stopped.
    """
    from govreq.runs.batch import Batch
    from govreq.runs.limits import MEGABYTE, Limits
    from govreq.source.local import find_sources

    kind = choose_format(format_name, output)
    ledger = choose_ledger(ledger, output, db, needed=resume or retry_failed)
    tally = Tally()
    paths = fetch_sources(paths, allow_private=allow_private)
    sources = list(find_sources(paths, tally.leave_aside))
    if not sources:
        typer.echo(f"no page found in {', '.join(paths)}: name saved pages or folders", err=True)
    bar = not quiet and not (output is None and sys.stdout.isatty())
    limits = Limits(min(workers, max(1, len(sources))), timeout, memory * MEGABYTE)
    try:
        with heed_interruptions(), ExitStack() as stack:
            sinks = list(open_sinks(stack, kind, output, rejections, db, tally))
            kept = open_batch_ledger(stack, ledger, resume=resume or retry_failed)
            progress = stack.enter_context(show_progress(len(sources), wanted=bar))
            batch = Batch(sources, limits=limits, ledger=kept, retry=retry_failed)
            extract_reports(batch, sinks, tally, progress)
    except KeyboardInterrupt:
        typer.echo(f"stopped after {tally.documents:,} of {len(sources):,} documents", err=True)
        if ledger:
            typer.echo("the same command with --resume goes on from there", err=True)
        raise typer.Exit(130) from None
    if not quiet:
        for line in tally.lines():
            typer.echo(line, err=True)
    raise typer.Exit(0 if tally.all_well else 1)


def choose_ledger(
    named: Path | None, output: Path | None, db: str | None, *, needed: bool
) -> Path | None:
    """Where the ledger is: as named, else beside the output or the database; None for neither."""
    if named is not None:
        return named
    if output is not None:
        if output.exists() and not output.is_file():
            return None
        return output.with_name(f"{output.name}.ledger")
    if db is not None:
        from govreq.store.database import name_ledger

        return name_ledger(db)
    if needed:
        raise typer.BadParameter("needs --output, --db or --ledger", param_hint="--resume")
    return None


def open_batch_ledger(stack: ExitStack, path: Path | None, *, resume: bool) -> Ledger | None:
    """The ledger at ``path``, if there is to be one."""
    from govreq.runs.ledger import open_ledger
    from govreq.settings import DEFAULTS

    if path is None:
        return None
    opened = stack.enter_context(open_ledger(path, DEFAULTS, resume=resume))
    if opened.cut:
        typer.echo(f"{path}: its torn end ({opened.cut:,} bytes) was cut off", err=True)
    return opened


Sink = Callable[["DocumentReport"], None]
"""Takes each document's report as soon as it is there."""


def extract_reports(batch: Batch, sinks: Sequence[Sink], tally: Tally, progress: Progress) -> None:
    """Does the batch and hands each report to every sink; trouble is said at once."""
    for item in batch.run():
        report = item.report
        tally.count_report(report)
        tally.kept += item.kept
        if trouble := describe_trouble(report):
            progress.say(trouble)
        for sink in sinks:
            sink(report)
        progress.advance(tally.describe_statuses())


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
