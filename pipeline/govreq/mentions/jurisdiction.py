"""Jurisdictions named in the text: countries, their parts, groups, and what stands for them.

Names come from the ``jurisdiction*`` vocabulary tables. A phrase of ``jurisdiction_traps`` swallows
the name within it ("the Washington Post"); a word of ``jurisdiction_contexts`` beside a name
refuses it or makes it an ``attribute`` ("the American company"): a place named without being the
one that asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from govreq.article.spans import Span
from govreq.mentions.jurisdiction_table import (
    JURISDICTION_TABLES,
    ContextRow,
    JurisdictionRow,
    NameEntry,
    TrapRow,
    list_contexts,
    list_names,
    resolve_jurisdiction_name,
)
from govreq.mentions.mention import JurisdictionName, Mention
from govreq.mentions.phrase import PhraseIndex, PhraseMatch, Word, split_words

__all__ = [
    "JURISDICTION_TABLES",
    "ContextRow",
    "JurisdictionRow",
    "TrapRow",
    "find_jurisdictions",
    "resolve_jurisdiction_name",
]

NEAR_WORDS = 100
"""What a row needs near is sought this many words and signs to either side."""

CONTEXT_WORDS = 5
"""No phrase of the contexts that stand before a name has more words and signs than these."""

DATELINE_WORDS = 12
"""A dateline has no more words and signs than these."""

DATELINE_SIGNS = ("—", "–", "-", ":")
"""What ends a dateline."""

MOST_INITIALS = 4
"""A word in capitals is an abbreviation up to this length, and a name beyond it."""


def find_jurisdictions(text: str, within: Span) -> tuple[Mention[JurisdictionName], ...]:
    """The jurisdictions of ``text[within.start:within.end]``, in the order of the text.

    The longest name wins where two begin at one word; mentions never overlap.
    """
    words = split_words(text, within)
    found: list[Mention[JurisdictionName]] = []
    for match in _matchlist_names(words):
        mention = _read_mention(words, match)
        if mention is not None:
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.span))


def _matchlist_names(words: Sequence[Word]) -> list[PhraseMatch[NameEntry]]:
    """Names first, references such as "the country" only in the words that no name takes."""
    taken: list[PhraseMatch[NameEntry]] = []
    used: set[int] = set()
    for index in list_names():
        at = 0
        while at < len(words):
            match = next(_holding(index, words, at), None)
            if match is None or not used.isdisjoint(range(match.first, match.last)):
                at += 1
                continue
            taken.append(match)
            at = match.last
        used.update(place for match in taken for place in range(match.first, match.last))
    return taken


def _holding(
    index: PhraseIndex[NameEntry], words: Sequence[Word], at: int
) -> Iterator[PhraseMatch[NameEntry]]:
    for match in index.match_at(words, at):
        row = match.payload.row
        if row is None or not row.near or _stands_near(words, at, row.near):
            yield match


def _stands_near(words: Sequence[Word], at: int, near: tuple[str, ...]) -> bool:
    index = _near_index(near)
    places = range(max(0, at - NEAR_WORDS), min(len(words), at + NEAR_WORDS))
    return any(next(index.match_at(words, place), None) for place in places)


def _read_mention(
    words: Sequence[Word], match: PhraseMatch[NameEntry]
) -> Mention[JurisdictionName] | None:
    name = match.payload
    if name.row is None or _is_person(words, match, name.row) or _is_pronoun(words, match):
        return None
    form, rule = name.value.form, name.rule
    context = _context(words, match, name.value, name.row)
    if context is not None and context.effect == "refuse":
        return None
    joined = _is_joined(words, match) and form in ("name", "demonym")
    if context is not None and context.effect == "attribute":
        form, rule = "attribute", f"{rule}+{context.name}"
    elif context is None and joined:
        form, rule = "attribute", f"{rule}+joined"
    elif match.last <= _dateline_end(words) and form in ("name", "place"):
        form, rule = "dateline", f"{rule}+dateline"
    elif form == "demonym" and _is_language(words, match):
        return None
    span = Span(words[match.first].span.start, words[match.last - 1].span.end)
    return Mention(span, JurisdictionName(name.value.code, form), rule)


def _context(
    words: Sequence[Word],
    match: PhraseMatch[NameEntry],
    name: JurisdictionName,
    row: JurisdictionRow,
) -> ContextRow | None:
    """The context row that applies: the longest one after the name, else the one before it."""
    after = (beside for beside in _rows_after(words, match) if beside.applies_to(name, row))
    before = (beside for beside in _rows_before(words, match) if beside.applies_to(name, row))
    return next(after, None) or next(before, None)


def _rows_after(words: Sequence[Word], match: PhraseMatch[NameEntry]) -> Iterator[ContextRow]:
    if match.last < len(words):
        yield from (beside.payload for beside in list_contexts()[0].match_at(words, match.last))


def _rows_before(words: Sequence[Word], match: PhraseMatch[NameEntry]) -> Iterator[ContextRow]:
    for start in range(max(0, match.first - CONTEXT_WORDS), match.first):
        for beside in list_contexts()[1].match_at(words, start):
            if beside.last == match.first:
                yield beside.payload


def _is_joined(words: Sequence[Word], match: PhraseMatch[NameEntry]) -> bool:
    """Whether a hyphen ties the name to another word: "the EU-US agreement"."""
    return _tied(words, match.last) or _tied(words, match.first - 1)


def _tied(words: Sequence[Word], at: int) -> bool:
    return (
        0 < at < len(words) - 1
        and words[at].key in ("-", "/")
        and words[at].key == "-"
        and not words[at + 1].key.startswith(" ")
        and words[at + 1].text[0].isalpha()
    )


def _dateline_end(words: Sequence[Word]) -> int:
    """Where the dateline that opens the text ends, 0 if there is none: "MANILA, May 2 (Reuters) -".

    It is capitalised words, numbers and commas up to a dash or a colon, begins with a city or a
    name in capitals, and a word follows ("India - 77,620" is a line of a list).
    """
    for at, word in enumerate(words[:DATELINE_WORDS]):
        if at and word.text in DATELINE_SIGNS and (word.key.startswith(" ") or word.text in ":—"):
            body = next(
                (other.text for other in words[at:] if other.text not in DATELINE_SIGNS), ""
            )
            return at if body[:1].isalpha() and _opens_dateline(words) else 0
        if word.text[0].islower():
            return 0
    return 0


def _opens_dateline(words: Sequence[Word]) -> bool:
    """Whether the first word is a name in capitals, or the first name that of a city."""
    named = next(list_names()[0].match_at(words, 0), None)
    city = named is not None and named.payload.value.form == "place"
    return city or (words[0].text.isupper() and len(words[0].text) > MOST_INITIALS)


def _is_language(words: Sequence[Word], match: PhraseMatch[NameEntry]) -> bool:
    """Whether the demonym is a language: "written in German."."""
    if match.first == 0 or words[match.first - 1].key != " in" or match.last - match.first > 1:
        return False
    return match.last == len(words) or not words[match.last].text[0].isalnum()


def _is_pronoun(words: Sequence[Word], match: PhraseMatch[NameEntry]) -> bool:
    """Whether "US" is the pronoun in a line that is all capitals: "CONTACT US"."""
    if match.last - match.first > 1 or words[match.first].text != "US":
        return False
    before = words[match.first - 1].text if match.first else ""
    return before in {"ABOUT", "CONTACT", "FOLLOW", "JOIN", "TELL", "GIVE", "HELP", "ASK", "LET"}


def _is_person(words: Sequence[Word], match: PhraseMatch[NameEntry], row: JurisdictionRow) -> bool:
    """Whether a capitalised neighbour makes a person of the name: "Jordan Smith", "Mark Chad"."""
    if match.last - match.first > 1 or words[match.first].text not in row.persons:
        return False
    person, after = JurisdictionName("", "person"), words[match.last : match.last + 1]
    if after and _is_proper(after[0]):
        return not any(beside.applies_to(person, row) for beside in _rows_after(words, match))
    if match.first and _is_proper(words[match.first - 1]):
        return not any(beside.applies_to(person, row) for beside in _rows_before(words, match))
    return False


def _is_proper(word: Word) -> bool:
    """Whether the word is written like a given name or a surname."""
    return word.key.startswith(" ") and word.text[0].isupper() and word.text[1:].islower()


@cache
def _near_index(near: tuple[str, ...]) -> PhraseIndex[None]:
    return PhraseIndex((phrase, None) for phrase in near)
