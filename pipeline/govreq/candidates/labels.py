"""What a label says: its cues, places, periods and companies, read with the vocabulary of prose."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from govreq.article.spans import Span
from govreq.mentions.cue import CueRow
from govreq.mentions.jurisdiction import resolve_jurisdiction_name
from govreq.mentions.mention import (
    CompanyName,
    Cue,
    JurisdictionName,
    Mention,
    PeriodExpression,
)
from govreq.mentions.sentence import Sentence
from govreq.vocabulary.loader import load_rows

LABEL_TABLE = "table_labels"

LONGEST_NAME = 60
"""A longer label is no name of a country."""

FILLERS = re.compile(
    r"(?:reporting|report|period|time|range|date|dates|year|calendar|fiscal|half|from|between|and"
    r"|to|through|until|the|of|in|for|up|total|totals|[^\w]|_)+",
    re.IGNORECASE,
)
"""What may stand beside a period in a label that names it. Accepts: "Reporting period: ".
Refuses: "Requests in "."""


@dataclass(frozen=True, slots=True)
class LabelReading:
    """What one label says.

    ``place`` is set where the whole label is a jurisdiction's name, ``is_period`` where it is a
    period and nothing else. ``marks`` are the words of tables that it holds, by their value.
    """

    span: Span
    text: str
    place: JurisdictionName | None
    is_period: bool
    cues: tuple[Mention[Cue], ...]
    places: tuple[Mention[JurisdictionName], ...]
    periods: tuple[Mention[PeriodExpression], ...]
    companies: tuple[Mention[CompanyName], ...]
    marks: dict[str, Span]

    @property
    def is_silent(self) -> bool:
        """Whether the label says nothing but, perhaps, a place, or has words of tables alone."""
        return not (self.cues or self.periods or self.companies)

    def cues_of(self, field: str) -> list[Mention[Cue]]:
        """The label's cues of one field."""
        return [cue for cue in self.cues if cue.value.field == field]


class LabelReader:
    """Reads labels from the mentions of the sentences that hold them; each label once."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self.text = text
        self.sentences = sentences
        self._starts = [sentence.span.start for sentence in sentences]
        self._read: dict[tuple[int, int], LabelReading] = {}

    def read(self, span: Span) -> LabelReading:
        """What the label at ``span`` says."""
        key = (span.start, span.end)
        reading = self._read.get(key)
        if reading is None:
            reading = self._read[key] = self._read_label(span)
        return reading

    def _read_label(self, span: Span) -> LabelReading:
        words = span.of(self.text)
        short = len(words) <= LONGEST_NAME
        periods: list[Mention[PeriodExpression]] = []
        cues: list[Mention[Cue]] = []
        places: list[Mention[JurisdictionName]] = []
        companies: list[Mention[CompanyName]] = []
        for sentence in self.sentences_in(span):
            periods += (item for item in sentence.periods if span.contains(item.span))
            cues += (item for item in sentence.cues if span.contains(item.span))
            places += (item for item in sentence.jurisdictions if span.contains(item.span))
            companies += (item for item in sentence.companies if span.contains(item.span))
        return LabelReading(
            span=span,
            text=words,
            place=resolve_jurisdiction_name(words) if short else None,
            is_period=short and bool(periods) and _is_filler(self.text, span, periods),
            cues=tuple(cues),
            places=tuple(places),
            periods=tuple(periods),
            companies=tuple(companies),
            marks=find_label_marks(self.text, span),
        )

    def sentences_in(self, span: Span) -> Iterator[Sentence]:
        """The sentences that the span touches."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        for index in range(first, len(self.sentences)):
            sentence = self.sentences[index]
            if sentence.span.start >= span.end:
                return
            yield sentence


def _is_filler(text: str, span: Span, periods: Sequence[Mention[PeriodExpression]]) -> bool:
    """Whether nothing but fillers stands beside the periods."""
    at = span.start
    rest: list[str] = []
    for period in sorted(periods, key=lambda item: item.span):
        rest.append(text[at : period.span.start])
        at = max(at, period.span.end)
    rest.append(text[at : span.end])
    return all(not piece.strip() or FILLERS.fullmatch(piece) for piece in rest)


def find_label_marks(text: str, span: Span) -> dict[str, Span]:
    """The words of tables in the label, by their value: the first of each."""
    words = span.of(text)
    marks: dict[str, Span] = {}
    for pattern, value in _label_patterns():
        if value not in marks and (match := pattern.search(words)):
            marks[value] = Span(*match.span()).shifted(span.start)
    return marks


@cache
def _label_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (
            re.compile(rf"(?<![\w-])(?:{'|'.join(row.patterns)})(?!\w)", re.IGNORECASE),
            row.value,
        )
        for row in load_rows(LABEL_TABLE, CueRow)
    )
