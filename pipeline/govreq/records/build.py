"""From candidates to validated records, each field with the span that it was read from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from govreq.article.article import Article
from govreq.article.spans import Span
from govreq.candidates.candidate import Candidate, PeriodSlot, Slot
from govreq.mentions.mention import Bound
from govreq.records.checks import attach_findings
from govreq.records.confidence import grade_probability
from govreq.records.identity import Fact, fact_of, identify_record
from govreq.records.merge import merge_candidates
from govreq.records.record import (
    Counted,
    DataKind,
    DocumentReference,
    Evidence,
    FieldEvidence,
    LegalProcess,
    Outcome,
    Record,
    ReportingPeriod,
    Statistic,
    Subject,
)
from govreq.source.document import Document

SLOTS = (
    "statistic",
    "counted",
    "outcome",
    "subject",
    "legal_process",
    "data",
    "company",
    "jurisdiction",
    "period",
)


def build_records(
    document: Document, article: Article, candidates: Sequence[Candidate]
) -> tuple[Record, ...]:
    """One record a fact, in the order of the text, with what the records say of each other."""
    reference = DocumentReference(
        source=document.source,
        url=article.url,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        sha256=document.sha256,
    )
    return attach_findings(
        [_record_of(reference, article, group) for group in merge_candidates(candidates)]
    )


def _record_of(
    reference: DocumentReference, article: Article, group: tuple[Candidate, ...]
) -> Record:
    kept = group[0]
    fact = fact_of(kept)
    ordered = sorted(group, key=lambda item: item.figure.span)
    return Record(
        record_id=identify_record(reference.url or reference.source, fact),
        statistic=Statistic(fact.statistic),
        value=fact.value,
        value_max=fact.value_max,
        bound=kept.figure.value.bound,
        counted=Counted(fact.counted),
        outcome=Outcome(fact.outcome),
        subject=Subject(fact.subject),
        legal_process=LegalProcess(fact.legal_process),
        data=DataKind(fact.data),
        company=fact.company,
        jurisdiction=fact.jurisdiction,
        period=_period_of(fact),
        document=reference,
        evidence=tuple(_evidence_of(article, item) for item in ordered),
        confidence=grade_probability(max(item.probability for item in group)),
    )


def _period_of(fact: Fact) -> ReportingPeriod | None:
    period = fact.period
    return ReportingPeriod(start=period.start, end=period.end) if period else None


def _evidence_of(article: Article, candidate: Candidate) -> Evidence:
    statement = candidate.statement
    figure = candidate.figure
    fields = {"value": _field(figure.value.number, figure.rule)}
    if figure.value.bound is not Bound.EXACT and figure.value.bound_span is not None:
        fields["bound"] = _field(figure.value.bound_span, figure.rule)
    for name in SLOTS:
        slot: Slot | PeriodSlot = getattr(candidate, name)
        if slot.span is not None:
            fields[name] = _field(slot.span, slot.rule)
    return Evidence(
        quote=statement.of(article.text),
        start=statement.start,
        end=statement.end,
        fields=fields,
        page=_page_of(article, statement),
    )


def _page_of(article: Article, statement: Span) -> int | None:
    """The page that the block of a statement begins on; None where the document has no pages."""
    place = bisect_right(article.blocks, statement.start, key=lambda block: block.span.start)
    return article.blocks[place - 1].page if place else None


@lru_cache(maxsize=16_384)
def _field(span: Span, rule: str) -> FieldEvidence:
    """The evidence of one field; the figures of a table share the words of its headers."""
    return FieldEvidence(start=span.start, end=span.end, rule=rule)
