"""``govreq load``: record files into a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govreq.cli.interrupt import heed_interruptions


def load(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Records, as JSONL.")],
    db: Annotated[str, typer.Option("--db", help="Database file or URL; made where missing.")],
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary.")] = False,
) -> None:
    """Load records into a database; only what changed is written.

    Records that a document of the files states no more are closed. Loading again changes no row.
    """
    from govreq.runs.regroup import read_reports
    from govreq.store.load import BULK, open_loader

    try:
        with heed_interruptions(), open_loader(db, batch=BULK) as loader:
            for path in files:
                for report in read_reports(path):
                    loader.load_report(report, rejections_known=False)
    except KeyboardInterrupt:
        typer.echo("stopped; what was loaded is whole, load again to go on", err=True)
        raise typer.Exit(130) from None
    if not quiet:
        typer.echo(f"{db}: {loader.counts.describe()}", err=True)
