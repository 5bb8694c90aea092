"""Every cue row fires in its own examples, and not in those that it refuses."""

import pytest

from govreq.article.spans import Span
from govreq.mentions.cue import CUE_TABLES, CueRow, find_cues_of
from govreq.vocabulary.loader import load_rows

ROWS = [(field, row) for field, table in CUE_TABLES.items() for row in load_rows(table, CueRow)]


def rules_in(field: str, sentence: str) -> list[str]:
    return [cue.rule for cue in find_cues_of(field, sentence, Span(0, len(sentence)))]


@pytest.mark.parametrize(("field", "row"), ROWS, ids=[f"{f}-{r.name}" for f, r in ROWS])
def test_row_fires_in_what_it_accepts_and_only_there(field: str, row: CueRow) -> None:
    rule = f"{CUE_TABLES[field]}:{row.name}"
    assert row.accepts
    assert [s for s in row.accepts if rule not in rules_in(field, s)] == []
    assert [s for s in row.refuses if rule in rules_in(field, s)] == []


@pytest.mark.parametrize("table", CUE_TABLES.values())
def test_names_of_a_table_are_unique(table: str) -> None:
    names = [row.name for row in load_rows(table, CueRow)]
    assert len(names) == len(set(names))
