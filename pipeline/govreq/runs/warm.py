"""Loads what every document needs, when imported.

The process from which workers are forked imports this once: a new worker, also one in the place of
a worker that a document killed, then starts within a moment and shares that memory.
"""

from __future__ import annotations

from govreq.errors import GovreqError
from govreq.extraction import extract
from govreq.source.document import Document

_PAGE = b"<p>Initech received 1,204 government requests for user data from Germany in 2021.</p>"


def warm_up() -> None:
    """Takes one page through the flow. What fails here fails again, and is told, in the worker."""
    try:
        extract(Document(_PAGE, "warm-up"))
    except GovreqError:
        return


warm_up()
