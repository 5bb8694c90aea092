"""Period expressions: every form, with its period at three publication dates."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreq.article.spans import Span
from govreq.mentions.fiscal_year import FiscalYearRow, first_fiscal_month
from govreq.mentions.mention import Anchor, Mention, Period, PeriodExpression
from govreq.mentions.period import FORMS, GATE, find_periods
from govreq.mentions.period_resolve import resolve_period
from govreq.vocabulary.loader import load_rows

DATES = (date(2014, 2, 3), date(2021, 8, 2), date(2022, 12, 30))
"""Publication dates of the table: early in a year, in its second half, at its very end."""


def periods_in(text: str) -> tuple[Mention[PeriodExpression], ...]:
    return find_periods(text, Span(0, len(text)))


def show(mention: Mention[PeriodExpression], published: date | None) -> str:
    """The period as "2020-01..2020-06", with days where it has no whole months; "-" for none."""
    period = resolve_period(mention.value, published, ())
    if period is None:
        return "-"
    start, end = period.start.isoformat(), period.end.isoformat()
    whole = period.start.day == 1 and (period.end + timedelta(days=1)).day == 1
    return f"{start[:7]}..{end[:7]}" if whole else f"{start}..{end}"


ABSOLUTE = [
    # form, wording, period
    ("half", "the first half of 2020", "2020-01..2020-06"),
    ("half", "first half 2020", "2020-01..2020-06"),
    ("half", "first six months of 2020", "2020-01..2020-06"),
    ("half", "the last six months of 2020", "2020-07..2020-12"),
    ("half", "the final half of 2020", "2020-07..2020-12"),
    ("half", "the latter half of 2020", "2020-07..2020-12"),
    ("half", "the second half of the year 2020", "2020-07..2020-12"),
    ("first months", "the first nine months of 2020", "2020-01..2020-09"),
    ("quarter to a month", "the March quarter of 2020", "2020-01..2020-03"),
    ("'20", "for '20", "2020-01..2020-12"),
    ("until month", "till June 2020", "2020-01..2020-06"),
    ("half", "THE FIRST HALF OF 2020", "2020-01..2020-06"),
    ("stretch", "JANUARY TO JUNE 2020", "2020-01..2020-06"),
    ("quarter", "Second Quarter Of 2020", "2020-04..2020-06"),
    ("year's half", "2020's first half", "2020-01..2020-06"),
    ("H1 2020", "H1 2020", "2020-01..2020-06"),
    ("2020 H1", "2020 H1", "2020-01..2020-06"),
    ("2020 H1", "2020H2", "2020-07..2020-12"),
    ("1H 2020", "1H 2020", "2020-01..2020-06"),
    ("1H 2020", "2H20", "2020-07..2020-12"),
    ("quarter", "the third quarter of 2021", "2021-07..2021-09"),
    ("Q3 2021", "Q3 2021", "2021-07..2021-09"),
    ("2021 Q3", "2021 Q3", "2021-07..2021-09"),
    ("3Q21", "3Q21", "2021-07..2021-09"),
    ("fiscal year", "fiscal year 2020", "2020-01..2020-12"),
    ("fiscal year", "FY 2019-20", "2019-04..2020-03"),
    ("2019-20", "2019-20", "2019-04..2020-03"),
    ("2019-20", "2018-20", "2018-01..2020-12"),
    ("2020 fiscal year", "the 2020 fiscal year", "2020-01..2020-12"),
    ("years", "from 2018 to 2020", "2018-01..2020-12"),
    ("years", "2018-2020", "2018-01..2020-12"),
    ("between years", "between 2018 and 2020", "2018-01..2020-12"),
    ("stretch", "January to June 2020", "2020-01..2020-06"),
    ("stretch", "between January and June 2020", "2020-01..2020-06"),
    ("stretch", "Jan. 1 - June 30, 2020", "2020-01..2020-06"),
    ("stretch", "from 1 January 2020 to 30 June 2020", "2020-01..2020-06"),
    ("stretch", "July–December 2019", "2019-07..2019-12"),
    ("stretch", "Jul-Dec 2020", "2020-07..2020-12"),
    ("stretch", "Jan-Jun '20", "2020-01..2020-06"),
    ("stretch", "July through December of 2019", "2019-07..2019-12"),
    ("stretch", "from July 2020 to June 2021", "2020-07..2021-06"),
    ("stretch", "October to March 2021", "2020-10..2021-03"),
    ("stretch", "December 1, 2012 to May 31, 2013", "2012-12..2013-05"),
    ("stretch", "from 3 May to 9 June 2021", "2021-05-03..2021-06-09"),
    ("year to month", "between 2012 and June 2018", "2012-01..2018-06"),
    ("days of a month", "May 3-9, 2021", "2021-05-03..2021-05-09"),
    ("days before a month", "3-9 May 2021", "2021-05-03..2021-05-09"),
    ("months ending", "the three months to June 2020", "2020-04..2020-06"),
    ("months ending", "six months ending June 30, 2020", "2020-01..2020-06"),
    ("months ending", "the six months to the end of December 2018", "2018-07..2018-12"),
    ("months ending", "the year to March 2021", "2020-04..2021-03"),
    ("months ending", "the year ended 30 June 2020", "2019-07..2020-06"),
    ("months beginning", "the six months beginning July 1, 2020", "2020-07..2020-12"),
    ("day", "5 May 2021", "2021-05-05..2021-05-05"),
    ("month's day", "May 5, 2021", "2021-05-05..2021-05-05"),
    ("month of a year", "March 2021", "2021-03..2021-03"),
    ("dates in digits", "1/1/2020-6/30/2020", "2020-01..2020-06"),
    ("dates in digits", "2020-01-01 to 2020-06-30", "2020-01..2020-06"),
    ("date in digits", "30.06.2020", "2020-06-30..2020-06-30"),
    ("2020-06", "2020-06", "2020-06..2020-06"),
    ("year", "2020", "2020-01..2020-12"),
    ("year", "calendar year 2020", "2020-01..2020-12"),
]

RELATIVE = [
    # form, wording, its period at each of DATES without any context
    ("half", "the second half", "2013-07..2013-12", "2020-07..2020-12", "2021-07..2021-12"),
    (
        "half",
        "the first half of the year",
        "2013-01..2013-06",
        "2021-01..2021-06",
        "2022-01..2022-06",
    ),
    (
        "half",
        "the first half of last year",
        "2013-01..2013-06",
        "2020-01..2020-06",
        "2021-01..2021-06",
    ),
    ("half", "the last six months", "2013-07..2013-12", "2021-01..2021-06", "2022-01..2022-06"),
    ("quarter", "the last quarter", "2013-10..2013-12", "2021-04..2021-06", "2022-07..2022-09"),
    (
        "stretch",
        "January 1 through June 30",
        "2013-01..2013-06",
        "2021-01..2021-06",
        "2022-01..2022-06",
    ),
    (
        "stretch",
        "January to June this year",
        "2014-01..2014-06",
        "2021-01..2021-06",
        "2022-01..2022-06",
    ),
    (
        "months ending",
        "the six months to December 31",
        "2013-07..2013-12",
        "2020-07..2020-12",
        "2021-07..2021-12",
    ),
    ("month", "in March", "2013-03..2013-03", "2021-03..2021-03", "2022-03..2022-03"),
    ("month", "last June", "2013-06..2013-06", "2021-06..2021-06", "2022-06..2022-06"),
    (
        "month's day",
        "January 5",
        "2014-01-05..2014-01-05",
        "2021-01-05..2021-01-05",
        "2022-01-05..2022-01-05",
    ),
    ("this year", "this year", "2014-01..2014-12", "2021-01..2021-12", "2022-01..2022-12"),
    (
        "this year until",
        "this year, until March 10",
        "2014-01-01..2014-03-10",
        "2021-01-01..2021-03-10",
        "2022-01-01..2022-03-10",
    ),
    ("last year", "last year", "2013-01..2013-12", "2020-01..2020-12", "2021-01..2021-12"),
    (
        "year before last",
        "the year before last",
        "2012-01..2012-12",
        "2019-01..2019-12",
        "2020-01..2020-12",
    ),
    ("years ago", "two years ago", "2012-01..2012-12", "2019-01..2019-12", "2020-01..2020-12"),
    ("this month", "this month", "2014-02..2014-02", "2021-08..2021-08", "2022-12..2022-12"),
    ("last month", "last month", "2014-01..2014-01", "2021-07..2021-07", "2022-11..2022-11"),
    (
        "past months",
        "the past six months",
        "2013-07..2013-12",
        "2021-01..2021-06",
        "2022-01..2022-06",
    ),
    (
        "past months",
        "the past 12 months",
        "2013-02..2014-01",
        "2020-08..2021-07",
        "2021-12..2022-11",
    ),
    (
        "last fiscal year",
        "last financial year",
        "2012-04..2013-03",
        "2020-04..2021-03",
        "2021-04..2022-03",
    ),
    (
        "a year earlier",
        "a year earlier",
        "2013-01..2013-12",
        "2020-01..2020-12",
        "2021-01..2021-12",
    ),
    ("year on year", "year on year", "2013-01..2013-12", "2020-01..2020-12", "2021-01..2021-12"),
]

LEANING = [
    # form, wording, anchor: nothing without a context, or never
    ("two halves", "the first and second half", Anchor.YEAR),
    ("implied half", "88% in the first half, 66% in the second.", Anchor.YEAR),
    ("implied six months", "9 in the first six months, 12 in the last six.", Anchor.YEAR),
    ("whole year before", "the whole of the year before", Anchor.PREVIOUS),
    ("year after", "the year after", Anchor.PREVIOUS),
    ("previous stretch", "the previous six months", Anchor.PREVIOUS),
    ("previous stretch", "the prior half", Anchor.PREVIOUS),
    ("previous stretch", "the preceding period", Anchor.PREVIOUS),
    ("stretch before", "the six months before", Anchor.PREVIOUS),
    ("stretch after", "the six months that followed", Anchor.PREVIOUS),
    ("last reporting period", "the last reporting period", Anchor.PREVIOUS),
    ("same stretch", "the same period last year", Anchor.PREVIOUS),
    ("same stretch", "the same period a year earlier", Anchor.PREVIOUS),
    ("same stretch", "the same period in 2019", Anchor.SAME),
    ("same stretch", "the corresponding period of 2019", Anchor.SAME),
    ("same stretch", "the same period", Anchor.SAME),
    ("that stretch", "the reporting period", Anchor.SAME),
    ("that stretch", "the six months", Anchor.SAME),
    ("that year", "that year", Anchor.SAME),
    ("since", "since 2013", Anchor.OPEN),
    ("so far", "so far this year", Anchor.OPEN),
    ("past year", "the past year", Anchor.OPEN),
    ("past years", "over the past five years", Anchor.OPEN),
    ("around a year", "by the end of 2020", Anchor.OPEN),
]

REFUSED = [
    "It cites Section 2020 of the code.",
    "It got 2,020 requests and 2020 requests.",
    "It got 2020 user data requests.",
    "Officials may march, and may ask for data.",
    "It came second, and asked a second time.",
    "The Class of 2020 asked.",
    "The GDPR 2016 and the Privacy Act, 2000 apply.",
    "The 2018 CLOUD Act and a 2016 law apply.",
    "The second half of the requests was denied.",
    "It goes so far as to deny it.",
    "It paid $2020.",
    "The 12-month total fell.",
]

SEVERAL = [
    ("It was 3 in 2020 and 4 in 2021.", "2020-01..2020-12 2021-01..2021-12"),
    ("in the first and second halves of 2017", "2017-01..2017-06 2017-07..2017-12"),
    ("in Q1 and Q2 2021", "2021-01..2021-03 2021-04..2021-06"),
    ("January–June and July–December 2020", "2020-01..2020-06 2020-07..2020-12"),
    ("It got 5 in May 2020 and 7 in June.", "2020-05..2020-05 2020-06..2020-06"),
    ("2018, 2019 and 2020", "2018-01..2018-12 2019-01..2019-12 2020-01..2020-12"),
]


@pytest.mark.parametrize(("form", "wording", "expected"), ABSOLUTE)
def test_absolute_form(form: str, wording: str, expected: str) -> None:
    text = f"It got 12 requests, {wording}, of all kinds."
    (mention,) = periods_in(text)
    assert (mention.rule, show(mention, None)) == (f"period:{form}", expected)
    assert mention.value.anchor is Anchor.NONE
    assert mention.span.of(text) in wording
    assert {show(mention, published) for published in DATES} == {expected}


@pytest.mark.parametrize(("form", "wording", "first", "second", "third"), RELATIVE)
def test_relative_form_at_three_dates(
    form: str, wording: str, first: str, second: str, third: str
) -> None:
    (mention,) = periods_in(f"It got 12 requests {wording}.")
    assert mention.rule == f"period:{form}"
    assert [show(mention, published) for published in DATES] == [first, second, third]


@pytest.mark.parametrize(("form", "wording", "anchor"), LEANING)
def test_leaning_form_needs_a_context(form: str, wording: str, anchor: Anchor) -> None:
    mention = periods_in(f"It got 12 requests, {wording}")[0 if form == "two halves" else -1]
    assert (mention.rule, mention.value.anchor) == (f"period:{form}", anchor)
    assert mention.value.period is None
    assert show(mention, None) == "-"


def test_every_form_has_an_example() -> None:
    shown = {row[0] for row in [*ABSOLUTE, *RELATIVE, *LEANING]}
    assert shown == {form.name for form in FORMS}


def test_every_form_passes_the_gate() -> None:
    wordings = [row[1].lower() for row in [*ABSOLUTE, *RELATIVE, *LEANING]]
    assert [wording for wording in wordings if not GATE.search(wording)] == []


@pytest.mark.parametrize("text", REFUSED)
def test_no_period(text: str) -> None:
    assert [mention.span.of(text) for mention in periods_in(text)] == []


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_periods(text: str, expected: str) -> None:
    assert [show(mention, None) for mention in periods_in(text)] == expected.split()


@pytest.mark.parametrize("row", load_rows("fiscal_years", FiscalYearRow), ids=lambda row: row.name)
def test_fiscal_row_decides_in_what_it_accepts(row: FiscalYearRow) -> None:
    assert [first_fiscal_month(text) for text in row.accepts] == [row.month] * len(row.accepts)


def test_document_tells_its_fiscal_year() -> None:
    text = "Initech's financial year ended 30 September. It got 12 in FY2020."
    mention = periods_in(text)[-1]
    assert show(mention, None) == "2019-10..2020-09"
    indian = "India sent 12 in the financial year 2012-2013, 14 in 2013-2014."
    assert show(periods_in(indian)[-1], None) == "2013-04..2014-03"
    australian = "Australian agencies sent 12 in 2011-12."
    assert show(periods_in(australian)[-1], None) == "2011-07..2012-06"


PIECES = st.lists(
    st.sampled_from(
        ["first half", " of ", "2020", "the ", "last year", " to ", "June", " 30", "1 ", "-", ",",
         " and ", "Q3", "H1", "between ", "from ", "six months", " ending ", "FY", "20", "/", "31",
         "February", "2021-02-30", "99", "same period", " in ", "'20", "\n", "é", "0000", "12"]
    ),
    max_size=16,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PIECES.map("".join) | PIECES.map(" ".join) | st.text(max_size=40))
def test_mentions_are_ordered_apart_and_resolvable(text: str) -> None:
    end = 0
    context: list[Period] = []
    for mention in periods_in(text):
        assert end <= mention.span.start < mention.span.end <= len(text)
        end = mention.span.end
        period = resolve_period(mention.value, DATES[1], context)
        if period is not None:
            assert period.start <= period.end
            context.append(period)


@pytest.mark.parametrize(
    "soup",
    ["2020-", "June ", "1 ", "the ", "first half of ", "from January to ", "Q1 ", "six months ",
     "1/1/2020-", "the year ", "in the second ", "FY20 ", "'20 ", "since ", "May 1 "],
)  # fmt: skip
def test_time_is_bounded_in_soup(soup: str) -> None:
    text = soup * (10_000 // len(soup))
    start = time.process_time()
    periods_in(text)
    assert time.process_time() - start < 3
