"""References to a company that is named elsewhere: "the tech giant", "that Sydney-based firm".

A noun of ``vocabulary/company_references.toml`` counts after "the", "this" or "that", with nothing
but modifiers between: words that the table lists, and words tied by a hyphen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from govreq.article.spans import Span
from govreq.mentions.mention import CompanyName, Mention
from govreq.mentions.phrase import PhraseIndex, PhraseMatch, Word, fold
from govreq.vocabulary.loader import Row, load_rows

MODIFIERS, FOLLOWERS = "modifiers", "followers"
"""Rows of words that may stand between "the" and the noun, and that must not follow it."""

MOST_MODIFIERS = 6
"""More words and signs than these between "the" and the noun are another construction."""

REFERENCE_DETERMINERS = frozenset({"the", "this", "that"})


class CompanyReferenceRow(Row):
    """One sort of company with the nouns and the whole phrases that refer to it."""

    name: str
    nouns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def find_company_references(
    words: Sequence[Word], taken: Collection[int]
) -> Iterator[Mention[CompanyName]]:
    """The references among the words, none of them over a place in ``taken`` (the names)."""
    at = 0
    while at < len(words):
        for match in _references().match_at(words, at):
            first = _begin(words, match)
            beside = match.payload[1]  # "the video app TikTok" is TikTok's own, not a reference
            places = range(first, match.last + beside)
            if first >= 0 and not any(place in taken for place in places):
                yield _mention(words, first, match)
                at = match.last - 1
                break
        at += 1


def _begin(words: Sequence[Word], match: PhraseMatch[tuple[str, bool]]) -> int:
    """The place of the determiner, or of the phrase itself where it needs none; -1 if neither."""
    _, needs_determiner = match.payload
    if _is_hyphenated(words, match.last) or _is_part_of_name(words, match):
        return -1
    if not needs_determiner:
        return -1 if _is_title(words, match.first) else match.first
    lowest = max(-1, match.first - MOST_MODIFIERS - 2)
    for place in range(match.first - 1, lowest, -1):
        if fold(words[place].text) in REFERENCE_DETERMINERS:
            return place
        if not _is_modifier(words, place):
            return -1
    return -1


def _is_part_of_name(words: Sequence[Word], match: PhraseMatch[tuple[str, bool]]) -> bool:
    """Whether the noun is part of a longer one: "the telecom sector", "the Secret Service"."""
    last = words[match.last - 1].text
    if match.payload[1] and last[0].isupper() and not last.isupper():
        return True
    return match.last < len(words) and fold(words[match.last].text) in _listed(FOLLOWERS)


def _is_modifier(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    tied = any(_is_hyphenated(words, beside) for beside in (place - 1, place, place + 1))
    return tied or word.text in _listed(MODIFIERS) or fold(word.text) in _listed(MODIFIERS)


def _is_hyphenated(words: Sequence[Word], place: int) -> bool:
    return place < len(words) and words[place].key == "-"


def _is_title(words: Sequence[Word], place: int) -> bool:
    """Whether capitals make another word of the pronoun: "IT", "US", the "Us" of "Contact Us"."""
    text = words[place].text
    if len(text) > 1 and text.isupper():
        return True
    return text[0].isupper() and place > 0 and words[place - 1].text[-1].isalnum()


def _mention(
    words: Sequence[Word], first: int, match: PhraseMatch[tuple[str, bool]]
) -> Mention[CompanyName]:
    sort = match.payload[0]
    span = Span(words[first].span.start, words[match.last - 1].span.end)
    return Mention(span, CompanyName("", generic=True, sort=sort), f"company_references:{sort}")


@cache
def _references() -> PhraseIndex[tuple[str, bool]]:
    rows = [
        row
        for row in load_rows("company_references", CompanyReferenceRow)
        if row.name not in (MODIFIERS, FOLLOWERS)
    ]
    nouns = [(noun, (row.name, True)) for row in rows for noun in row.nouns]
    phrases = [(word, (row.name, False)) for row in rows for word in row.words]
    return PhraseIndex([*nouns, *phrases])


@cache
def _listed(name: str) -> frozenset[str]:
    rows = load_rows("company_references", CompanyReferenceRow)
    return frozenset(word for row in rows if row.name == name for word in row.words)
