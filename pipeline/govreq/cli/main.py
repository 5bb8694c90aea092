"""The command line ``govreq``: finds its commands, one module of this package each.

A module of :mod:`govreq.cli` that holds a function of its own name is a command. Such a module
imports at its top only what is quick: ``govreq --help`` loads them all.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from typing import Annotated

import typer

from govreq import cli
from govreq.errors import GovreqError

app = typer.Typer(
    name="govreq",
    help="Structured records of government demands to companies, out of saved articles.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"govreq {version('govreq')}")
        raise typer.Exit


@app.callback()
def govreq(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and stop."
        ),
    ] = False,
) -> None:
    """Structured records of government demands to companies, out of saved articles."""


def add_commands() -> None:
    """Adds every command of the package to the application, in the order of their names."""
    for module in pkgutil.iter_modules(cli.__path__):
        found = getattr(importlib.import_module(f"{cli.__name__}.{module.name}"), module.name, None)
        if callable(found) and module.name != "main":
            app.command(module.name.replace("_", "-"))(found)


def run() -> None:
    """The console script: what goes wrong is one line and an exit status, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
    try:
        app()
    except GovreqError as error:
        typer.echo(f"govreq: {error}", err=True)
        raise SystemExit(1) from None
    except OSError as error:
        _drop_output()
        typer.echo(f"govreq: output cannot be written ({error.strerror})", err=True)
        raise SystemExit(1) from None


def _drop_output() -> None:
    """Lets what is still to be written to standard output go nowhere, instead of failing again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


add_commands()
