"""Lists and tiles as sheets: "Subpoenas: 813", "813" over "Subpoenas", "25 requests in all".

What is read here is a short label beside a number, without a verb; sentences of a list are prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govreq.article.article import Article, BlockKind
from govreq.article.spans import Span
from govreq.candidates.cell_figure import (
    LONGEST_CELL,
    find_bracketed_figure,
    find_cell_figure,
    is_year,
    states_nothing,
)
from govreq.candidates.sheet import Label, Place, Sheet, Tier
from govreq.candidates.table_sheet import DEPENDENT
from govreq.mentions.mention import Mention, Quantity

LONGEST_LABEL = 100
LINES = frozenset({BlockKind.LIST_ITEM, BlockKind.PARAGRAPH, BlockKind.CAPTION})

LABEL_FIRST = re.compile(
    r"(?P<label>[^:;?!]*[^\s:;?!–—-])\s*(?::|\s[-–—=]|\s?\.{3,})\s*(?P<figure>[^:]+)"
)
"""Accepts: "Subpoenas: 813", "Complied with – 9". Refuses: "Subpoenas 813"."""

FIGURE_FIRST = re.compile(
    r"(?P<figure>[<>≤≥~]?\s?\d[\d.,'’\u00a0\u2009\u202f]*(?:\s?[-–—]\s?\d[\d.,]*)?\s?%?)\s+"
    r"(?P<label>[^\W\d].*)"
)
"""Accepts: "25 requests for user data", "0-249 letters". Refuses: "In all, 25 requests"."""

VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|we|it|they|you|can|may|will|would|not|that|when"
    r"|which|who|this|these|there|itself|themselves"
    r"|our|since|ago|per|years?|months?|weeks?|days?|hours?|minutes?|min|comments?|views?|likes?"
    r"|shares|readers?|stars?|KB|MB|GB)\b",
    re.IGNORECASE,
)
"""Words of sentences and of page furniture. Accepts: "we", "minutes". Refuses: "received"."""

SENTENCE_STOP = re.compile(r"(?:[^\W\d_]{3}\W?\.|[!?])(?:\s|$)")
"""Accepts: "rose. It". Refuses: "Non-U.S. requests"."""


SECOND_FIGURE = re.compile(r"\d\s?%|\bper\s?cent\b|[;,]\s*$", re.IGNORECASE)
"""Signs that more is said than a label. Accepts: "warrants (79%)". Refuses: "warrants"."""


@dataclass(frozen=True, slots=True)
class Line:
    """One block that is a label with a figure."""

    block: int
    level: int
    label: Span
    cell: Span
    figure: Mention[Quantity]


def find_lists(article: Article) -> list[list[Line]]:
    """The runs of neighbouring blocks that are labels with figures, each run one sheet.

    Items without a figure stay within their list but state nothing. A number with its noun alone
    between paragraphs ("15 cases of fraud") is a heading in disguise, no sheet.
    """
    runs: list[list[Line]] = []
    last = -9
    for line in _find_lines(article):
        kinds = {article.blocks[n].kind for n in range(max(0, last), line.block)}
        joined = runs and (line.block - last <= 2 or kinds == {BlockKind.LIST_ITEM})
        if joined and all(kind in LINES for kind in kinds):
            runs[-1].append(line)
        else:
            runs.append([line])
        last = line.block
    return [run for run in runs if len(run) > 1 or not _is_disguised(article, run[0])]


def _is_disguised(article: Article, line: Line) -> bool:
    return (
        article.blocks[line.block].kind is BlockKind.PARAGRAPH
        and line.figure.span.start < line.label.start
        and article.blocks[line.block].span.contains(line.label)
    )


def read_list(lines: Sequence[Line], article: Article, around: tuple[Label, ...]) -> Sheet:
    """The sheet of a run: each line's label, and the items that it is nested in."""
    labels = [Label(line.label, Tier.ROW, "item") for line in lines]
    places: list[Place] = []
    open_items: list[Line] = []
    main: Line | None = None
    for line, label in zip(lines, labels, strict=True):
        while open_items and open_items[-1].level >= line.level:
            open_items.pop()
        parents = [Label(item.label, Tier.PARENT, "item") for item in reversed(open_items)]
        if DEPENDENT.match(article.text, line.label.start, line.label.end):
            if main is not None and not parents:
                parents = [Label(main.label, Tier.PARENT, "item")]
        else:
            main = line
        open_items.append(line)
        statement = article.blocks[line.block].span.joined(line.cell).joined(line.label)
        places.append(Place(line.figure, statement, (label, *parents)))
        bracketed = find_bracketed_figure(article.text, line.cell)
        if bracketed is not None:
            places.append(Place(bracketed, statement, (label, *parents)))
    return Sheet(tuple(places), {"item": tuple(labels)}, around)


def _find_lines(article: Article) -> Iterator[Line]:
    number = 0
    while number < len(article.blocks):
        line = _line_of(article, number)
        if line is not None:
            yield line
            number += 1
            continue
        tiles = _tiles_of(article, number)
        yield from tiles
        number = tiles[-1].block + 2 if tiles else number + 1


def _line_of(article: Article, number: int) -> Line | None:
    """The block as a label with a figure, in either order."""
    block, text = article.blocks[number], article.text
    words = block.span.of(text)
    if block.kind not in LINES or len(words) > LONGEST_LABEL + LONGEST_CELL:
        return None
    for pattern in (LABEL_FIRST, FIGURE_FIRST):
        match = pattern.fullmatch(words)
        if match is None:
            continue
        label = Span(*match.span("label")).shifted(block.span.start)
        cell = Span(*match.span("figure")).shifted(block.span.start)
        figure = find_cell_figure(text, cell)
        if figure is not None and is_label(label.of(text)) and _counts(text, cell):
            return Line(number, block.level, label, cell, figure)
    return None


def _tiles_of(article: Article, number: int) -> list[Line]:
    """Blocks that are by turns a number alone and its label, from this block on.

    A run that begins and ends with words begins with a title of the whole: the number comes first.
    """
    run = [_alone(article, number)]
    while (run[-1] is not None and (after := _alone(article, number + len(run))) is not None) and (
        isinstance(after, Span) != isinstance(run[-1], Span)
    ):
        run.append(after)
    if len(run) < 2:
        return []
    first = 1 if isinstance(run[0], Span) and isinstance(run[-1], Span) else 0
    found: list[Line] = []
    for place in range(first, len(run) - 1, 2):
        pair = run[place : place + 2]
        label = next(item for item in pair if isinstance(item, Span))
        figure = next(item for item in pair if isinstance(item, Mention))
        block = article.blocks[number + place]
        found.append(Line(number + place, block.level, label, figure.span, figure))
    return found


def _alone(article: Article, number: int) -> Span | Mention[Quantity] | None:
    """The figure that the block is, or the span of the label that it is, or None."""
    if number >= len(article.blocks) or article.blocks[number].kind not in LINES:
        return None
    span = article.blocks[number].span
    words = span.of(article.text)
    if len(words) > LONGEST_LABEL or states_nothing(words):
        return None
    figure = find_cell_figure(article.text, span)
    if figure is not None:
        return figure if _counts(article.text, span) else None
    return span if is_label(words) else None


def _counts(text: str, cell: Span) -> bool:
    return not is_year(cell.of(text))


def is_label(words: str) -> bool:
    """Whether the words can be a label: short, no sentence, not a number themselves."""
    if not 2 < len(words) <= LONGEST_LABEL or not any(sign.isalpha() for sign in words):
        return False
    return not any(sign.search(words) for sign in (VERB, SENTENCE_STOP, SECOND_FIGURE))
