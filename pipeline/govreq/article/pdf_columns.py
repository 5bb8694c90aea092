"""Columns of a table without rules: the strips of white that its rows leave free."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govreq.article.grids import FIGURE
from govreq.article.pdf_words import COLUMN_GAP, Line, Word, join_words, split_runs

# Accepts "N/A", "n/r", "-", "—", "*", "n.a.", "Nil", "..."; refuses "None of them".
NO_VALUE = re.compile(r"n\.?/?[adr]\.?|[-–—*†.]{1,3}|nil|none|unknown", re.IGNORECASE)
# Accepts "2019", "2019*"; refuses "2,019", "20190".
YEAR = re.compile(r"(?:19|20)\d\d\W?")

FEW_ROWS = 4
WIDE_STRIP, NARROW_STRIP = 0.5, 0.12
"""Parts of the type size: how wide a strip must be with few rows, and with more of them."""

MOST_CROSSED = 0.08
"""Share of the rows whose words may stand in a strip: labels that run over."""

MOST_WEAK_WORDS = 9
SAME_START = 1.5
LEAST_FREE, TOUCH = 1.0, 0.5
"""Points: a narrower strip parts nothing; how far a word may reach into one."""


def is_value(text: str) -> bool:
    """Whether a cell's text is a figure, or stands for one that is not given.

    >>> is_value("27,612"), is_value("0-499"), is_value("N/A"), is_value("Germany")
    (True, True, True, False)
    """
    return (FIGURE.fullmatch(text) is not None and text[-1] not in ",;:") or (
        NO_VALUE.fullmatch(text) is not None
    )


def is_row(line: Line) -> bool:
    """Whether a line is a row of figures: words, then figures, more than a space apart."""
    runs = [join_words(run) for run in split_runs(line)]
    values = sum(map(is_value, runs))
    return len(runs) > 1 and values > 0 and (is_value(runs[-1]) or values * 3 >= len(runs))


def is_weak_row(line: Line) -> bool:
    """Whether a line may be a row whose columns all but touch: it ends in a figure."""
    words = line.words
    return 1 < len(words) <= MOST_WEAK_WORDS and (
        is_value(words[-1].text) and not is_value(words[0].text)
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: the strips between them, each as its left and right end."""

    strips: tuple[tuple[float, float], ...]

    def column_of(self, x: float) -> int:
        """The number of the column that ``x`` lies in."""
        return sum((left + right) / 2 < x for left, right in self.strips)

    def __len__(self) -> int:
        return len(self.strips) + 1


def find_columns(rows: Sequence[Line]) -> Columns:
    """The columns of rows of figures; one column where no strip parts them."""
    size = max(line.size for line in rows)
    strips = [
        (left, right) for left, right in _free_strips(rows) if right - left >= NARROW_STRIP * size
    ]
    return _merge_words(Columns(tuple(strips)), rows, size)


def _free_strips(rows: Sequence[Line]) -> list[tuple[float, float]]:
    """The stretches between the leftmost and rightmost word that few rows have words in."""
    events: list[tuple[float, int]] = []
    for line in rows:
        for word in line.words:
            events += ((word.x0, 1), (word.x1, -1))
    events.sort()
    allowed = int(MOST_CROSSED * len(rows))
    strips: list[tuple[float, float]] = []
    depth, start = 0, None
    for x, step in events:
        if depth <= allowed < depth + step and start is not None:
            strips.append((start, x))
            start = None
        depth += step
        if depth <= allowed and start is None and step < 0:
            start = x
    return strips


def _merge_words(columns: Columns, rows: Sequence[Line], size: float) -> Columns:
    """The columns without the strips that are but spaces between words."""
    parts = [split_by_columns(line.words, columns) for line in rows]
    kept = tuple(
        (left, right)
        for number, (left, right) in enumerate(columns.strips)
        if _parts_columns([(row[number], row[number + 1]) for row in parts], left, right, size)
    )
    return Columns(kept)


Sides = Sequence[tuple[Sequence[Word], Sequence[Word]]]
"""What stands before and after a strip in each row."""


def _parts_columns(sides: Sides, left: float, right: float, size: float) -> bool:
    """Whether a strip has columns on its sides; a narrow one between words is but a space."""
    before = [join_words(words) for words, _ in sides if words]
    after = [join_words(words) for _, words in sides if words]
    if after and all(text in ("%", "*", "†", ")") for text in after):
        return False
    width = (right - left) / size
    if width >= COLUMN_GAP:
        return True
    values = sum(map(is_value, after))
    years = all(YEAR.fullmatch(text) for text in after)
    if len(sides) < FEW_ROWS and width < WIDE_STRIP and (values < len(after) or years):
        return False
    if any(map(is_value, before)) or (values and not years):
        return True
    return not years and _starts_column(sides, right)


def _starts_column(sides: Sides, x: float) -> bool:
    """Whether words begin at ``x`` both after other words and by themselves: a column of words."""
    starts = {bool(one) for one, other in sides if other and other[0].x0 - x < SAME_START}
    return len(starts) > 1


def split_by_columns(words: Sequence[Word], columns: Columns) -> list[list[Word]]:
    """The words of one line, column by column."""
    parts: list[list[Word]] = [[] for _ in range(len(columns))]
    for word in words:
        parts[columns.column_of(word.middle)].append(word)
    return parts


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line within a table, from column ``first`` to column ``last``."""

    words: tuple[Word, ...]
    first: int
    last: int
    base: float


def cut_pieces(line: Line, columns: Columns) -> list[Piece]:
    """The line cut at the strips; words that stand in a strip join the columns beside it."""
    pieces: list[Piece] = []
    words: list[Word] = []
    for word in line.words:
        if words and _parts(words[-1], word, columns):
            pieces.append(_piece_of(words, columns))
            words = []
        words.append(word)
    return [*pieces, _piece_of(words, columns)]


def _parts(last: Word, word: Word, columns: Columns) -> bool:
    """Whether two neighbouring words stand in different columns: a strip lies between them."""
    return any(
        last.x1 < right + TOUCH and word.x0 > left - TOUCH and last.x0 < left and word.x1 > right
        for left, right in columns.strips
    )


def narrow_columns(columns: Columns, lines: Sequence[Line]) -> Columns:
    """The strips as far as further lines leave them free; a line that fills one spans it.

    Figures are narrower than their headers: where one header ends and the next begins is seen in
    the headers.
    """
    free = [[strip] for strip in columns.strips]
    for line in lines:
        for number, parts in enumerate(free):
            left = _take_out(parts, line)
            if left:
                free[number] = left
    widest = (max(parts, key=lambda part: part[1] - part[0]) for parts in free)
    return Columns(tuple(widest))


def spans_strip(line: Line, strip: tuple[float, float]) -> bool:
    """Whether the words of a line leave nothing of a strip free."""
    return not _take_out([strip], line)


def _take_out(parts: Sequence[tuple[float, float]], line: Line) -> list[tuple[float, float]]:
    """The parts of a strip without the words of a line."""
    rest = list(parts)
    for word in line.words:
        cut: list[tuple[float, float]] = []
        for left, right in rest:
            cut += ((left, min(right, word.x0)), (max(left, word.x1), right))
        rest = sorted({part for part in cut if part[1] - part[0] >= LEAST_FREE})
    return rest


def _piece_of(words: Sequence[Word], columns: Columns) -> Piece:
    x0, x1 = words[0].x0, max(word.x1 for word in words)
    first = sum(right <= x0 + 1 or (left + right) / 2 < x0 for left, right in columns.strips)
    last = sum(right < x1 for _, right in columns.strips)
    return Piece(tuple(words), first, max(first, last), words[0].base)
