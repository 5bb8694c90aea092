"""Periods that need another one: arithmetic on the context and the publication date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreq.article.spans import Span
from govreq.mentions.mention import Anchor, Period, PeriodExpression
from govreq.mentions.period import find_periods
from govreq.mentions.period_resolve import resolve_period
from govreq.mentions.period_shape import ending_months, months_in, place_shape, shift_months

PUBLISHED = date(2021, 2, 1)


def read(wording: str) -> Period:
    """A period by its wording, such as "H2 2020"."""
    (mention,) = find_periods(wording, Span(0, len(wording)))
    assert mention.value.period is not None
    return mention.value.period


def resolve(wording: str, context: str, published: date | None = PUBLISHED) -> Period | None:
    text = f"It got 12 requests {wording}."
    mention = find_periods(text, Span(0, len(text)))[-1]
    known = [read(one) for one in context.split(", ") if one]
    return resolve_period(mention.value, published, known)


CASES = [
    # wording, periods before it, the period meant
    ("a year earlier", "H2 2020", "H2 2019"),
    ("the year before", "2020", "2019"),
    ("in the previous year", "H1 2020", "H1 2019"),
    ("in the whole of the year before", "H1 2020", "2019"),
    ("year on year", "Q3 2020", "Q3 2019"),
    ("in the previous six months", "H2 2020", "H1 2020"),
    ("in the previous six months", "H1 2020", "H2 2019"),
    ("in the preceding half", "2020", "H2 2019"),
    ("in the half before it", "H1 2020", "H2 2019"),
    ("in the previous period", "Q1 2020", "Q4 2019"),
    ("in the previous reporting period", "2020", "2019"),
    ("in the previous quarter", "H1 2020", "Q4 2019"),
    ("in the six months before", "H1 2020, H2 2020", "H1 2020"),
    ("in the six months that followed", "H1 2020", "H2 2020"),
    ("the year after", "2018", "2019"),
    ("in the same period last year", "H1 2020", "H1 2019"),
    ("in the same period of 2018", "H1 2020", "H1 2018"),
    ("in the same period in 2019", "the year to March 2021", "the year to March 2019"),
    ("in the corresponding half of 2017", "H2 2020", "H2 2017"),
    ("in the same period", "2019, H1 2020", "H1 2020"),
    ("during the period", "H2 2020", "H2 2020"),
    ("in that year", "H2 2019", "2019"),
    ("in the second half", "H1 2019", "H2 2019"),
    ("in the first half of the year", "H2 2020", "H1 2020"),
    ("in the last six months of the previous year", "H1 2020", "H2 2019"),
    ("from January 1 through June 30", "2019", "H1 2019"),
    ("between July and December", "2021", "H2 2020"),  # not after publication
    ("in the second half", "", "H2 2020"),
    ("in the first half", "", "H1 2020"),
    ("last year", "H1 2019", "2020"),
    ("in the first half of last year", "", "H1 2020"),
    ("in the past six months", "2015", "H2 2020"),
    ("in the same period", "H1 2020, 5 May 2021", "H1 2020"),  # a day is no reporting period
]


@pytest.mark.parametrize(("wording", "context", "expected"), CASES)
def test_resolution(wording: str, context: str, expected: str) -> None:
    assert resolve(wording, context) == read(expected)


@pytest.mark.parametrize(
    "wording",
    ["since 2013", "so far", "over the past five years", "in the same period", "last year"],
)
def test_nothing_without_evidence(wording: str) -> None:
    assert resolve(wording, "", published=None) is None


def test_last_year_without_a_date_is_the_latest_one_told() -> None:
    assert resolve("last year", "2019, H1 2021", published=None) == read("2021")
    assert resolve("between January and June last year", "H1 2021", published=None) == read(
        "H1 2021"
    )


def test_open_is_never_a_period() -> None:
    assert resolve("since 2013", "H1 2020") is None


PERIODS = st.builds(
    lambda year, month, months: ending_months(date(year, month, 1), months),
    st.integers(2000, 2030),
    st.integers(1, 12),
    st.sampled_from([1, 3, 6, 12]),
)


@given(PERIODS)
def test_a_year_earlier_has_the_same_length(period: Period) -> None:
    earlier = resolve_period(
        PeriodExpression(Anchor.PREVIOUS, shape="year", offset=1), None, [period]
    )
    assert earlier is not None
    assert months_in(earlier) == months_in(period)
    assert shift_months(earlier, 12) == period


@given(PERIODS)
def test_the_previous_period_ends_the_day_before(period: Period) -> None:
    before = resolve_period(
        PeriodExpression(Anchor.PREVIOUS, shape="period", offset=1), None, [period]
    )
    assert before is not None
    assert before.end.toordinal() + 1 == period.start.toordinal()


@given(st.integers(1990, 2035))
def test_halves_and_quarters_make_the_year(year: int) -> None:
    def days(shape: str) -> int:
        period = place_shape(shape, year)
        assert period is not None
        return (period.end - period.start).days + 1

    assert days("H1") + days("H2") == days("year")
    assert sum(days(f"Q{number}") for number in range(1, 5)) == days("year")
