"""The jurisdiction tables: their rows, the names by phrase, and the names of table cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from govreq.article.spans import Span
from govreq.mentions.mention import JurisdictionName
from govreq.mentions.phrase import PhraseIndex, expand_phrase, split_words
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
    form: Literal["name", "group", "region", "rest", "place", "generic"] = "name"
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
class NameEntry:
    """What one phrase stands for; ``row`` is None for a trap."""

    value: JurisdictionName
    rule: str
    row: JurisdictionRow | None


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
    """The words of a cell, folded, without signs (money signs excepted) and without "the"."""
    words = [word.key.strip() for word in split_words(text, Span(0, len(text)))]
    spelt = ["and" if word == "&" else word for word in words if word.isalnum() or word in "&$€£%"]
    return " ".join(word for word in spelt if word != "the") or " ".join(spelt)


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
def list_contexts() -> tuple[PhraseIndex[ContextRow], PhraseIndex[ContextRow]]:
    """The contexts that stand after a name, and those that stand before it."""
    rows = load_rows("jurisdiction_contexts", ContextRow)
    after = PhraseIndex((w, row) for row in rows if row.side == "after" for w in row.words)
    before = PhraseIndex((w, row) for row in rows if row.side == "before" for w in row.words)
    return after, before


@cache
def list_names() -> tuple[PhraseIndex[NameEntry], PhraseIndex[NameEntry]]:
    """The names and their traps, and the references."""
    phrases = list(_name_phrases())
    names = [entry for entry in phrases if entry[1].value.form != "generic"]
    references = [entry for entry in phrases if entry[1].value.form == "generic"]
    return PhraseIndex([*_trap_phrases(), *names]), PhraseIndex(references)


def _trap_phrases() -> Iterator[tuple[str, NameEntry]]:
    for row in load_rows("jurisdiction_traps", TrapRow):
        for word in row.words:
            yield (
                word,
                NameEntry(JurisdictionName("", "trap"), f"jurisdiction_traps:{row.name}", None),
            )


def _name_phrases() -> Iterator[tuple[str, NameEntry]]:
    # A row that needs something near is asked before a row of the same name that does not.
    tables = [
        (table, row) for table in JURISDICTION_TABLES for row in load_rows(table, JurisdictionRow)
    ]
    for table, row in sorted(tables, key=lambda entry: not entry[1].near):
        rule = f"{table}:{row.name}"
        for word in row.words:
            yield word, NameEntry(JurisdictionName(row.code, row.form), rule, row)
        for word in row.demonyms:
            yield word, NameEntry(JurisdictionName(row.code, "demonym"), rule, row)
