"""Tables of a page: their grid, what is no table, and that hostile ones cost nothing."""

from __future__ import annotations

import time

import pytest

from govreq.article.article import Article, BlockKind
from govreq.article.read import read_article
from govreq.source.document import Document

INTRODUCTION = "<p>Twice a year we say how many demands for data we were sent, and by whom.</p>"
QUICK = 0.1
"""Seconds that a hostile table may take."""


def read_body(body: str) -> Article:
    page = (
        f"<html><head><title>Demands for data</title></head><body><main>{body}</main></body></html>"
    )
    return read_article(Document(page.encode(), "report.html"))


def rows_of(article: Article) -> list[str]:
    return [
        block.span.of(article.text) for block in article.blocks if block.kind is BlockKind.TABLE_ROW
    ]


def places_of(article: Article) -> list[tuple[str, int, int, int, int]]:
    return [
        (cell.span.of(article.text), cell.row, cell.column, cell.rows, cell.columns)
        for cell in article.tables[0].cells
    ]


def test_cells_have_their_grid_places_and_exact_spans() -> None:
    article = read_body(
        f"{INTRODUCTION}<table><tr><th rowspan=2>State</th><th colspan=2>Warrants</th></tr>"
        "<tr><th>got</th><th>met</th></tr><tr><td>Peru</td><td>14</td><td>9</td></tr></table>"
    )
    assert places_of(article) == [
        ("State", 0, 0, 2, 1),
        ("Warrants", 0, 1, 1, 2),
        ("got", 1, 1, 1, 1),
        ("met", 1, 2, 1, 1),
        ("Peru", 2, 0, 1, 1),
        ("14", 2, 1, 1, 1),
        ("9", 2, 2, 1, 1),
    ]
    assert rows_of(article) == ["State | Warrants", "State | got | met", "Peru | 14 | 9"]


def test_a_cell_reaches_no_further_than_its_section() -> None:
    article = read_body(
        f"{INTRODUCTION}<table><thead><tr><th rowspan=9>State</th><th>Orders</th></tr></thead>"
        "<tbody><tr><td>Peru</td><td>14</td></tr></tbody></table>"
    )
    assert places_of(article)[0] == ("State", 0, 0, 1, 1)
    assert rows_of(article)[1] == "Peru | 14"


def test_what_is_not_shown_in_a_cell_is_left_out() -> None:
    article = read_body(
        f"{INTRODUCTION}<table><tr><td>Peru</td><td><b style='display: none'>0014</b>14</td></tr>"
        "<tr><td>Chad</td><td><b hidden>0009</b>9</td></tr></table>"
    )
    assert rows_of(article) == ["Peru | 14", "Chad | 9"]


def test_labels_for_small_screens_and_footnote_marks_are_left_out() -> None:
    article = read_body(
        f"{INTRODUCTION}<table><tr><th>State</th><th>Orders</th></tr>"
        "<tr><td><i>State</i> Peru</td><td><i>Orders</i> 14<sup>2</sup></td></tr></table>"
    )
    assert rows_of(article)[1] == "Peru | 14"


def test_definitions_roles_and_clear_grids_are_tables() -> None:
    article = read_body(
        f"{INTRODUCTION}<dl><dt>Orders</dt><dd>14</dd><dt>Warrants</dt><dd>3</dd></dl>"
        "<div role=table><div role=row><b role=columnheader>State</b>"
        "<b role=columnheader>Orders</b>"
        "</div><div role=row><b role=cell>Peru</b><b role=cell>5</b></div></div>"
        "<div><div><p>State</p><p>Orders</p></div><div><p>Chad</p><p>6</p></div>"
        "<div><p>Oman</p><p>7</p></div></div>"
    )
    assert [len(table.cells) for table in article.tables] == [4, 4, 6]
    assert rows_of(article)[-1] == "Oman | 7"


def test_numbered_links_and_layouts_are_no_tables() -> None:
    article = read_body(
        f"{INTRODUCTION}<ul><li><b>1</b><a href=/a>First</a></li><li><b>2</b><a href=/b>Second</a>"
        "</li></ul><table><tr><td><h2>Orders</h2><p>We got many of them, as we do each year.</p>"
        "</td><td>Menu</td></tr></table>"
    )
    assert article.tables == ()


def test_a_title_and_a_table_are_enough_for_a_body() -> None:
    article = read_body(
        "<h1>Orders by state</h1><p>In 2020.</p><table><tr><td>Peru</td><td>14</td></tr></table>"
    )
    assert "In 2020." in article.text
    assert rows_of(article) == ["Peru | 14"]


def test_tables_of_page_furniture_are_left_out() -> None:
    article = read_body(
        INTRODUCTION * 3 + "<aside><table><tr><td>Gold</td><td>1,812</td></tr></table></aside>"
        "<div class=most-read><div><b>14</b><i>Shares fall</i></div>"
        "<div><b>9</b><i>Rain</i></div></div>"
    )
    assert article.tables == ()
    assert "1,812" not in article.text
    assert any("1,812" in removed.text for removed in article.removed)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (
            "<table><tr><th colspan=9007199254740991>Orders</th><tr><td>Peru</td><td>14</table>",
            "Peru | 14",
        ),
        (
            "<table><tr><td rowspan=65534>Peru</td><td>14</td></tr><tr><td>15</td></tr></table>",
            "Peru | 15",
        ),
        ("<table><tr><td>" * 50 + "Peru</td><td>14" + "</td></tr></table>" * 50, "Peru | 14"),
        (
            f"<table>{'<tr><td rowspan=999 colspan=999>Peru</td><td>14</td></tr>' * 300}</table>",
            "Peru | 14",
        ),
        ("<div>" * 150 + "<div><b>Peru</b><b>14</b></div>" * 3 + "</div>" * 150, "Peru | 14"),
    ],
    ids=["huge colspan", "rowspan past the end", "nested", "spans on spans", "deep grid"],
)
def test_hostile_tables_keep_their_text_and_cost_nothing(table: str, row: str) -> None:
    taken: list[float] = []
    for _ in range(3):
        started = time.process_time()
        article = read_body(INTRODUCTION + table)
        taken.append(time.process_time() - started)
        assert row in article.text
    assert min(taken) < QUICK


def test_five_thousand_rows_are_read_in_time() -> None:
    rows = "".join(f"<tr><td>Office {n}</td><td>{n}</td><td>{n}%</td></tr>" for n in range(5_000))
    started = time.process_time()
    article = read_body(f"{INTRODUCTION}<table>{rows}</table>")
    assert time.process_time() - started < 3
    assert len(article.tables[0].cells) == 15_000
