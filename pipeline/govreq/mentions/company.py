"""Companies named in the text, and references to one that is named elsewhere ("the company").

Names come from ``vocabulary/companies.toml``. A word that is a common word or a person's name as
well ("Ring", "Signal", "Rogers") counts only where a sign says that the company is meant: a word of
``company_contexts`` beside it, a capital in the middle of a sentence, or such a sign elsewhere in
the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from govreq.article.spans import Span
from govreq.mentions.company_reference import find_company_references
from govreq.mentions.mention import CompanyName, Mention
from govreq.mentions.phrase import PhraseIndex, PhraseMatch, Word, expand_phrase, split_words
from govreq.vocabulary.loader import Row, load_rows

DETERMINERS = frozenset({"a", "an", "the", "this", "that", "each", "every", "no", "any"})
"""Words after which a capitalised common word is rather a title than a company."""


LIST_SIGNS = frozenset({",", ";", "and", "&", "or"})
"""What stands between two names of a list."""

GIVEN_NAME = re.compile(r"(?:[\w@/.\-]|\b[A-Z][a-z]+ )\Z")
"""What makes the next word part of another name. Accepts: "Mike " or "@". Refuses: "to "."""

GIVEN_NAME_CHARACTERS = 24
"""It is sought in this many characters before the name."""

CLEARING_CHARACTERS = 40
"""A clearing phrase is sought this many characters after a name."""

LIST_GAP = 2
"""Two neighbours of a list have no more words and signs between them: ", and"."""


class CompanyRow(Row):
    """One company: its names, its owner, its sorts, and which of its words need a sign.

    ``products`` stand for their maker, ``epithets`` are phrases that mean this company alone.
    ``ambiguous`` lists those of the words that are common words or people's names too. Where
    ``needs`` is given, one of its words must stand somewhere in the document.
    """

    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    sorts: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    epithets: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class CompanyTrapRow(Row):
    """Phrases that hold a company's name and do not mean the company."""

    name: str
    words: tuple[str, ...]


class CompanyContextRow(Row):
    """Words right before or after a name that refuse it, or clear an ambiguous one."""

    name: str
    side: Literal["before", "after"]
    effect: Literal["refuse", "clear"]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """What one phrase stands for; ``row`` is None for a trap."""

    value: CompanyName
    row: CompanyRow | None
    ambiguous: bool = False


def find_companies(text: str, within: Span) -> tuple[Mention[CompanyName], ...]:
    """The companies of ``text[within.start:within.end]``, in the order of the text.

    A product has the sort ``product`` and an epithet ("the iPhone maker") the sort ``epithet``;
    both carry the company's name. A reference is ``generic``, has no name, and its sort says which
    companies fit (``pronoun`` and ``first person`` for "its" and "our").
    """
    words = split_words(text, within)
    matches = _match_names(words)
    named = [
        _mention(words, match)
        for order, match in enumerate(matches)
        if _may_be_meant(words, match)
        and (_is_shown(text, words, match) or _is_listed(words, matches, order))
    ]
    taken = {place for match in matches for place in range(match.first, match.last)}
    references = find_company_references(words, taken)
    return tuple(sorted((*named, *references), key=lambda mention: mention.span))


def list_company_sorts(name: str) -> tuple[str, ...]:
    """The sorts of the company of that name ("retailer", "carrier" ...), none if it is unknown."""
    return _sorts().get(name, ())


def _mention(words: Sequence[Word], match: PhraseMatch[_Name]) -> Mention[CompanyName]:
    span = Span(words[match.first].span.start, words[match.last - 1].span.end)
    return Mention(span, match.payload.value, f"companies:{match.payload.value.name}")


def _match_names(words: Sequence[Word]) -> list[PhraseMatch[_Name]]:
    found: list[PhraseMatch[_Name]] = []
    at = 0
    while at < len(words):
        match = next(_names().match_at(words, at), None)
        if match is None:
            at += 1
            continue
        found.append(match)
        at = match.last
    return found


def _may_be_meant(words: Sequence[Word], match: PhraseMatch[_Name]) -> bool:
    """Whether nothing beside the name speaks against the company: no trap, no refusing word."""
    known = match.payload.row is not None
    return known and "refuse" not in _effects(words, match) and not _is_in_address(words, match)


def _is_shown(text: str, words: Sequence[Word], match: PhraseMatch[_Name]) -> bool:
    """Whether the name is clear in itself, or a sign says that the company is meant."""
    row, document = match.payload.row, _document(text)
    if row is not None and row.needs and not any(document.holds(need) for need in row.needs):
        return False
    if not match.payload.ambiguous or _is_whole(text, words, match):
        return True
    name = " ".join(word.text for word in words[match.first : match.last])
    if match.first and _is_proper(words[match.first - 1]):
        return document.clears(name)
    clear = "clear" in _effects(words, match) or _is_capital_within(words, match)
    return clear or document.clears(name)


def _is_listed(words: Sequence[Word], matches: Sequence[PhraseMatch[_Name]], order: int) -> bool:
    """Whether the name stands in a list beside another company: "T-Mobile, Sprint and AT&T"."""
    match = matches[order]
    for item in (*matches[max(0, order - 1) : order], *matches[order + 1 : order + 2]):
        gap = words[min(item.last, match.last) : max(item.first, match.first)]
        other = item.payload.row is not None and item.payload.row is not match.payload.row
        if other and 0 < len(gap) <= LIST_GAP and all(word.text in LIST_SIGNS for word in gap):
            return True
    return False


def _effects(words: Sequence[Word], match: PhraseMatch[_Name]) -> set[str]:
    after, before = _contexts()
    effects: set[str] = set()
    if match.last < len(words):
        effects.update(row.payload.effect for row in after.match_at(words, match.last))
    for start in range(max(0, match.first - 4), match.first):
        for row in before.match_at(words, start):
            if row.last == match.first:
                effects.add(row.payload.effect)
    return effects


def _is_in_address(words: Sequence[Word], match: PhraseMatch[_Name]) -> bool:
    """Whether the name is part of a handle or an e-mail address: "@Twitter"."""
    before = words[match.first - 1] if match.first else None
    tied = before is not None and not words[match.first].key.startswith(" ")
    return before is not None and tied and before.text in ("@", "_")


def _is_whole(text: str, words: Sequence[Word], match: PhraseMatch[_Name]) -> bool:
    """Whether the text is nothing but the name, as a publisher's name may be."""
    return (
        len(words) == match.last - match.first
        and text.strip() == text[words[0].span.start : words[-1].span.end]
    )


def _is_capital_within(words: Sequence[Word], match: PhraseMatch[_Name]) -> bool:
    """Whether the name is capitalised in a run of lower case: "sent to Ring in May"."""
    before = words[match.first - 1] if match.first else None
    after = words[match.last] if match.last < len(words) else None
    if before is None or not before.key.startswith(" "):
        return False
    if not before.text.islower() or before.text in DETERMINERS:
        return False
    return after is None or not _is_proper(after)


def _is_proper(word: Word) -> bool:
    return word.key.startswith(" ") and word.text[0].isupper() and word.text[1:].islower()


class _Document:
    """What a whole text says of ambiguous names, worked out once for each of them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._clear: dict[str, bool] = {}
        self._holds: dict[str, bool] = {}

    def holds(self, phrase: str) -> bool:
        """Whether the phrase stands anywhere in the text, as whole words."""
        if phrase not in self._holds:
            found = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", self._text)
            self._holds[phrase] = found is not None
        return self._holds[phrase]

    def clears(self, name: str) -> bool:
        """Whether somewhere a clearing word stands right after the name."""
        if name not in self._clear:
            size = len(split_words(name, Span(0, len(name))))
            self._clear[name] = any(self._is_clear(at, name, size) for at in self._places(name))
        return self._clear[name]

    def _places(self, name: str) -> Iterator[int]:
        at = self._text.find(name)
        while at >= 0:
            if GIVEN_NAME.search(self._text, max(0, at - GIVEN_NAME_CHARACTERS), at) is None:
                yield at
            at = self._text.find(name, at + len(name))

    def _is_clear(self, at: int, name: str, size: int) -> bool:
        end = at + len(name)
        near = split_words(self._text, Span(at, min(len(self._text), end + CLEARING_CHARACTERS)))
        if size >= len(near) or near[size - 1].span.end != end:
            return False
        return any(row.payload.effect == "clear" for row in _contexts()[0].match_at(near, size))


@lru_cache(maxsize=2)
def _document(text: str) -> _Document:
    return _Document(text)


@cache
def _contexts() -> tuple[PhraseIndex[CompanyContextRow], PhraseIndex[CompanyContextRow]]:
    rows = load_rows("company_contexts", CompanyContextRow)
    after = PhraseIndex((word, row) for row in rows if row.side == "after" for word in row.words)
    before = PhraseIndex((word, row) for row in rows if row.side == "before" for word in row.words)
    return after, before


@cache
def _names() -> PhraseIndex[_Name]:
    return PhraseIndex([*_trap_phrases(), *_name_phrases()])


@cache
def _sorts() -> dict[str, tuple[str, ...]]:
    return {row.name: row.sorts for row in load_rows("companies", CompanyRow)}


def _trap_phrases() -> Iterator[tuple[str, _Name]]:
    for row in load_rows("company_traps", CompanyTrapRow):
        for word in row.words:
            yield word, _Name(CompanyName(""), None)


def _name_phrases() -> Iterator[tuple[str, _Name]]:
    for row in load_rows("companies", CompanyRow):
        for sort, phrases in (
            ("", (row.name, *row.aliases)),
            ("product", row.products),
            ("epithet", row.epithets),
        ):
            value = CompanyName(row.name, row.parent, sort=sort)
            for phrase in phrases:
                for wording in expand_phrase(phrase):
                    yield wording, _Name(value, row, wording in row.ambiguous)
