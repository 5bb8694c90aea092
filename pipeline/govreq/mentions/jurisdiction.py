"""Jurisdictions named in the text: countries, their parts, groups, and what stands for them.

Names come from the ``jurisdiction*`` vocabulary tables. A phrase of ``jurisdiction_traps`` swallows
the name within it ("the Washington Post"); a word of ``jurisdiction_contexts`` beside a name
refuses it or makes it an ``attribute`` ("the American company"): a place named without being the
one that asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from govreq.article.spans import Span
from govreq.mentions.mention import JurisdictionName, Mention
from govreq.mentions.phrase import (
    PhraseIndex,
    PhraseMatch,
    Word,
    expand_phrase,
    split_words,
)
from govreq.vocabulary.loader import Row, load_rows

JURISDICTION_TABLES = (
    "jurisdictions",
    "jurisdiction_parts",
    "jurisdiction_groups",
    "jurisdiction_places",
    "jurisdiction_references",
)
"""Tables of names, in the order in which a name that stands in two of them is decided."""

FOOTNOTE_MARKS = re.compile(r"\[\w{1,3}\]|[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]+|(?<=[^\W\d])\d{1,2}$")
"""A footnote's mark. Accepts: "*", "[1]", "2" in "Germany2". Refuses: "U" in "U.S."."""

BRACKETED_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
"""A remark at the end of a cell. Accepts: " (a)" in "Germany (a)". Refuses: "(a) Germany"."""


class JurisdictionRow(Row):
    """One jurisdiction, or one set of places or references, with the words that stand for it.

    ``cells`` are names met in tables alone. ``persons`` are those of the words that are people's
    names too. Where ``near`` is given, the row holds only in a sentence that has one of them.
    """

    name: str
    code: str
    form: Literal["name", "group", "place", "generic"] = "name"
    words: tuple[str, ...]
    demonyms: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class TrapRow(Row):
    """Phrases that hold a jurisdiction's name and do not mean it."""

    name: str
    words: tuple[str, ...]


class ContextRow(Row):
    """Words right before or after a name that refuse it, weaken it or keep it."""

    name: str
    side: Literal["before", "after"]
    effect: Literal["refuse", "attribute", "keep"]
    forms: tuple[str, ...]
    rows: tuple[str, ...] = ()
    words: tuple[str, ...]

    def applies_to(self, name: JurisdictionName, row: JurisdictionRow) -> bool:
        """Whether the row speaks about mentions of this form and table row."""
        return name.form in self.forms and (not self.rows or row.name in self.rows)


@dataclass(frozen=True, slots=True)
class _Name:
    """What one phrase stands for; ``row`` is None for a trap."""

    value: JurisdictionName
    rule: str
    row: JurisdictionRow | None


def find_jurisdictions(text: str, within: Span) -> tuple[Mention[JurisdictionName], ...]:
    """The jurisdictions of ``text[within.start:within.end]``, in the order of the text.

    The longest name wins where two begin at one word; mentions never overlap.
    """
    words = split_words(text, within)
    found: list[Mention[JurisdictionName]] = []
    for match in _match_names(words):
        mention = _read_mention(words, match)
        if mention is not None:
            found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.span))


def _match_names(words: Sequence[Word]) -> list[PhraseMatch[_Name]]:
    """Names first, references such as "the country" only in the words that no name takes."""
    taken: list[PhraseMatch[_Name]] = []
    used: set[int] = set()
    for index in _names():
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
    index: PhraseIndex[_Name], words: Sequence[Word], at: int
) -> Iterator[PhraseMatch[_Name]]:
    for match in index.match_at(words, at):
        row = match.payload.row
        if row is None or not row.near or _stands_near(words, row.near):
            yield match


def resolve_jurisdiction_name(text: str) -> JurisdictionName | None:
    """The jurisdiction of a table cell that holds a name only, else None.

    Case, diacritics, footnote marks ("Germany [1]", "France*") and a bracketed remark ("Taiwan
    (Province of China)") make no difference; a two-letter code in capitals is read as ISO 3166-1.

    >>> resolve_jurisdiction_name("Korea, Republic of*")
    JurisdictionName(code='KR', form='name')
    """
    bare = FOOTNOTE_MARKS.sub("", text).strip(" \t\r\n:;,.-")
    for wording in (bare, BRACKETED_REMARK.sub("", bare)):
        name = _cells().get(_fold_cell(wording))
        if name is not None:
            return name
    return JurisdictionName(bare) if bare in _country_codes() else None


def _fold_cell(text: str) -> str:
    words = [word.key.strip() for word in split_words(text, Span(0, len(text)))]
    kept = [word for word in words if word not in (".", ",", "'")]
    return " ".join(word for word in kept if word != "the") or " ".join(kept)


def _stands_near(words: Sequence[Word], near: tuple[str, ...]) -> bool:
    index = _near_index(near)
    return any(next(index.match_at(words, at), None) for at in range(len(words)))


def _read_mention(
    words: Sequence[Word], match: PhraseMatch[_Name]
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
    elif form == "demonym" and _is_language(words, match):
        return None
    span = Span(words[match.first].span.start, words[match.last - 1].span.end)
    return Mention(span, JurisdictionName(name.value.code, form), rule)


def _context(
    words: Sequence[Word], match: PhraseMatch[_Name], name: JurisdictionName, row: JurisdictionRow
) -> ContextRow | None:
    """The context row that applies: the longest one after the name, else the one before it."""
    after, before = _contexts()
    for beside in after.match_at(words, match.last) if match.last < len(words) else ():
        if beside.payload.applies_to(name, row):
            return beside.payload
    for start in range(max(0, match.first - 5), match.first):
        for beside in before.match_at(words, start):
            if beside.last == match.first and beside.payload.applies_to(name, row):
                return beside.payload
    return None


def _is_joined(words: Sequence[Word], match: PhraseMatch[_Name]) -> bool:
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


def _is_language(words: Sequence[Word], match: PhraseMatch[_Name]) -> bool:
    """Whether the demonym is a language: "written in German."."""
    if match.first == 0 or words[match.first - 1].key != " in" or match.last - match.first > 1:
        return False
    return match.last == len(words) or not words[match.last].text[0].isalnum()


def _is_pronoun(words: Sequence[Word], match: PhraseMatch[_Name]) -> bool:
    """Whether "US" is the pronoun in a line that is all capitals: "CONTACT US"."""
    if match.last - match.first > 1 or words[match.first].text != "US":
        return False
    before = words[match.first - 1].text if match.first else ""
    return before in {"ABOUT", "CONTACT", "FOLLOW", "JOIN", "TELL", "GIVE", "HELP", "ASK", "LET"}


def _is_person(words: Sequence[Word], match: PhraseMatch[_Name], row: JurisdictionRow) -> bool:
    """Whether a capitalised neighbour makes the name a person's: "Jordan Smith", "Mark Chad"."""
    if match.last - match.first > 1 or words[match.first].text not in row.persons:
        return False
    beside = (*words[match.last : match.last + 1], *words[max(0, match.first - 1) : match.first])
    return (
        any(map(_is_proper, beside))
        and _context(words, match, JurisdictionName("", "person"), row) is None
    )


def _is_proper(word: Word) -> bool:
    """Whether the word is written like a given name or a surname."""
    return word.key.startswith(" ") and word.text[0].isupper() and word.text[1:].islower()


@cache
def _cells() -> dict[str, JurisdictionName]:
    """Every name of a table cell, folded; the first table that has a name decides."""
    cells: dict[str, JurisdictionName] = {}
    for table in JURISDICTION_TABLES[:3]:
        for row in load_rows(table, JurisdictionRow):
            for cell in (*row.cells, *row.words, *row.demonyms):
                for wording in expand_phrase(cell) if cell not in row.cells else (cell,):
                    cells.setdefault(_fold_cell(wording), JurisdictionName(row.code, row.form))
    return cells


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(row.code for row in load_rows("jurisdictions", JurisdictionRow))


@cache
def _near_index(near: tuple[str, ...]) -> PhraseIndex[None]:
    return PhraseIndex((phrase, None) for phrase in near)


@cache
def _contexts() -> tuple[PhraseIndex[ContextRow], PhraseIndex[ContextRow]]:
    rows = load_rows("jurisdiction_contexts", ContextRow)
    after = PhraseIndex((w, row) for row in rows if row.side == "after" for w in row.words)
    before = PhraseIndex((w, row) for row in rows if row.side == "before" for w in row.words)
    return after, before


@cache
def _names() -> tuple[PhraseIndex[_Name], PhraseIndex[_Name]]:
    """The names and their traps, and the references."""
    phrases = list(_name_phrases())
    names = [entry for entry in phrases if entry[1].value.form != "generic"]
    references = [entry for entry in phrases if entry[1].value.form == "generic"]
    return PhraseIndex([*_trap_phrases(), *names]), PhraseIndex(references)


def _trap_phrases() -> Iterator[tuple[str, _Name]]:
    for row in load_rows("jurisdiction_traps", TrapRow):
        for word in row.words:
            yield word, _Name(JurisdictionName("", "trap"), f"jurisdiction_traps:{row.name}", None)


def _name_phrases() -> Iterator[tuple[str, _Name]]:
    # A row that needs something near is asked before a row of the same name that does not.
    tables = [
        (table, row) for table in JURISDICTION_TABLES for row in load_rows(table, JurisdictionRow)
    ]
    for table, row in sorted(tables, key=lambda entry: not entry[1].near):
        rule = f"{table}:{row.name}"
        for word in row.words:
            yield word, _Name(JurisdictionName(row.code, row.form), rule, row)
        for word in row.demonyms:
            yield word, _Name(JurisdictionName(row.code, "demonym"), rule, row)
