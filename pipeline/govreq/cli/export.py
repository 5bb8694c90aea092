"""``govreq export``: a database's records as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from govreq.cli.extract import choose_format, complete_format

PARQUET = "parquet"


def export(
    db: Annotated[str, typer.Option("--db", help="Database file or URL.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="jsonl, csv, table or parquet; else what the name of the output ends with.",
            autocompletion=complete_format,
        ),
    ] = None,
) -> None:
    """Write all records that are not closed, in the order of their sources.

    The same records give the same bytes, whatever database holds them.
    """
    from govreq.store.stored import open_stored_records
    from govreq.store.writers import open_writer

    if format_name == PARQUET or (format_name is None and output and output.suffix == ".parquet"):
        _export_parquet(db, output)
        return
    kind = choose_format(format_name, output)
    with open_stored_records(db) as documents, open_writer(kind, output) as writer:
        for records in documents:
            writer.write_records(records)


def _export_parquet(db: str, output: Path | None) -> None:
    from govreq.store.parquet import write_parquet
    from govreq.store.stored import open_stored_records

    if output is None:
        raise typer.BadParameter("parquet needs --output FILE", param_hint="--format")
    with open_stored_records(db) as documents:
        write_parquet(output, documents)
