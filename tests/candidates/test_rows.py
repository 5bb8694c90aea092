"""Figures of tables, lists and tiles: candidates by their labels, or rejections with a reason."""

from __future__ import annotations

import time

import pytest

from govreq.article.read import read_article
from govreq.article.spans import Span
from govreq.candidates.candidate import Candidate, Rejection
from govreq.candidates.cell_figure import find_bracketed_figure, find_cell_figure, states_nothing
from govreq.candidates.labels import LABEL_TABLE, find_label_marks
from govreq.candidates.reading import Reading
from govreq.candidates.row_jurisdiction import nearest_country
from govreq.candidates.rows import assemble_rows
from govreq.mentions.cue import CueRow
from govreq.mentions.mention import Bound, Unit
from govreq.mentions.read import read_sentences
from govreq.source.document import Document
from govreq.vocabulary.loader import load_rows

TITLE = "Requests for user data, January to June 2021"


class Sheet:
    """What was read of a page, and its text."""

    def __init__(self, body: str, title: str = TITLE, publisher: str = "Dropbox") -> None:
        page = (
            f"<html><head><title>{title}</title><meta property=og:site_name content='{publisher}'>"
            f"</head><body><main><h1>{title}</h1><p>We tell how often we are asked.</p>{body}"
            "</main></body></html>"
        )
        self.article = read_article(Document(page.encode(), "report.html"))
        sentences = read_sentences(self.article)
        reading = Reading(self.article, sentences)
        self.candidates, self.rejections = assemble_rows(self.article, sentences, reading)

    def facts(self, *fields: str) -> list[tuple[object, ...]]:
        """Value and the wanted fields of each candidate, in order."""
        return [
            (candidate.value, *(value_of(candidate, field) for field in fields))
            for candidate in self.candidates
        ]

    def reasons(self) -> list[tuple[str, str]]:
        """The rejected figures with their reasons."""
        return [(item.span.of(self.article.text), item.reason) for item in self.rejections]


def value_of(candidate: Candidate, field: str) -> object:
    if field == "period":
        period = candidate.period.value
        return None if period is None else f"{period.start}..{period.end}"
    return getattr(candidate, field).value


def table(*rows: str, head: str = "") -> str:
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) + "</tr>"
        for row in rows
    )
    heads = "".join(f"<th>{cell.strip()}</th>" for cell in head.split("|")) if head else ""
    return f"<table><tr>{heads}</tr>{cells}</table>" if head else f"<table>{cells}</table>"


@pytest.mark.parametrize(
    ("cell", "value", "upper", "bound", "unit"),
    [
        ("1,234", 1234, None, Bound.EXACT, Unit.NUMBER),
        ("1,234*", 1234, None, Bound.EXACT, Unit.NUMBER),
        ("1234 [2]", 1234, None, Bound.EXACT, Unit.NUMBER),
        ("18.204", 18204, None, Bound.EXACT, Unit.NUMBER),
        ("1 234 567", 1234567, None, Bound.EXACT, Unit.NUMBER),
        ("1\u202f234", 1234, None, Bound.EXACT, Unit.NUMBER),
        ("1,00,318", 100318, None, Bound.EXACT, Unit.NUMBER),
        ("0 - 999", 0, 999, Bound.RANGE, Unit.NUMBER),
        ("1,000–1,999", 1000, 1999, Bound.RANGE, Unit.NUMBER),
        ("< 10", 10, None, Bound.MAX, Unit.NUMBER),
        ("250 or fewer", 250, None, Bound.MAX, Unit.NUMBER),
        ("500+", 500, None, Bound.MIN, Unit.NUMBER),
        ("4,6 %", 4.6, None, Bound.EXACT, Unit.PERCENT),
        ("23.125%", 23.125, None, Bound.EXACT, Unit.PERCENT),
        ("−7.5%", -7.5, None, Bound.EXACT, Unit.PERCENT),
        ("(8%)", -8, None, Bound.EXACT, Unit.PERCENT),
        ("1.28 lakh", 128000, None, Bound.EXACT, Unit.NUMBER),
        ("None", 0, None, Bound.EXACT, Unit.NUMBER),
        ("12 (40%)", 12, None, Bound.EXACT, Unit.NUMBER),
    ],
)
def test_a_cell_states_one_figure(
    cell: str, value: float, upper: float | None, bound: Bound, unit: Unit
) -> None:
    found = find_cell_figure(cell, Span(0, len(cell)))
    assert found is not None
    quantity = found.value
    assert (quantity.value, quantity.value_max, quantity.bound, quantity.unit) == (
        value,
        upper,
        bound,
        unit,
    )


@pytest.mark.parametrize(
    "cell", ["Six-month delay", "1,23,4", "12 34", "Jan 2020", "5-3", "9" * 90, "1.2.3"]
)
def test_other_cells_state_no_figure(cell: str) -> None:
    assert find_cell_figure(cell, Span(0, len(cell))) is None


@pytest.mark.parametrize("cell", ["", "N/A", "–", "-", "*", "n/r", "Not reported", "–¹", "…"])
def test_a_cell_may_state_nothing(cell: str) -> None:
    assert states_nothing(cell)


@pytest.mark.parametrize("cell", ["0", "0%", "none", "12", "Peru"])
def test_zero_is_stated(cell: str) -> None:
    assert not states_nothing(cell)


def test_a_bracket_may_hold_a_percentage() -> None:
    found = find_bracketed_figure("12 (40%)", Span(0, 8))
    assert found is not None
    assert (found.value.value, found.span) == (40, Span(4, 7))
    assert find_bracketed_figure("12 (40)", Span(0, 7)) is None


LABEL_ROWS = load_rows(LABEL_TABLE, CueRow)


@pytest.mark.parametrize("row", LABEL_ROWS, ids=[row.name for row in LABEL_ROWS])
def test_words_of_tables_fire_in_what_they_accept_and_only_there(row: CueRow) -> None:
    def fires(label: str) -> bool:
        return row.value in find_label_marks(label, Span(0, len(label)))

    assert [label for label in row.accepts if not fires(label)] == []
    assert [label for label in row.refuses if fires(label)] == []


def test_countries_by_metrics() -> None:
    sheet = Sheet(
        table(
            "Peru | 12 | 14 | 25%",
            "Phillipines* | 0 | N/A | -",
            "Other | 3 | 5 | 0%",
            "Total | 15 | 19 | 20%",
            head="Country | Requests | Accounts | % of requests where data was produced",
        )
    )
    assert sheet.facts("statistic", "counted", "outcome", "jurisdiction") == [
        (12, "count", "requests", "received", "PE"),
        (14, "count", "accounts", "received", "PE"),
        (25, "rate", "requests", "disclosed", "PE"),
        (0, "count", "requests", "received", "PH"),
        (3, "count", "requests", "received", "OTHER"),
        (5, "count", "accounts", "received", "OTHER"),
        (0, "rate", "requests", "disclosed", "OTHER"),
        (15, "count", "requests", "received", "WORLD"),
        (19, "count", "accounts", "received", "WORLD"),
        (20, "rate", "requests", "disclosed", "WORLD"),
    ]
    assert {fact[1:] for fact in sheet.facts("company", "period")} == {
        ("Dropbox", "2021-01-01..2021-06-30")
    }


def test_every_field_points_into_its_own_cell() -> None:
    sheet = Sheet(table("Peru | 12", head="Country | Subpoenas rejected, 2019"))
    (candidate,) = sheet.candidates
    text = sheet.article.text
    spans = {
        field: getattr(candidate, field).span.of(text)
        for field in ("jurisdiction", "legal_process", "outcome", "counted", "period")
    }
    assert spans == {
        "jurisdiction": "Peru",
        "legal_process": "Subpoenas",
        "outcome": "rejected",
        "counted": "Subpoenas",
        "period": "2019",
    }
    assert candidate.statement.of(text) == "Peru | 12"
    assert candidate.figure.span.of(text) == "12"


def test_processes_by_half_years() -> None:
    sheet = Sheet(
        "<h2>United States</h2>"
        + table(
            "Subpoenas | 30 | 31",
            "Orders | 9 | 8",
            "… where we gave some data | 50% | 60%",
            "Legal requests | 39 | 39",
            "Emergency requests | 2 | n/r",
            "National security letters | 0-249 | 0-249",
            head=" | 2020 H1 | 2020 H2",
        )
    )
    firsts = sheet.facts("legal_process", "outcome", "jurisdiction", "period")
    assert [fact[:3] for fact in firsts if fact[-1] == "2020-01-01..2020-06-30"] == [
        (30, "subpoena", "received"),
        (9, "court_order", "received"),
        (50, "court_order", "disclosed"),
        (39, "ordinary", "received"),
        (2, "emergency", "received"),
        (0, "nsl", "received"),
    ]
    assert {fact[3] for fact in firsts} == {"US"}
    assert sum(fact[-1] == "2020-07-01..2020-12-31" for fact in firsts) == 5


def test_nested_headers_without_th_and_bare_percents() -> None:
    sheet = Sheet(
        "<table><tr><td rowspan=2></td><td colspan=2>No data found</td><td colspan=2>Content given"
        "</td></tr><tr><td>#</td><td>%</td><td>#</td><td>%</td></tr>"
        "<tr><td>Chad</td><td>3</td><td>30</td><td>1</td><td>10</td></tr></table>"
    )
    assert sheet.facts("statistic", "outcome", "data", "jurisdiction") == [
        (3, "count", "rejected", "any", "TD"),
        (30, "rate", "rejected", "any", "TD"),
        (1, "count", "disclosed", "content", "TD"),
        (10, "rate", "disclosed", "content", "TD"),
    ]


def test_rows_that_name_a_group_and_rows_that_are_its_sum() -> None:
    groups = Sheet(
        "<table><tr><th></th><th>2019</th></tr>"
        "<tr><td colspan=2>Outside the United States</td></tr>"
        "<tr><td>Warrants</td><td>4</td></tr><tr><td colspan=2>United States</td></tr>"
        "<tr><td>Warrants</td><td>9</td></tr></table>"
    )
    assert groups.facts("jurisdiction", "legal_process") == [
        (4, "NON-US", "search_warrant"),
        (9, "US", "search_warrant"),
    ]
    sums = Sheet(
        table("July - December 2018 | 15", "Peru | 12", "Chad | 3", head="Period | Requests"),
        title="Requests for user data from outside the United States",
    )
    assert sums.facts("jurisdiction", "period") == [
        (15, "NON-US", "2018-07-01..2018-12-31"),
        (12, "PE", "2018-07-01..2018-12-31"),
        (3, "TD", "2018-07-01..2018-12-31"),
    ]


def test_shares_changes_and_removals() -> None:
    sheet = Sheet(
        "<h2>Government requests to remove content</h2>"
        + table(
            "Peru | 10 | 12 | +20% | 60% | 7",
            head="Country | 2019 | 2020 | Change | Share of total | Posts removed in 2020",
        )
    )
    assert sheet.facts("statistic", "counted", "outcome", "subject", "period") == [
        (10, "count", "requests", "received", "content_removal", "2019-01-01..2019-12-31"),
        (12, "count", "requests", "received", "content_removal", "2020-01-01..2020-12-31"),
        (20, "change", "requests", "received", "content_removal", "2020-01-01..2020-12-31"),
        (60, "share", "requests", "received", "content_removal", "2021-01-01..2021-06-30"),
        (7, "count", "items", "disclosed", "content_removal", "2020-01-01..2020-12-31"),
    ]


def test_lists_definitions_and_tiles() -> None:
    sheet = Sheet(
        "<h2>2020</h2><p>What U.S. authorities sent:</p><ul><li>Subpoenas: 81"
        "<ul><li>Full response: 54</li><li>No response: 27</li></ul></li></ul>"
        "<h2>2019</h2><dl><dt>Orders complied with</dt><dd>36 (90%)</dd></dl>"
        "<h2>2018</h2><div><div><b>7</b> <i>Warrants</i></div>"
        "<div><b>6</b> <i>Wiretaps</i></div></div>"
    )
    assert sorted(sheet.facts("statistic", "legal_process", "outcome", "period")) == sorted(
        [
            (81, "count", "subpoena", "received", "2020-01-01..2020-12-31"),
            (54, "count", "subpoena", "disclosed_full", "2020-01-01..2020-12-31"),
            (27, "count", "subpoena", "rejected", "2020-01-01..2020-12-31"),
            (36, "count", "all", "disclosed", "2019-01-01..2019-12-31"),
            (90, "rate", "all", "disclosed", "2019-01-01..2019-12-31"),
            (7, "count", "search_warrant", "received", "2018-01-01..2018-12-31"),
            (6, "count", "wiretap", "received", "2018-01-01..2018-12-31"),
        ]
    )


@pytest.mark.parametrize(
    ("heading", "head", "row", "reason"),
    [
        ("Copyright", "Country | DMCA notices", "Peru | 12", "private_party"),
        ("Enforcement of our rules", "Country | Accounts closed", "Peru | 12", "enforcement"),
        ("Business", "Country | Revenue ($ million)", "Peru | 12", "money"),
        ("Markets", "Country | Customers (million)", "Peru | 1.2", "user_base"),
        ("Requests", "Country | Requests in process", "Peru | 12", "pending"),
        ("Requests", "Country | Requests | Change", "Peru | 12 | -3", "difference"),
        ("Places", "Country | Shops", "Peru | 12", "no_demands"),
        ("Safety", "Voluntary disclosures | Number", "Threats | 12", "voluntary"),
    ],
)
def test_other_tables_are_rejected_with_a_reason(
    heading: str, head: str, row: str, reason: str
) -> None:
    sheet = Sheet(f"<h2>{heading}</h2>{table(row, head=head)}")
    assert sheet.reasons()[-1][1] == reason


def test_sentences_of_a_list_are_left_to_prose() -> None:
    sheet = Sheet("<ul><li>543 warrants (79 percent);</li><li>In 2019 we got 9 orders.</li></ul>")
    assert (sheet.candidates, sheet.rejections) == ((), ())


@pytest.mark.parametrize(
    ("publisher", "title", "company"),
    [
        ("Dropbox Transparency Report", "Requests in 2020", "Dropbox"),
        ("Initech Newsroom", "Transparency report 2020", "Initech"),
        ("Ministry of Justice", "Requests in 2020", None),
        ("The Daily Ledger", "What Google was asked for in 2020", "Google"),
    ],
)
def test_the_company_is_who_publishes_about_itself(
    publisher: str, title: str, company: str | None
) -> None:
    sheet = Sheet(table("Peru | 12", head="Country | Requests"), title, publisher)
    assert sheet.facts("company") == [(12, company)]


def test_remarks_and_ranks_are_rejections() -> None:
    sheet = Sheet(
        table(
            "1 | Peru | 12 | See note 4",
            "2 | Chad | 3 | -",
            head="# | Country | Requests | Subpoenas",
        )
    )
    assert sheet.facts("jurisdiction") == [(12, "PE"), (3, "TD")]
    assert sorted(sheet.reasons()) == [("1", "rank"), ("2", "rank"), ("See note 4", "remark")]


def test_a_misspelt_country_is_the_nearest_and_another_word_is_none() -> None:
    assert nearest_country("Columbia") == "CO"
    assert nearest_country("Narnia") is None


def test_thousands_of_rows_are_decided_in_time() -> None:
    rows = [f"Office {n} | {n} | {n + 1}" for n in range(5_000)]
    started = time.process_time()
    sheet = Sheet(table(*rows, head="Office | Requests | Accounts"))
    assert time.process_time() - started < 10
    assert len(sheet.candidates) == 10_000


def test_no_number_is_both_or_twice() -> None:
    sheet = Sheet(
        table("Peru | 12 | 7", "Chad | 3 | 1", head="Country | Requests | Requests in process")
    )
    taken: list[Candidate | Rejection] = [*sheet.candidates, *sheet.rejections]
    spans = [item.figure.span if isinstance(item, Candidate) else item.span for item in taken]
    assert len(spans) == len(set(spans)) == 4
