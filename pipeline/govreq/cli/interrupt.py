"""Interruptions: the first ends a command in order, the second at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def heed_interruptions() -> Iterator[None]:
    """Ctrl-C or a request to end raises KeyboardInterrupt once; a second ends the process.

    What is done stays done: the ledger has it, and a transaction that is cut short never was.
    """
    before = {number: signal.signal(number, _interrupt) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for each in _SIGNALS:
        signal.signal(each, _end)
    raise KeyboardInterrupt


def _end(number: int, _frame: FrameType | None) -> None:
    os._exit(128 + number)
