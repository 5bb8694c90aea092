"""Cues: words and phrases that speak for the value of one field, read from vocabulary tables.

Each table of :data:`CUE_TABLES` holds rows of regular expressions. Within one field the longest
match wins where two overlap; cues of different fields may share words ("search warrants" speaks
for ``counted`` and for ``legal_process``).
"""

from __future__ import annotations

import re
from functools import cache

from govreq.article.spans import Span
from govreq.mentions.mention import Cue, Mention
from govreq.vocabulary.loader import Row, load_rows

CUE_TABLES = {
    "counted": "counted",
    "outcome": "outcomes",
    "subject": "subjects",
    "legal_process": "legal_processes",
    "data": "data_kinds",
    "trap": "traps",
    "relation": "relations",
}
"""Field of the cues: name of the vocabulary table."""


class CueRow(Row):
    """One row: its name in the table, the field's ``value``, and what speaks for it."""

    name: str
    value: str
    patterns: tuple[str, ...]


def find_cues(text: str, within: Span) -> tuple[Mention[Cue], ...]:
    """The cues of ``text[within.start:within.end]``, in its order, then by field."""
    found: list[Mention[Cue]] = []
    for field in CUE_TABLES:
        found.extend(find_cues_of(field, text, within))
    return tuple(sorted(found, key=lambda mention: mention.span.start))


def find_cues_of(field: str, text: str, within: Span) -> list[Mention[Cue]]:
    """The cues of one field, longest first where two overlap."""
    matches = [
        (match.end() - match.start(), match.start(), value, rule)
        for pattern, value, rule in _compiled(field)
        for match in pattern.finditer(text, within.start, within.end)
    ]
    matches.sort(key=lambda match: (-match[0], match[1]))
    taken: list[Mention[Cue]] = []
    for length, start, value, rule in matches:
        span = Span(start, start + length)
        if not any(span.overlaps(other.span) for other in taken):
            taken.append(Mention(span, Cue(field, value), rule))
    return taken


@cache
def _compiled(field: str) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = load_rows(CUE_TABLES[field], CueRow)
    return tuple(
        (
            re.compile(rf"(?<![\w-])(?:{'|'.join(row.patterns)})(?!\w)", re.IGNORECASE),
            row.value,
            f"{CUE_TABLES[field]}:{row.name}",
        )
        for row in rows
    )
