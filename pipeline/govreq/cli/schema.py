"""``govreq schema``: the JSON Schemas of what govreq writes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="record, rejection or extraction.")
    ] = "record",
    write: Annotated[
        Path | None, typer.Option(help="Write all schemas into this folder instead.")
    ] = None,
) -> None:
    """Print the JSON Schema (draft 2020-12) of a record, or write every schema into a folder."""
    from govreq.runs.schema import MODELS, make_schema
    from govreq.store.output import open_output

    if name not in MODELS:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(MODELS)}", param_hint="NAME")
    if write is None:
        typer.echo(make_schema(name), nl=False)
        return
    for each in MODELS:
        with open_output(write / f"{each}.schema.json") as stream:
            stream.write(make_schema(each))
