"""``govreq article``: what of a page is the article, and what was thrown away and why."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class ArticleFormat(StrEnum):
    """How an article is printed."""

    TEXT = "text"
    JSON = "json"


def article(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input."),
    ],
    format_name: Annotated[
        ArticleFormat,
        typer.Option("--format", help="text for people; json: one object a page, a line each."),
    ] = ArticleFormat.TEXT,
) -> None:
    """Print the article of each page: title, date and body, then what was removed and why.

    Exit status: 0 all well, 1 some pages could not be read, 2 wrong usage.
    """
    from govreq.article.read import read_article
    from govreq.article.render import render_article_json, render_article_text
    from govreq.errors import SourceError
    from govreq.source.local import find_sources, read_document

    failed = found = False
    for source in find_sources(paths):
        found = True
        try:
            document = read_document(source)
            read = read_article(document)
        except SourceError as error:
            typer.echo(f"govreq: {error} [{error.reason}]", err=True)
            failed = True
            continue
        if format_name is ArticleFormat.JSON:
            typer.echo(render_article_json(read, document))
        else:
            typer.echo(render_article_text(read, document))
    if not found:
        typer.echo(f"no page found in {', '.join(paths)}: name saved pages or folders", err=True)
    raise typer.Exit(1 if failed else 0)
