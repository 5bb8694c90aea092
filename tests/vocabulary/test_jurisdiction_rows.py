"""Every jurisdiction row fires in its own examples, and not in those that it refuses."""

import pytest

from govreq.article.spans import Span
from govreq.mentions.jurisdiction import (
    JURISDICTION_TABLES,
    ContextRow,
    JurisdictionRow,
    TrapRow,
    find_jurisdictions,
)
from govreq.mentions.mention import JurisdictionName, Mention
from govreq.vocabulary.loader import load_rows

ROWS = [(table, row) for table in JURISDICTION_TABLES for row in load_rows(table, JurisdictionRow)]
TRAPS = load_rows("jurisdiction_traps", TrapRow)
CONTEXTS = load_rows("jurisdiction_contexts", ContextRow)


def jurisdictions_in(sentence: str) -> tuple[Mention[JurisdictionName], ...]:
    return find_jurisdictions(sentence, Span(0, len(sentence)))


def codes_by(rule: str, sentence: str) -> list[str]:
    found = jurisdictions_in(sentence)
    return [mention.value.code for mention in found if mention.rule == rule]


@pytest.mark.parametrize(("table", "row"), ROWS, ids=[f"{t}-{r.name}" for t, r in ROWS])
def test_row_fires_in_what_it_accepts_and_only_there(table: str, row: JurisdictionRow) -> None:
    rule = f"{table}:{row.name}"
    assert row.accepts
    assert [s for s in row.accepts if row.code not in codes_by(rule, s)] == []
    assert [s for s in row.refuses if codes_by(rule, s)] == []


@pytest.mark.parametrize("row", TRAPS, ids=lambda row: row.name)
def test_trap_swallows_the_name(row: TrapRow) -> None:
    assert row.accepts
    assert [s for s in row.accepts if jurisdictions_in(s)] == []
    assert [s for s in row.refuses if not jurisdictions_in(s)] == []


@pytest.mark.parametrize("row", CONTEXTS, ids=lambda row: row.name)
def test_context_leaves_no_plain_mention(row: ContextRow) -> None:
    def plain(sentence: str) -> list[str]:
        found = jurisdictions_in(sentence)
        return [mention.rule for mention in found if mention.value.form != "attribute"]

    assert row.accepts or row.refuses
    assert [s for s in row.accepts if plain(s)] == []
    assert [s for s in row.refuses if not plain(s)] == []


@pytest.mark.parametrize("table", JURISDICTION_TABLES)
def test_rows_of_a_table_have_names_of_their_own(table: str) -> None:
    names = [row.name for row in load_rows(table, JurisdictionRow)]
    assert len(names) == len(set(names))


def test_every_country_has_its_row() -> None:
    codes = [row.code for row in load_rows("jurisdictions", JurisdictionRow)]
    assert len(codes) == len(set(codes)) == 250  # ISO 3166-1 and Kosovo
    assert all(len(code) == 2 and code.isupper() for code in codes)
