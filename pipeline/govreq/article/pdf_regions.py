"""The parts of a PDF page in reading order: columns of text, and the tables among them."""

from __future__ import annotations

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

MOST_CROSSING = 0.1


@dataclass(frozen=True, slots=True)
class Region:
    """Words that are read from top to bottom before those of the next region."""

    words: tuple[Word, ...]


def split_regions(words: Sequence[Word]) -> list[Region]:
    """The regions of a page in reading order; two columns between full-width lines are two."""
    lines = build_lines(words)
    gutter = _find_gutter(lines)
    if gutter is None:
        return [Region(tuple(words))]
    regions: list[Region] = []
    band: list[Line] = []
    for line in lines:
        if _crosses(line, gutter):
            regions += _split_band(band, gutter)
            band = []
            if regions and _is_full(regions[-1], gutter):
                regions[-1] = Region((*regions[-1].words, *line.words))
            else:
                regions.append(Region(line.words))
        else:
            band.append(line)
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


def _find_gutter(lines: Sequence[Line]) -> float | None:
    """Where the white between two columns of prose is; None where there is one column."""
    gaps: list[tuple[float, float]] = []
    left = min((line.x0 for line in lines), default=0.0)
    width = max((line.x1 for line in lines), default=0.0) - left
    low, high = left + MIDDLE[0] * width, left + MIDDLE[1] * width
    sides: list[tuple[list[Word], list[Word]]] = []
    for line in lines:
        runs = split_runs(line, GUTTER / 1.3 / line.size)
        for before, after in zip(runs, runs[1:], strict=False):
            x0, x1 = before[-1].x1, after[0].x0
            if x1 - x0 >= GUTTER and x0 < high and x1 > low:
                gaps.append((x0, x1))
                sides.append((before, after))
                break
    prose = [
        gap for gap, side in zip(gaps, sides, strict=True) if not is_value(join_words(side[1]))
    ]
    if len(prose) < FEWEST_LINES or len(prose) < len(lines) / 4:
        return None
    right = sorted(x1 for _, x1 in prose)[len(prose) // 4]
    gutter = right - GUTTER / 2
    parted = [line for line in lines if not _crosses(line, gutter)]
    both = [line for line in parted if line.x0 < gutter < line.x1]
    if len(both) < FEWEST_LINES:
        return None
    words = sum(len(line.words) for line in both)
    within = sum(x0 < gutter < x1 + 1 for x0, x1 in prose)
    enough = words / (2 * len(both)) >= FEWEST_WORDS and within >= (1 - MOST_CROSSING) * len(prose)
    return gutter if enough else None
