"""Figures under their labels: lines that alternate between words and a number are rows of cells."""

from __future__ import annotations

from collections.abc import Sequence

from govreq.article.grids import FIGURE
from govreq.article.pdf_columns import YEAR
from govreq.article.pdf_flow import Flow, FlowLine, FlowTable
from govreq.article.pdf_tables import PageTable
from govreq.article.tables import GridCell

LONGEST_LABEL = 80
FEWEST_PAIRS = 2
FARTHEST = 4.0
"""Parts of the type size: a number stands no farther from its label."""


def pair_figures(flow: Flow) -> Flow:
    """The flow with runs of labels and numbers, in turns, as tables of two columns."""
    result: Flow = []
    number = 0
    while number < len(flow):
        pairs = _pairs_from(flow, number)
        if len(pairs) < FEWEST_PAIRS:
            result.append(flow[number])
            number += 1
            continue
        result.append(_table_of(pairs))
        number += 2 * len(pairs)
    return result


def _pairs_from(flow: Flow, start: int) -> list[tuple[FlowLine, FlowLine]]:
    """The pairs that begin at a place: all with the label first, or all with the number first."""
    pairs: list[tuple[FlowLine, FlowLine]] = []
    for number in range(start, len(flow) - 1, 2):
        one, two = flow[number], flow[number + 1]
        if not isinstance(one, FlowLine) or not isinstance(two, FlowLine):
            break
        if not _belong_together(one, two) or _is_figure(one) == _is_figure(two):
            break
        if pairs and _is_figure(pairs[0][0]) != _is_figure(one):
            break
        if pairs and pairs[0][0].size != one.size:
            break
        pairs.append((one, two))
    return pairs


def _is_figure(line: FlowLine) -> bool:
    """Whether a line is but a number; a year by itself is a heading."""
    return (
        FIGURE.fullmatch(line.text) is not None
        and line.text[-1] not in ".,;:"
        and not YEAR.fullmatch(line.text)
    )


def _belong_together(one: FlowLine, two: FlowLine) -> bool:
    label = two if _is_figure(one) else one
    return (
        one.page == two.page
        and 0 < two.base - one.base < FARTHEST * max(one.size, two.size)
        and len(label.text) < LONGEST_LABEL
        and label.text[-1] not in ".;"
        and label.item is None
    )


def _table_of(pairs: Sequence[tuple[FlowLine, FlowLine]]) -> FlowTable:
    rows = [
        [GridCell(line.text, row, column) for column, line in enumerate(pair)]
        for row, pair in enumerate(pairs)
    ]
    top, bottom = pairs[0][0].base - pairs[0][0].size, pairs[-1][1].base
    return FlowTable(PageTable(rows, top, bottom), pairs[0][0].page)
