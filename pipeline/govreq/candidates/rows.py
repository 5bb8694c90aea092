"""From tables, definition lists, tiles and bullet lists to candidates and rejections.

Each figure is read against its labels: row header, column headers, group, caption, headings, the
paragraphs above, the title and the publisher, with the same vocabulary as prose.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields

from govreq.article.article import Article
from govreq.article.spans import Span
from govreq.candidates.candidate import Candidate, PeriodSlot, Rejection, Slot
from govreq.candidates.labels import LabelReader
from govreq.candidates.lists import find_lists, read_list
from govreq.candidates.outline import BlockFinder, outline_blocks
from govreq.candidates.place_reading import PlaceReading, SheetReading, is_plain
from govreq.candidates.reading import Reading
from govreq.candidates.row_company import RowContext, decide_company
from govreq.candidates.row_counted import decide_counted
from govreq.candidates.row_fields import (
    decide_data,
    decide_outcome,
    decide_process,
    decide_statistic,
    decide_subject,
)
from govreq.candidates.row_jurisdiction import decide_jurisdiction
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
        decisions = _SheetDecisions(SheetReading(sheet, reader), context, probability)
        rejections += (Rejection(span, why, f"table:{why}") for span, why in sheet.remarks)
        for place in sheet.places:
            outcome = decisions.decide(place)
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


@dataclass(frozen=True, slots=True)
class _Fields:
    """What the labels decide of a figure, whichever row without words of its own it stands in."""

    statistic: Slot
    outcome: Slot
    counted: Slot
    subject: Slot
    process: Slot
    data: Slot
    company: Slot
    period: PeriodSlot
    jurisdiction: Slot


FIELD_NAMES = tuple(field.name for field in dataclass_fields(_Fields))


class _SheetDecisions:
    """Decides the figures of one sheet; like figures under like labels are decided once.

    A row that is headed by a country's name alone differs from the next one in nothing but the
    jurisdiction, so that a table of thousands of rows costs little more than one of a few.
    """

    def __init__(self, sheet: SheetReading, context: RowContext, probability: float) -> None:
        self.sheet = sheet
        self.context = context
        self.probability = probability
        self._known: dict[Hashable, _Fields | Rejection] = {}

    def decide(self, place: Place) -> Candidate | Rejection:
        """The candidate of one figure, or why it is none."""
        read = self.sheet.read_place(place)
        key = _likeness(read)
        fields, fresh = self._known.get(key), None
        if fields is None:
            fields = fresh = _decide_fields(read, self.context)
            if not _reads_silent_label(fields, read):
                self._known[key] = fields
        if isinstance(fields, Rejection):
            return replace(fields, span=place.figure.span)
        quantity = place.figure.value
        statistic = fields.statistic
        return Candidate(
            figure=place.figure,
            statement=place.statement,
            value=quantity.value,
            value_max=quantity.value_max,
            statistic=replace(statistic, span=statistic.span or place.figure.span),
            counted=fields.counted,
            outcome=fields.outcome,
            subject=fields.subject,
            legal_process=fields.process,
            data=fields.data,
            company=fields.company,
            jurisdiction=fields.jurisdiction
            if fields is fresh or not _names_place(read)
            else decide_jurisdiction(read, fields.process.value or ""),
            period=fields.period,
            probability=self.probability,
        )


def _likeness(read: PlaceReading) -> Hashable:
    """What two figures of a sheet share if all but their jurisdiction must be the same."""
    quantity = read.place.figure.value
    labels = tuple(
        (label.tier, is_plain(said), frozenset(said.marks)) if said.is_silent else label.span
        for label, said in read.own
    )
    size = (quantity.unit, quantity.value > 100, quantity.value < 0, quantity.value_max is None)
    return labels, size


def _names_place(read: PlaceReading) -> bool:
    """Whether a label of its own names a place: the one thing that silent labels may say."""
    return any(said.place is not None or said.places for _, said in read.own)


def _reads_silent_label(fields: _Fields | Rejection, read: PlaceReading) -> bool:
    """Whether a field points into a label that :func:`_likeness` sees only the marks of."""
    if isinstance(fields, Rejection):
        return False
    named = _names_place(read)
    spans = [
        getattr(fields, name).span for name in FIELD_NAMES if name != "jurisdiction" or not named
    ]
    silent = [label.span for label, said in read.own if said.is_silent]
    return any(span is not None and label.contains(span) for span in spans for label in silent)


def _decide_fields(read: PlaceReading, context: RowContext) -> _Fields | Rejection:
    """All fields of a figure. The order of the decisions is the point."""
    outcome, tier = decide_outcome(read)
    statistic = decide_statistic(read, outcome, tier)
    reason = find_reason(read, statistic.value or "", read.place.figure.value.value)
    if reason is not None:
        return reason
    process = decide_process(read)
    subject = decide_subject(read)
    return _Fields(
        statistic=statistic,
        outcome=outcome,
        counted=decide_counted(read, subject.value or "", outcome.value or ""),
        subject=subject,
        process=process,
        data=decide_data(read, subject.value or "", process.value or ""),
        company=decide_company(read, context),
        period=decide_period(read, context, statistic.value == "change"),
        jurisdiction=decide_jurisdiction(read, process.value or ""),
    )
