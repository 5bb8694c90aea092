"""The parts of a PDF page in reading order: columns of text, and the tables among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from govreq.article.pdf_columns import is_value
from govreq.article.pdf_words import Line, Word, build_lines, join_words, split_runs

GUTTER = 8.0
"""Points: the narrowest white between two columns of text."""

FEWEST_LINES = 5
FEWEST_WORDS = 3.5
"""Words a line, on average, on both sides of a gutter: columns of tables have fewer."""

MIDDLE = (0.25, 0.75)
"""Part of the text's width in which a gutter is looked for."""

MOST_CROSSING = 0.2
SAME_START = 2
FARTHEST_LINE = 1.7
"""Part of the type size: what stands farther below the right column is no part of the left one."""


@dataclass(frozen=True, slots=True)
class Region:
    """Words that are read from top to bottom before those of the next region."""

    words: tuple[Word, ...]


def split_regions(words: Sequence[Word]) -> list[Region]:
    """The regions of a page in reading order; two columns between full-width lines are two."""
    lines = build_lines(words)
    found = _find_gutter(lines)
    if found is None:
        return [Region(tuple(words))]
    gutter, top, bottom = found
    regions: list[Region] = []
    band: list[Line] = []
    last = top
    for line in lines:
        below = line.base > bottom and line.base - last > FARTHEST_LINE * line.size
        if below or line.base < top - line.size or _crosses(line, gutter):
            regions += _split_band(band, gutter)
            band = []
            if regions and _is_full(regions[-1], gutter):
                regions[-1] = Region((*regions[-1].words, *line.words))
            else:
                regions.append(Region(line.words))
        else:
            band.append(line)
            last = line.base
    return regions + _split_band(band, gutter)


def _is_full(region: Region, gutter: float) -> bool:
    return any(word.middle < gutter for word in region.words) and any(
        word.middle > gutter for word in region.words
    )


def _split_band(band: Sequence[Line], gutter: float) -> list[Region]:
    words = [word for line in band for word in line.words]
    sides = (
        [word for word in words if word.middle < gutter],
        [word for word in words if word.middle >= gutter],
    )
    return [Region(tuple(side)) for side in sides if side]


def _crosses(line: Line, gutter: float) -> bool:
    """Whether a run of words goes on over the gutter."""
    return any(
        run[0].x0 < gutter - GUTTER / 2 and run[-1].x1 > gutter + GUTTER / 2
        for run in split_runs(line, GUTTER / 1.3 / line.size)
    )


def _find_gutter(lines: Sequence[Line]) -> tuple[float, float, float] | None:
    """Where the white between two columns of prose is; None where there is one column.

    Its x and the first and last height of the right column, which is told by its lines: they start
    at one place. The two columns need not stand on the same heights.
    """
    runs = [run for line in lines for run in split_runs(line, GUTTER / 1.3 / line.size)]
    left = min((run[0].x0 for run in runs), default=0.0)
    width = max((run[-1].x1 for run in runs), default=0.0) - left
    low, high = left + MIDDLE[0] * width, left + MIDDLE[1] * width
    starts = Counter(round(run[0].x0) for run in runs if low < run[0].x0 < high)
    counts = {x: starts[x - 1] + starts[x] + starts[x + 1] for x in starts}
    start = max(counts, key=lambda x: (counts[x], -x), default=0)
    if counts.get(start, 0) < FEWEST_LINES:
        return None
    gutter = start - GUTTER / 2
    after = [run for run in runs if abs(run[0].x0 - start) <= SAME_START and _is_prose(run)]
    if len(after) < FEWEST_LINES:
        return None
    top, bottom = min(run[0].base for run in after), max(run[0].base for run in after)
    band = [line for line in lines if top <= line.base <= bottom]
    before = [run for run in runs if run[-1].x1 < gutter and top <= run[0].base <= bottom]
    crossing = sum(_crosses(line, gutter) for line in band)
    if len(before) < FEWEST_LINES - 1 or crossing > MOST_CROSSING * len(band):
        return None
    words = [len(run) for run in (*before, *after)]
    return (gutter, top, bottom) if sum(words) >= FEWEST_WORDS * len(words) else None


def _is_prose(run: Sequence[Word]) -> bool:
    return len(run) > 1 and not is_value(join_words(run))
