"""Words and lines of a PDF page: glyphs with places, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govreq.article.inline import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD_GAP = 0.16
"""Part of the type size: a wider gap between two glyphs parts words."""

COLUMN_GAP = 0.9
"""Part of the type size: a wider gap between two words is more than a space."""

LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}

RAISED = 0.12
SMALL = 0.85
MOST_DOUBLED = 0.3

# Accepts "1", "[2]", "*", "†", "1,2"; refuses "st", "123".
FOOTNOTE = re.compile(r"[\[(]?(?:\d{1,2}(?:,\d{1,2})*|[*†‡§]{1,3}|[a-z])[\])]?")
# Accepts "Helvetica-Bold", "Inter-SemiBold", "Lato-Black"; refuses "Helvetica".
BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points; ``top`` is less than ``bottom``."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies within."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its baseline ``base``, and its content ``mark`` (-1: none)."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    mark: int


@dataclass(frozen=True, slots=True)
class Word:
    """Glyphs without a space between them; ``base`` is the height that they stand on."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    mark: int = -1

    @property
    def middle(self) -> float:
        """The horizontal middle."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, from left to right."""

    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        """The left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """The right end."""
        return max(word.x1 for word in self.words)

    @property
    def base(self) -> float:
        """The height that the line stands on."""
        return self.words[0].base

    @property
    def size(self) -> float:
        """The type size of most of its characters."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        """Its words with the spaces between them."""
        return join_words(self.words)


def glyph_of(char: Mapping[str, Any]) -> Glyph | None:
    """The glyph of one of pdfplumber's characters, None where it is turned or has no size."""
    size = float(char["size"])
    if not char["upright"] or size <= 0 or not char["text"]:
        return None
    text = LIGATURES.get(char["text"], char["text"])
    base = float(char["bottom"])
    matrix = char.get("matrix")
    if matrix is not None:
        base = float(char["y0"]) + float(char["bottom"]) - float(matrix[5])
    mark = char.get("mcid")
    return Glyph(
        "" if text.startswith("(cid:") else text,
        float(char["x0"]),
        float(char["x1"]),
        round(base, 1),
        round(size, 1),
        BOLD.search(char["fontname"]) is not None,
        -1 if mark is None else int(mark),
    )


def build_words(glyphs: Iterable[Glyph]) -> list[Word]:
    """The words of glyphs in the order in which the page draws them."""
    words: list[Word] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and _is_doubled(run[-1], glyph):
            continue
        if run and (glyph.text.isspace() or not _goes_on(run[-1], glyph)):
            words.append(_word_of(run))
            run = []
        if not glyph.text.isspace():
            run.append(glyph)
    if run:
        words.append(_word_of(run))
    return [word for word in words if word.text]


def _is_doubled(last: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph is drawn again over itself, as some programs do to make it bold."""
    return last.text == glyph.text and (
        abs(last.x0 - glyph.x0) < MOST_DOUBLED and abs(last.base - glyph.base) < MOST_DOUBLED
    )


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    gap = glyph.x0 - last.x1
    size = max(last.size, glyph.size)
    return (
        -0.5 * size < gap < WORD_GAP * size
        and abs(last.base - glyph.base) < RAISED * size
        and min(last.size, glyph.size) > SMALL * size
        and last.mark == glyph.mark
    )


def _word_of(run: Sequence[Glyph]) -> Word:
    text = clean_text("".join(glyph.text for glyph in run))
    first = run[0]
    bold = sum(glyph.bold for glyph in run) * 2 > len(run)
    x1 = max(glyph.x1 for glyph in run)
    return Word(text, first.x0, x1, first.base, first.size, bold, first.mark)


def build_lines(words: Iterable[Word]) -> list[Line]:
    """The lines of a page or of a part of it, from top to bottom, without footnote marks."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda item: (item.base, item.x0)):
        if rows and _is_level(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = [_drop_marks(sorted(row, key=lambda item: item.x0)) for row in rows]
    return [Line(tuple(line)) for line in lines if line]


def _is_level(row: Sequence[Word], word: Word) -> bool:
    """Whether a word stands in the row: a raised mark stands in that of the word beside it."""
    lowest = max(row, key=lambda item: item.size)
    reach = 0.2 if word.size > SMALL * lowest.size and lowest.size > SMALL * word.size else 0.5
    return abs(word.base - lowest.base) < reach * max(word.size, lowest.size)


def _drop_marks(row: Sequence[Word]) -> list[Word]:
    """The words without raised marks after a number: 27,664 with the mark 1 is not 276,641."""
    kept: list[Word] = []
    for word in row:
        last = kept[-1] if kept else None
        if (
            last is not None
            and word.size < SMALL * last.size
            and word.base < last.base - RAISED / 2 * last.size
            and word.x0 - last.x1 < last.size / 2
            and last.text[-1].isdigit()
            and FOOTNOTE.fullmatch(word.text)
        ):
            continue
        kept.append(word)
    return kept


def join_words(words: Sequence[Word]) -> str:
    """The text of words from left to right; glyphs that touch are one word."""
    parts: list[str] = []
    for number, word in enumerate(words):
        if number:
            last = words[number - 1]
            if word.x0 - last.x1 >= WORD_GAP * max(word.size, last.size):
                parts.append(" ")
        parts.append(word.text)
    return clean_text("".join(parts))


def split_runs(line: Line, gap: float = COLUMN_GAP) -> list[list[Word]]:
    """The words of a line, parted where more than a space lies between them."""
    runs: list[list[Word]] = [[line.words[0]]]
    for last, word in zip(line.words, line.words[1:], strict=False):
        if word.x0 - last.x1 > gap * max(word.size, last.size):
            runs.append([])
        runs[-1].append(word)
    return runs
