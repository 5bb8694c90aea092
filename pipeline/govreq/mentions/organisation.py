"""Organisations that no table knows, as the language model finds them in the text.

A name counts as a company's only where no word of it says that it is an authority, a law or an
outlet (``vocabulary/institutions.toml``), and where the document says it at least twice: what an
article is about is named again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from govreq.article.article import BlockKind
from govreq.article.spans import Span
from govreq.mentions.cue import find_cues_of
from govreq.mentions.language import find_organisations
from govreq.mentions.mention import CompanyName, Mention
from govreq.mentions.sentence import Sentence
from govreq.vocabulary.loader import Row, load_rows

TIMES = 2
"""How often a document must name an unknown organisation."""

_WORD = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)


class InstitutionRow(Row):
    """One row: words that no company's name holds."""

    words: tuple[str, ...]


def name_organisations(text: str, sentences: Sequence[Sentence], model: str) -> list[Sentence]:
    """The sentences with unknown organisations among their companies.

    Only documents that name no known company are searched: reading names is as dear as a parse,
    and beside a known company an unknown one is seldom the one that was asked.
    """
    if any(
        company.value.known and company.value.name
        for sentence in sentences
        for company in sentence.companies
    ):
        return list(sentences)
    searched = [s if _speaks_of_demands(s) else None for s in sentences]
    spans = [s.span for s in searched if s is not None]
    ours = iter(find_organisations(text, spans, model))
    found = [next(ours) if s is not None else [] for s in searched]
    trimmed = [[_without_article(text, span) for span in spans] for spans in found]
    counts = Counter(span.of(text) for spans in trimmed for span in spans)
    answering = {
        span.of(text) for spans in trimmed for span in spans if _answers_demands(text, span)
    }
    accepted = {
        name
        for name in counts
        if text.count(name) >= TIMES and (name in answering or not _is_acronym(name))
    }
    return [
        replace(
            sentence,
            companies=_with_organisations(
                text,
                sentence,
                [s for s in spans if s.of(text) in accepted],
            ),
        )
        for sentence, spans in zip(sentences, trimmed, strict=True)
    ]


def _is_acronym(name: str) -> bool:
    """Whether the name is a few capitals: of an agency more often than of a company."""
    return name.isupper() and len(name) <= 6


def _speaks_of_demands(sentence: Sentence) -> bool:
    """Whether the sentence is worth a search: demands, or the headline."""
    return sentence.kind is BlockKind.TITLE or any(
        cue.value.field == "counted" and cue.value.value == "requests" for cue in sentence.cues
    )


def _answers_demands(text: str, span: Span) -> bool:
    """Whether the name is followed by what only a company does: it "received", it "complied"."""
    after = Span(span.end, min(len(text), span.end + 40))
    cues = find_cues_of("outcome", text, after)
    return any(cue.rule in ANSWERS for cue in cues) or "transparency report" in after.of(text)


ANSWERS = frozenset({f"outcomes:{name}" for name in ("receive", "comply", "reject", "challenge")})
"""Cues of what a company that was asked does."""


def may_be_company(name: str) -> bool:
    """Whether no word of the name says that it is an institution.

    >>> may_be_company("Supreme Court"), may_be_company("Cloudline")
    (False, True)
    """
    words = _WORD.findall(name)
    return bool(words) and not any(word in _institution_words() for word in words)


def _with_organisations(
    text: str, sentence: Sentence, spans: list[Span]
) -> tuple[Mention[CompanyName], ...]:
    taken = [mention.span for mention in sentence.companies]
    taken += [mention.span for mention in sentence.jurisdictions]
    unknown = [
        Mention(span, CompanyName(span.of(text), known=False), "language_model:ORG")
        for span in spans
        if may_be_company(span.of(text)) and not any(span.overlaps(other) for other in taken)
    ]
    return tuple(sorted((*sentence.companies, *unknown), key=lambda mention: mention.span.start))


def _without_article(text: str, span: Span) -> Span:
    article = _ARTICLE.match(text, span.start, span.end)
    start = article.end() if article else span.start
    end = span.end - 2 if text.endswith(("'s", "’s"), span.start, span.end) else span.end
    return Span(start, max(start, end))


@cache
def _institution_words() -> frozenset[str]:
    return frozenset(
        word for row in load_rows("institutions", InstitutionRow) for word in row.words
    )
