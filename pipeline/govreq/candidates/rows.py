"""From tables, definition lists, tiles and bullet lists to candidates and rejections.

Each figure is read against its labels: row header, column headers, group, caption, headings, the
paragraphs above, the title and the publisher, with the same vocabulary as prose.
"""

from __future__ import annotations

from collections.abc import Iterator

from govreq.article.article import Article
from govreq.article.spans import Span
from govreq.candidates.candidate import Candidate, Rejection
from govreq.candidates.labels import LabelReader
from govreq.candidates.lists import find_lists, read_list
from govreq.candidates.outline import BlockFinder, outline_blocks
from govreq.candidates.reading import Reading
from govreq.candidates.row_context import (
    RowContext,
    decide_company,
    decide_jurisdiction,
)
from govreq.candidates.row_fields import (
    decide_counted,
    decide_data,
    decide_outcome,
    decide_process,
    decide_statistic,
    decide_subject,
    read_place,
    sets_emergencies_apart,
)
from govreq.candidates.row_period import decide_period
from govreq.candidates.row_reasons import find_reason
from govreq.candidates.sheet import Label, Place, Sheet, Tier
from govreq.candidates.table_sheet import read_table
from govreq.mentions.sentence import Sentence

TABLE_PROBABILITY = 0.97
LIST_PROBABILITY = 0.95
"""The belief that a figure read from labels is right, as measured on the gold reports."""


def assemble_rows(
    article: Article, sentences: tuple[Sentence, ...], reading: Reading
) -> tuple[tuple[Candidate, ...], tuple[Rejection, ...]]:
    """The candidates of tables, lists and tiles, and their figures that are none, with the reason.

    Figures of list items and tiles that are read here stand in a candidate's or a rejection's span;
    the linker of prose leaves them alone.
    """
    reader = LabelReader(article.text, sentences)
    context = RowContext(article, reading)
    candidates: list[Candidate] = []
    rejections: list[Rejection] = []
    for sheet, probability in read_sheets(article, reader):
        emergencies = sets_emergencies_apart(sheet, reader)
        for place in sheet.places:
            outcome = _decide_place(place, sheet, reader, context, emergencies, probability)
            if isinstance(outcome, Candidate):
                candidates.append(outcome)
            else:
                rejections.append(outcome)
    return tuple(candidates), tuple(rejections)


def read_sheets(article: Article, reader: LabelReader) -> Iterator[tuple[Sheet, float]]:
    """Every table, then every list or run of tiles, as a sheet with the belief in its figures."""
    finder = BlockFinder(article)
    lists = find_lists(article)
    firsts = [_first_block(finder, table.cells[0].span, table.caption) for table in article.tables]
    starts = [lines[0].block for lines in lists]
    outlines = outline_blocks(article, {*firsts, *starts})
    for table, first in zip(article.tables, firsts, strict=True):
        caption = (Label(table.caption, Tier.CAPTION),) if table.caption else ()
        around = (*caption, *outlines[first])
        yield read_table(table, reader, around, finder.statement_of), TABLE_PROBABILITY
    for lines, start in zip(lists, starts, strict=True):
        yield read_list(lines, article, outlines[start]), LIST_PROBABILITY


def _first_block(finder: BlockFinder, cell: Span, caption: Span | None) -> int:
    first = finder.number_of(cell)
    return first if caption is None else min(first, finder.number_of(caption))


def _decide_place(
    place: Place,
    sheet: Sheet,
    reader: LabelReader,
    context: RowContext,
    emergencies: bool,
    probability: float,
) -> Candidate | Rejection:
    """The candidate of one figure, or why it is none. The order of the decisions is the point."""
    read = read_place(place, sheet, reader)
    quantity = place.figure.value
    outcome, tier = decide_outcome(read)
    statistic = decide_statistic(read, outcome, tier)
    reason = find_reason(read, statistic.value or "", quantity.value)
    if reason is not None:
        return reason
    process = decide_process(read, emergencies)
    subject = decide_subject(read)
    return Candidate(
        figure=place.figure,
        statement=place.statement,
        value=quantity.value,
        value_max=quantity.value_max,
        statistic=statistic,
        counted=decide_counted(read, subject.value or "", outcome.value or ""),
        outcome=outcome,
        subject=subject,
        legal_process=process,
        data=decide_data(read, subject.value or "", process.value or ""),
        company=decide_company(read, context),
        jurisdiction=decide_jurisdiction(read, process.value or ""),
        period=decide_period(read, context, statistic.value == "change"),
        probability=probability,
    )
