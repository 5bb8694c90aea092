"""``govreq query``: some of a database's records, for reading."""

from __future__ import annotations

from typing import Annotated

import typer

from govreq.cli.extract import choose_format, complete_format


def query(
    db: Annotated[str, typer.Option("--db", help="Database file or URL.")],
    company: Annotated[
        str | None, typer.Option(help="Records of this company, as it is named there.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="Records of this country: its name or its ISO 3166 code.")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(help="Periods inside this one: 2021, 2021-H1, 2021-Q3, 2021-03, DAY..DAY."),
    ] = None,
    format_name: Annotated[
        str,
        typer.Option("--format", help="table, jsonl or csv.", autocompletion=complete_format),
    ] = "table",
) -> None:
    """Show the records of a company, a country, a period."""
    from govreq.store.selection import Selection, parse_period
    from govreq.store.stored import open_stored_records
    from govreq.store.writers import open_writer

    kind = choose_format(format_name, None)
    selection = Selection(
        company=company,
        jurisdiction=None if country is None else resolve_country(country),
        period=None if period is None else parse_period(period),
    )
    with open_stored_records(db, selection) as documents, open_writer(kind, None) as writer:
        for records in documents:
            writer.write_records(records)


def resolve_country(text: str) -> str:
    """The code of a country or group that a user names."""
    from govreq.mentions.jurisdiction_table import resolve_jurisdiction_name

    found = resolve_jurisdiction_name(text) or resolve_jurisdiction_name(text.upper())
    if found is None or found.code is None:
        raise typer.BadParameter(
            f"{text!r} is no country that govreq knows", param_hint="--country"
        )
    return found.code
