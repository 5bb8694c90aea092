"""PDFs are read as pages are: the same text, tables and records, with the page in the evidence."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from govreq.article.article import BlockKind, RemovalReason
from govreq.article.pdf_columns import find_columns, is_row, is_value
from govreq.article.pdf_edges import drop_edges
from govreq.article.pdf_file import PdfPage
from govreq.article.pdf_words import Glyph, Word, build_lines, build_words, join_words
from govreq.article.read import read_article
from govreq.errors import RefusedError
from govreq.extraction import extract
from govreq.records.record import Record
from govreq.settings import Settings
from govreq.source.document import Document
from govreq.source.local import document_of_bytes

FOLDER = Path(__file__).parents[2] / "fixtures" / "pdf"
PRINTS = sorted(path.stem for path in FOLDER.glob("*.pdf"))
FIELDS = (
    "statistic",
    "value",
    "value_max",
    "bound",
    "counted",
    "outcome",
    "subject",
    "legal_process",
    "data",
    "company",
    "jurisdiction",
)


def load(name: str) -> Document:
    return document_of_bytes((FOLDER / f"{name}.pdf").read_bytes(), f"{name}.pdf")


def describe(record: Record) -> dict[str, object]:
    dumped = record.model_dump(mode="json")
    return {field: dumped[field] for field in FIELDS} | {"period": dumped["period"]}


@pytest.mark.parametrize("name", PRINTS)
def test_print_gives_its_records_with_the_page(name: str) -> None:
    expected = json.loads((FOLDER / f"{name.removesuffix('-untagged')}.json").read_bytes())
    extraction = extract(load(name))
    assert extraction.status == "ok"
    wanted = [{key: one[key] for key in (*FIELDS, "period")} for one in expected["records"]]
    assert [describe(record) for record in extraction.records] == wanted
    assert {one.page for record in extraction.records for one in record.evidence} == {1}
    article = extraction.article
    assert article is not None
    assert (article.title, article.publisher) == (expected["title"], expected["publisher"])
    assert (article.published and article.published.isoformat()) == expected["published"]


@pytest.mark.parametrize("name", ["ruled-table", "ruled-table-untagged", "unruled-table-untagged"])
def test_cells_are_exact_spans(name: str) -> None:
    article = read_article(load(name))
    [table] = article.tables
    rows = [block for block in article.blocks if block.kind is BlockKind.TABLE_ROW]
    for number, row in enumerate(rows):
        cells = [cell.span.of(article.text) for cell in table.cells if cell.row == number]
        assert row.span.of(article.text) == " | ".join(cells)
    assert len({cell.column for cell in table.cells}) == 4


@pytest.mark.parametrize("name", ["text-article", "text-article-untagged"])
def test_columns_are_read_one_after_the_other(name: str) -> None:
    article = read_article(load(name))
    kinds = [block.kind for block in article.blocks]
    assert kinds.count(BlockKind.LIST_ITEM) == 2
    assert kinds.count(BlockKind.HEADING) == 1
    left, right = article.text.index("The report does not say"), article.text.index("Its lawyers")
    assert left < article.text.index("their own legal departments.") < right


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    extraction = extract(load("ruled-table"))
    assert (extraction.status, extraction.reason) == ("refused", "pdf_extra_missing")
    assert "pip install 'govreq[pdf]'" in extraction.message
    assert "\n" not in extraction.message


def test_limits_cut_and_say_so() -> None:
    with pytest.raises(RefusedError) as caught:
        read_article(Document(b"%PDF-1.7\nnothing", "a.pdf", "application/pdf"))
    assert caught.value.reason == "damaged_pdf"
    cut = (FOLDER / "ruled-table.pdf").read_bytes()[:9_000]
    damaged = extract(Document(cut, "a.pdf", "application/pdf"))
    assert damaged.status in ("refused", "partial")
    assert damaged.reason
    few = extract(load("ruled-table"), Settings(max_pdf_pages=1))
    assert few.status == "ok"


def glyphs(text: str, x: float, base: float, size: float = 10.0) -> list[Glyph]:
    return [
        Glyph(sign, x + n * size / 2, x + (n + 1) * size / 2, base, size, False, -1)
        for n, sign in enumerate(text)
    ]


def test_raised_mark_does_not_lengthen_a_number() -> None:
    words = build_words([*glyphs("27,664", 0, 100), *glyphs("1", 30, 96, 6), *glyphs("x", 60, 100)])
    [line] = build_lines(words)
    assert line.text == "27,664 x"


def test_columns_are_the_white_that_rows_leave() -> None:
    rows = [
        build_lines(build_words([*glyphs(label, 0, base), *glyphs(figure, 150, base)]))[0]
        for base, label, figure in ((10, "Spain and Italy", "12"), (25, "Peru", "1,300"))
    ]
    assert all(map(is_row, rows))
    assert len(find_columns(rows)) == 2


def test_no_word_is_lost_between_lines() -> None:
    words = [Word("one", 0, 15, 10, 10, False), Word("two", 20, 35, 10.5, 10, False)]
    assert join_words(build_lines(words)[0].words) == "one two"
    assert not is_value("two")


def running_pages() -> list[PdfPage]:
    """Three pages with a running head, a page number, and a table that begins at the top."""
    return [
        PdfPage(
            number,
            600,
            800,
            [
                *build_words(glyphs("Initech transparency", 50, 40)),
                *build_words(glyphs(f"Spain {number}12", 50, 300)),
                *build_words(glyphs(f"{number} of 3", 280, 780)),
            ],
        )
        for number in (1, 2, 3)
    ]


def test_running_lines_are_removed_with_a_reason() -> None:
    pages = running_pages()
    removed = drop_edges(pages)
    assert {item.reason for item in removed} == {RemovalReason.PAGE_EDGE}
    assert [item.rule for item in removed] == ["running line", "page number"] * 3
    assert [page.words[0].text for page in pages] == ["Spain"] * 3


EMPTY = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""


def test_pdf_without_text_is_refused_by_name() -> None:
    extraction = extract(Document(EMPTY, "scan.pdf", "application/pdf"))
    assert (extraction.status, extraction.reason) == ("refused", "no_text_layer")
