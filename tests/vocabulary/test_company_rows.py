"""Every company row fires in its own examples, and not in those that it refuses."""

import pytest

from govreq.article.spans import Span
from govreq.mentions.company import (
    CompanyContextRow,
    CompanyRow,
    CompanyTrapRow,
    find_companies,
)
from govreq.mentions.company_reference import FOLLOWERS, MODIFIERS, CompanyReferenceRow
from govreq.mentions.mention import CompanyName, Mention
from govreq.vocabulary.loader import load_rows

ROWS = load_rows("companies", CompanyRow)
REFERENCES = [
    row
    for row in load_rows("company_references", CompanyReferenceRow)
    if row.name not in (MODIFIERS, FOLLOWERS)
]
TRAPS = load_rows("company_traps", CompanyTrapRow)
CONTEXTS = load_rows("company_contexts", CompanyContextRow)


def companies_in(sentence: str) -> tuple[Mention[CompanyName], ...]:
    return find_companies(sentence, Span(0, len(sentence)))


def names_in(sentence: str) -> list[str]:
    return [mention.value.name for mention in companies_in(sentence) if mention.value.name]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row_fires_in_what_it_accepts_and_only_there(row: CompanyRow) -> None:
    assert row.accepts
    assert [s for s in row.accepts if row.name not in names_in(s)] == []
    assert [s for s in row.refuses if row.name in names_in(s)] == []


@pytest.mark.parametrize("row", REFERENCES, ids=lambda row: row.name)
def test_reference_fires_in_what_it_accepts_and_only_there(row: CompanyReferenceRow) -> None:
    def sorts(sentence: str) -> list[str]:
        return [item.value.sort for item in companies_in(sentence) if item.value.generic]

    assert row.accepts
    assert [s for s in row.accepts if row.name not in sorts(s)] == []
    assert [s for s in row.refuses if row.name in sorts(s)] == []


@pytest.mark.parametrize("row", TRAPS, ids=lambda row: row.name)
def test_trap_swallows_the_name(row: CompanyTrapRow) -> None:
    assert row.accepts
    assert [s for s in row.accepts if names_in(s)] == []
    assert [s for s in row.refuses if not names_in(s)] == []


@pytest.mark.parametrize("row", CONTEXTS, ids=lambda row: row.name)
def test_context_decides_about_the_name_beside_it(row: CompanyContextRow) -> None:
    name, clears = ("Ring", True) if row.effect == "clear" else ("Google", False)
    assert row.accepts
    assert [s for s in row.accepts if (name in names_in(s)) != clears] == []
    assert [s for s in row.refuses if (name in names_in(s)) == clears] == []


def test_names_are_unique_and_owners_are_known() -> None:
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names))
    unlisted = {row.parent for row in ROWS if row.parent} - set(names)
    assert unlisted <= {"Blockchain", "Square"}


def test_ambiguous_words_are_words_of_their_row() -> None:
    for row in ROWS:
        words = {row.name, *row.aliases, *row.products}
        assert set(row.ambiguous) <= words, row.name


def test_every_sort_of_a_reference_fits_some_company_or_any() -> None:
    sorts = {sort for row in ROWS for sort in row.sorts}
    free = {"company", "platform", "pronoun", "first person"}
    assert [row.name for row in REFERENCES if row.name not in sorts | free] == []
