"""What one document of a batch may cost, and how many are done at once."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """``timeout`` in seconds a document; ``memory`` in bytes that a worker may take for one.

    A document beyond either is stopped and gets its status; the others are done all the same.
    """

    workers: int = 1
    timeout: float = 30.0
    memory: int = 1024 * MEGABYTE
    tasks_per_worker: int = 1000
    """A worker is replaced after so many documents: what leaks in a library leaks no further."""


LIMITS = Limits()
