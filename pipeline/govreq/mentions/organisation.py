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

OFTEN = 2
"""How often a name that is in no headline must stand within sentences."""

# One to three capitalised words. Accepts: "Marlin Hosting", "Quillpost". Refuses: "requests".
_NAME = re.compile(
    r"(?<![\w.’'-])[A-ZÀ-Þ][a-zà-ÿ]{2,}[^\W\d_]*(?:[ -][A-ZÀ-Þ][^\W\d_]+){0,2}(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)


class InstitutionRow(Row):
    """One row: words that no company's name holds."""

    words: tuple[str, ...]


def name_organisations(text: str, sentences: Sequence[Sentence], model: str) -> list[Sentence]:
    """The sentences with unknown organisations among their companies.

    Only documents that name no known company are searched: beside a known company an unknown one
    is seldom the one that was asked. What the language model takes for an organisation counts, and
    any other name that the text keeps giving, in the headline or at least :data:`OFTEN` times.
    """
    if any(
        company.value.known and company.value.name
        for sentence in sentences
        for company in sentence.companies
    ):
        return list(sentences)
    names = _accept_names(text, sentences, model)
    if not names:
        return list(sentences)
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    full = {name: _full_name(name, names) for name in names}
    return [
        replace(sentence, companies=_with_organisations(text, sentence, pattern, full))
        for sentence in sentences
    ]


def _accept_names(text: str, sentences: Sequence[Sentence], model: str) -> set[str]:
    """Names that the document gives often; a few capitals only where they do what companies do."""
    searched = [s.span for s in sentences if _speaks_of_demands(s)]
    tagged = find_organisations(text, searched, model)
    spans = {_without_article(text, span) for found in tagged for span in found}
    organisations = {span.of(text) for span in spans}
    lowered = set(_WORD.findall(text)) - {w for w in _WORD.findall(text) if w[0].isupper()}
    repeated: Counter[str] = Counter()
    for sentence in sentences:
        if sentence.kind is BlockKind.TITLE:
            continue
        for match in _NAME.finditer(text, sentence.span.start, sentence.span.end):
            span = Span(match.start(), match.end())
            common = match.group().split()[0].lower() in lowered
            if not common and not any(span.overlaps(p.span) for p in sentence.jurisdictions):
                repeated[match.group()] += 1
                spans.add(span)
    headline = " ".join(s.span.of(text) for s in sentences if s.kind is BlockKind.TITLE)
    answering = {span.of(text) for span in spans if _answers_demands(text, span)}
    names = {
        name
        for name in organisations | set(repeated)
        if may_be_company(name)
        and text.count(name) >= TIMES
        and (name in organisations or name in headline or repeated[name] >= OFTEN)
        and (name in answering or not _is_acronym(name))
    }
    return {n for n in names if not any(n in other.split()[1:] for other in names)}


def _full_name(name: str, names: set[str]) -> str:
    """The longest accepted name that begins with ``name``: "Marlin" is "Marlin Hosting"."""
    return max(
        (n for n in names if n == name or n.startswith(f"{name} ")), key=lambda n: (len(n), n)
    )


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
    text: str, sentence: Sentence, pattern: re.Pattern[str], full: dict[str, str]
) -> tuple[Mention[CompanyName], ...]:
    taken = [mention.span for mention in sentence.companies]
    taken += [mention.span for mention in sentence.jurisdictions]
    unknown = [
        Mention(span, CompanyName(full[match.group()], known=False), "organisation:repeated")
        for match in pattern.finditer(text, sentence.span.start, sentence.span.end)
        for span in [Span(match.start(), match.end())]
        if not any(span.overlaps(other) for other in taken)
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
