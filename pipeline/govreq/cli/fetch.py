"""``govreq fetch``: pages of the web, saved politely so that they can be read again for years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govreq.source.fetch.saved import SavedPages

FETCHED_FOLDER = Path("fetched")
"""Where ``govreq extract`` saves the pages of the addresses that it is given."""


def fetch(
    urls: Annotated[
        list[str] | None, typer.Argument(metavar="URL...", help="Addresses of pages.")
    ] = None,
    from_file: Annotated[
        Path | None, typer.Option("--from", help="Also the addresses in this file, one a line.")
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Save into this folder.")
    ] = FETCHED_FOLDER,
    html: Annotated[
        bool, typer.Option("--html", help="Plain files instead of one WARC archive.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Fetch only what is missing in the folder.")
    ] = False,
    interval: Annotated[
        float, typer.Option(min=0.0, help="Seconds between two requests to one host.")
    ] = 1.0,
    user_agent: Annotated[
        str | None, typer.Option(help="Who asks; best with a way to reach you.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also addresses of your own network.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what failed.")] = False,
) -> None:
    """Fetch pages politely and save them.

    robots.txt is obeyed, one host is asked once a second, and each page is kept as it came.
    Exit status: 0 all pages are there, 1 some are not, 2 wrong usage.
    """
    wanted = [*(urls or []), *(read_addresses(from_file) if from_file else [])]
    if not wanted:
        raise typer.BadParameter("name an address, or a file of addresses with --from")
    saved = save_pages(
        wanted,
        output,
        html=html,
        resume=resume,
        interval=interval,
        agent=user_agent,
        allow_private=allow_private,
    )
    there = len(saved.sources(wanted))
    if not quiet:
        typer.echo(f"{there:,} of {len(dict.fromkeys(wanted)):,} pages are in {output}", err=True)
    raise typer.Exit(0 if there == len(dict.fromkeys(wanted)) else 1)


def read_addresses(path: Path) -> list[str]:
    """The addresses in a file, one a line; empty lines and those that start with # are none."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path} cannot be read: {error}", param_hint="--from") from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def save_pages(
    urls: list[str],
    folder: Path,
    *,
    html: bool = False,
    resume: bool = False,
    interval: float = 1.0,
    agent: str | None = None,
    allow_private: bool = False,
) -> SavedPages:
    """Fetches what is missing of ``urls`` into ``folder``; says of each failure why."""
    try:
        from govreq.source.fetch.crawl import FetchSettings, fetch_pages
        from govreq.source.fetch.limits import FetchLimits
        from govreq.source.fetch.saved import CACHE_NAME, open_saved
    except ImportError as error:
        typer.echo(f"fetching needs the extra: pip install 'govreq[fetch]' ({error})", err=True)
        raise typer.Exit(2) from None
    with open_saved(folder, html=html, resume=resume) as saved:
        settings = FetchSettings(
            FetchLimits(interval=interval), allow_private, agent, folder / CACHE_NAME
        )
        for outcome in fetch_pages(saved.missing(urls), settings):
            saved.add(outcome)
            if outcome.error is not None:
                typer.echo(f"{outcome.error} [{outcome.error.reason}]", err=True)
    return saved


def fetch_sources(paths: list[str], *, allow_private: bool = False) -> list[str]:
    """``paths``, each address of the web among them replaced by its saved page.

    An address that gave no page stays as it is: it is then reported like a missing file.
    """
    urls = [path for path in paths if path.lower().startswith(("http://", "https://"))]
    if not urls:
        return paths
    saved = save_pages(urls, FETCHED_FOLDER, resume=True, allow_private=allow_private)
    return [next(iter(saved.sources([path])), path) if path in urls else path for path in paths]
