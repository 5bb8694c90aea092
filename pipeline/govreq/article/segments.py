"""Parts of one block: its lines, the pieces that were glued together, and their sentences.

Saved pages glue: where two elements met without a space, one block reads "makes all the
difference.The firm answered". Each part knows where it stands, so that a cut is exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from govreq.article.blocks import PageBlock

# Accepts the place in "difference.Amazon", "today!Read"; refuses "U.S.A", "example.com".
_GLUED = re.compile(
    r"(?<=[a-z0-9”’)\]][.!?])(?=[A-Z“‘©@][\w’ ])|(?<=[a-z][.!?][”’\"])(?=[A-Z“‘])|(?<=[a-z)])(?=©)"
    r"|(?<=[a-z]{3})(?=[A-Z][a-z]+ )|(?<=(?<!\d)\d{4})(?=[A-Z][a-z]+ )"
)
# Accepts "e.A", "tF", "4Y", ")©"; refuses "e A". A quick look before the slow one.
_MAYBE_GLUED = re.compile('[a-z0-9.!?”’)"\\]][A-Z“‘©@]')
# Accepts the end of "Twitter account", "cybersecurity"; refuses that of "You", "McDonald".
_PLAIN_WORD = re.compile(r"(?:^|[^\w])(?:[a-z]{3,}|\d{4})$")
# Accepts the space in "done. The", "why? “We"; refuses the one in "approx. 40 orders" (a digit).
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)\]]{0,2}\s+(?=[\"“‘'(\[]?[A-Z©@#])|(?<=[.!?])\s+(?=\d)")
# Accepts "U.S. ", "Mr. ", "A. "; refuses "orders. ".
_ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|No|vs|Inc|St|Jr|Sr)\.$"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """The characters ``start:end`` of a block; ``opens`` where a line or glued piece begins."""

    text: str
    start: int
    end: int
    opens: bool


def split_lines(block: PageBlock) -> list[Segment]:
    """The lines of a block and the pieces that were glued within them."""
    lines: list[Segment] = []
    place = 0
    for line in block.lines:
        for start, end in _glued_pieces(line):
            lines.append(Segment(line[start:end], place + start, place + end, True))
        place += len(line) + 1
    return lines


def split_sentences(line: Segment) -> list[Segment]:
    """The sentences of a line."""
    merged: list[tuple[int, int]] = []
    for start, end in _pieces(line.text, _SENTENCE):
        if merged and _ABBREVIATED.search(line.text, max(merged[-1][0], start - 12), merged[-1][1]):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return [
        Segment(line.text[start:end], line.start + start, line.start + end, number == 0)
        for number, (start, end) in enumerate(merged)
    ]


def _glued_pieces(line: str) -> Iterator[tuple[int, int]]:
    """Where the glued pieces of a line stand; a name such as "YouTube" is not glued."""
    start = 0
    for found in _GLUED.finditer(line) if _MAYBE_GLUED.search(line) else ():
        place = found.start()
        before = line[max(0, place - 30) : place]
        if place > start and (not before[-1].isalnum() or _PLAIN_WORD.search(before)):
            yield start, place
            start = place
    if start < len(line):
        yield start, len(line)


def _pieces(text: str, boundary: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for found in boundary.finditer(text):
        end = found.start() + len(found.group().rstrip())
        if end > start:
            yield start, end
            start = found.end()
    if start < len(text):
        yield start, len(text)
