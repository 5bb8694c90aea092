"""The mentions stage: from an article to its sentences with typed, valued spans.

A document passes the gate when it speaks of demands at all (a ``counted`` = ``requests`` cue) and
holds a number. Only sentences with a number that may be a figure are parsed: parsing is what costs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from govreq.article.article import Article, Block, BlockKind
from govreq.article.blocks import CELL_SEPARATOR
from govreq.article.spans import Span
from govreq.mentions.company import find_companies
from govreq.mentions.cue import find_cues
from govreq.mentions.jurisdiction import find_jurisdictions
from govreq.mentions.language import parse_sentences
from govreq.mentions.mention import CompanyName, Cue, JurisdictionName, Mention, Unit
from govreq.mentions.organisation import name_organisations
from govreq.mentions.period import find_periods
from govreq.mentions.quantity import find_quantities
from govreq.mentions.sentence import Sentence
from govreq.mentions.split import split_sentences
from govreq.settings import DEFAULTS, Settings

FIGURE_UNITS = frozenset({Unit.NUMBER, Unit.PERCENT, Unit.MULTIPLE})
"""Units of quantities that may be request statistics."""

CELLS_KEPT = 4_096
"""Labels of table cells whose mentions are kept: tables repeat them."""

Named = TypeVar("Named", Cue, CompanyName, JurisdictionName)


def read_sentences(article: Article, settings: Settings = DEFAULTS) -> tuple[Sentence, ...]:
    """Every sentence of the article, with its mentions; those with a figure are parsed too."""
    sentences = [
        _find_mentions(article.text, span, index, block)
        for index, block in enumerate(article.blocks)
        for span in _sentence_spans(article.text, block, settings)
    ]
    if not _speaks_of_demands(sentences):
        return tuple(sentences)
    parsed = _parse_figures(article.text, sentences, settings)
    return tuple(name_organisations(article.text, parsed, settings.model))


def _sentence_spans(text: str, block: Block, settings: Settings) -> list[Span]:
    if block.kind is BlockKind.TABLE_ROW:
        return [block.span]
    limit = settings.max_sentence_characters
    spans: list[Span] = []
    for span in split_sentences(text, block.span):
        while len(span) > limit:
            cut = text.rfind(" ", span.start + 1, span.start + limit)
            cut = cut if cut > span.start else span.start + limit
            spans.append(Span(span.start, cut))
            span = Span(cut, span.end)
        spans.append(span)
    return spans


def _find_mentions(text: str, span: Span, index: int, block: Block) -> Sentence:
    periods = find_periods(text, span)
    in_row = block.kind is BlockKind.TABLE_ROW  # its figures are read cell by cell
    return Sentence(
        span=span,
        block=index,
        kind=block.kind,
        quantities=() if in_row else find_quantities(text, span, periods),
        periods=periods,
        companies=_find_in_cells(text, span, _companies_of_cell)
        if in_row
        else find_companies(text, span),
        jurisdictions=_find_in_cells(text, span, _jurisdictions_of_cell)
        if in_row
        else find_jurisdictions(text, span),
        cues=_find_in_cells(text, span, _cues_of_cell) if in_row else find_cues(text, span),
    )


def _find_in_cells(
    text: str, span: Span, find: Callable[[str], tuple[Mention[Named], ...]]
) -> tuple[Mention[Named], ...]:
    """The mentions of a table row, cell by cell: a table repeats its labels, none spans cells."""
    found: list[Mention[Named]] = []
    start = span.start
    for cell in span.of(text).split(CELL_SEPARATOR):
        if any(map(str.isalpha, cell)):
            found += (replace(item, span=item.span.shifted(start)) for item in find(cell))
        start += len(cell) + len(CELL_SEPARATOR)
    return tuple(found)


@lru_cache(maxsize=CELLS_KEPT)
def _cues_of_cell(cell: str) -> tuple[Mention[Cue], ...]:
    return find_cues(cell, Span(0, len(cell)))


@lru_cache(maxsize=CELLS_KEPT)
def _companies_of_cell(cell: str) -> tuple[Mention[CompanyName], ...]:
    return find_companies(cell, Span(0, len(cell)))


@lru_cache(maxsize=CELLS_KEPT)
def _jurisdictions_of_cell(cell: str) -> tuple[Mention[JurisdictionName], ...]:
    return find_jurisdictions(cell, Span(0, len(cell)))


def has_figure(sentence: Sentence) -> bool:
    """Whether the sentence holds a number that may be a request statistic."""
    return any(quantity.value.unit in FIGURE_UNITS for quantity in sentence.quantities)


def _speaks_of_demands(sentences: list[Sentence]) -> bool:
    return any(has_figure(sentence) for sentence in sentences) and any(
        cue.value.field == "counted" and cue.value.value == "requests"
        for sentence in sentences
        for cue in sentence.cues
    )


def _parse_figures(text: str, sentences: list[Sentence], settings: Settings) -> list[Sentence]:
    wanted = [
        index
        for index, sentence in enumerate(sentences)
        if has_figure(sentence) and sentence.kind is not BlockKind.TABLE_ROW
    ]
    parses = parse_sentences(text, [sentences[index].span for index in wanted], settings.model)
    parsed = list(sentences)
    for index, tokens in zip(wanted, parses, strict=True):
        parsed[index] = replace(sentences[index], tokens=tokens)
    return parsed
