"""Numbers of all kinds: value, range, bound and unit, in the wordings that reports use."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreq.article.spans import Span
from govreq.mentions.bound import BoundRow
from govreq.mentions.composite import COMPOSITES
from govreq.mentions.mention import Mention, Quantity, Unit
from govreq.mentions.number_words import NumberWordRow
from govreq.mentions.quantity import FIGURES, find_quantities
from govreq.mentions.unit import UnitRow
from govreq.vocabulary.loader import load_rows


def quantities_in(text: str) -> tuple[Mention[Quantity], ...]:
    return find_quantities(text, Span(0, len(text)))


def figures_in(text: str) -> list[str]:
    """Each figure as "value", "low..high", with % or x, and <, >, ~ for its bound."""
    signs = {"exact": "", "range": "", "min": ">", "max": "<", "approx": "~"}
    units = {Unit.NUMBER: "", Unit.PERCENT: "%", Unit.MULTIPLE: "x"}
    shown = []
    for mention in quantities_in(text):
        one = mention.value
        if one.unit not in FIGURES:
            continue
        high = "" if one.value_max is None else f"..{one.value_max:.10g}"
        value = f"{one.value:.10g}"
        shown.append(f"{signs[one.bound]}{value}{high}{units[one.unit]}")
    return shown


NUMBERS = [
    ("Acme got 27,664 requests, up from 3,222.", "27664 3222"),
    ("It got 1,28,000 requests and 12,34,567 more.", "128000 1234567"),
    ("It got 1.28 lakh requests on 2 crore users.", "128000 20000000"),
    ("It named 1.2 million users, 30k devices and 3.2M posts.", "1200000 30000 3200000"),
    ("It made 12 500 requests.", "12500"),
    ("It made 12 500 requests and 1 000 orders.", "12500 1000"),
    ("It made 27.664 requests on 1.234.567 users.", "27664 1234567"),
    ("It made 1’204 requests.", "1204"),
    ("There were three dozen orders.", "36"),
    ("There were two hundred and five orders.", "205"),
    ("Twenty-one warrants and a dozen subpoenas came.", "21 12"),
    ("It got half a million requests and half a dozen orders.", "500000 6"),
    ("It got a hundred requests, then a thousand.", "100 1000"),
    ("Two and a half million accounts were named.", "2500000"),
    ("Five, six or seven hundred came.", "5 6 700"),
    ("Hundreds of requests and thousands of orders came.", ""),
    ("A few hundred came, and several dozen more.", ""),
    ("It got 1,234* requests and 2,345[2] orders.", "1234 2345"),
    ("It got 2020 requests in all.", "2020"),
    ("2014 saw requests double; in 2015 requests fell.", "2x"),
    ("It received no requests and zero orders.", "0 0"),
    ("Kenya made none.", "0"),
    ("It has not received any subpoenas.", "0"),
    ("Not a single request was met; a single order came.", "0 1"),
    ("There is no doubt that no one asked.", ""),
    ("It complied with one of them.", "1"),
    ("No country made more than 300 requests.", "0 >300"),
    ("It was asked 11 times, and once in May.", "11"),
    ("It was the No. 1 target; 12 were from Spain.", "12"),
    ("It holds 1,000,000 or 12,345,678 of them.", "1000000 12345678"),
]

PERCENTS = [
    ("It met 42%, 43 per cent, 44 percent and 45 pc of them.", "42% 43% 44% 45%"),
    ("A third were from Spain, two thirds from Italy.", "33.3% 66.7%"),
    ("About one-third and three quarters were met.", "~33.3% 75%"),
    ("Half of them came from Spain.", "50%"),
    ("One in five, one out of every four and nine out of ten.", "20% 25% 90%"),
    ("Almost 9 out of 10 became 1 in 4.", "~90% 25%"),
    ("A quarter of them were denied.", "25%"),
    ("In the third quarter, a third report came.", ""),
    ("It rose 40-45% or between 40 and 45 per cent.", "40..45% 40..45%"),
    ("They made up two per cent and three per cent.", "2% 3%"),
    ("It was 11 and 12%, then 18 or 19 percent.", "11% 12% 18% 19%"),
    ("The shares were 79.1, 2.3 and 18.6 per cent.", "79.1% 2.3% 18.6%"),
    ("It fell by 4 percentage points.", "4%"),
    ("It fell by half, and was cut by a third.", "50% 33.3%"),
    ("It was 42,4% there.", "42.4%"),
    ("Some 2/3 of them came, 24/7.", "~66.7%"),
    ("Of the 40, 12% were denied.", "40 12%"),
    ("One request in three was denied; one request in May.", "33.3% 1"),
    ("It met 51.4 percent of them, and 62.2 of the others.", "51.4% 62.2%"),
    ("In the first half it reports twice a year, every half-year.", ""),
    ("It complied with 52 out of 60 requests.", "52 60"),
    ("It made up 0.00026% of all.", "0.00026%"),
]

MULTIPLES = [
    ("Requests doubled and orders tripled.", "2x 3x"),
    ("It saw a tenfold rise, a three-fold jump and 3x growth.", "10x 3x 3x"),
    ("There were three times as many, twice the number of May.", "3x 2x"),
    ("The number was halved and then more than quadrupled.", "0.5x >4x"),
    ("It was more than double the 255 of May.", ">2x 255"),
    ("It had half as many, or half that.", "0.5x 0.5x"),
    ("It was up more than five times since then.", ">5x"),
    ("There were more than 100 times as many as before.", ">100x"),
    ("Double-digit growth and double standards: it doubled down.", ""),
    ("It reports three times a year.", ""),
]

RANGES = [
    ("It got 0-249 NSLs and 0–499 orders.", "0..249 0..499"),
    ("It got between 11,000 and 12,000 requests.", "11000..12000"),
    ("Orders came to 0 to 999, on 5,000 to 5,999 users.", "0..999 5000..5999"),
    ("It got from 2,000 to 2,999 of them.", "2000..2999"),
    ("It rose from 3,222 to 27,664.", "3222 27664"),
    ("It grew from 618 to 651 and fell 900 to 400.", "618 651 900 400"),
    ("It went up 20 to 30.", "20 30"),
    ("It changed from 0-499 to 1-499.", "0..499 1..499"),
    ("It was 12 percent to 16 percent each year.", "12..16%"),
    ("Between January and June, 12 came.", "12"),
    ("It was split between 12 orders and 14 warrants.", "12 14"),
    ("They made 5-6 million requests.", "5000000..6000000"),
    ("Between 1 000 and 2 000 times they asked.", "1000..2000"),
    ("It had 1500-2000 requests.", "1500..2000"),
    ("The number ranged from 40 to 900.", "40..900"),
]

BOUNDS = [
    ("More than 300, over 400, at least 500, upwards of 600 came.", ">300 >400 >500 >600"),
    ("In excess of 700, north of 800 and just over 9,000 came.", ">700 >800 >9000"),
    ("It got 500 or more, 300+, 9,000-plus.", ">500 >300 >9000"),
    ("Fewer than 10, under 20, up to 30, less than 40 came.", "<10 <20 <30 <40"),
    ("No more than 50, at most 60, 250 or fewer, < 10 came.", "<50 <60 <250 <10"),
    ("No fewer than 12 came.", ">12"),
    ("About 300, some 815, nearly 400, ~30, roughly half.", "~300 ~815 ~400 ~30 ~50%"),
    ("As many as 60, just 12, only 3, a mere 5 came.", "60 12 3 5"),
    ("Nearly half, less than a third, more than a quarter.", "~50% <33.3% >25%"),
    ("Requests nearly doubled; orders more than tripled.", "~2x >3x"),
    ("Over the past 30 days, 12 came.", "12"),
    ("There were 20 percent more than the 679 of May.", "20% 679"),
    ("It went up to 300, and it gave data in up to 20 cases.", "300 <20"),
    ("It is 5% more than 300, or 23% over 815.", "5% 300 23% 815"),
    ("It handed over 30 records.", "30"),
    ("The agencies asked about 111 of them.", "111"),
    ("Upwards of 3,700 and 3,000 came.", ">3700 >3000"),
    ("It got an estimated 300, or 400 or so.", "~300 ~400"),
    ("The 300-odd orders, perhaps as many as 400.", "~300 <400"),
    ("It got 10 requests or fewer.", "<10"),
    ("In 2020 more than 300 came.", ">300"),
    ("The 712 orders being roughly alike, 10 requests or more remain.", "712 >10"),
    ("If one seems overly broad, nearly as many as 40 do.", "1 ~40"),
    ("It was just under 400, well over 500.", "<400 >500"),
]

OTHERS = [
    ("It paid $1.2m, Rs 500, €90, 40 million euros and 12 crore rupees.", Unit.MONEY, 5),
    ("It began in 2013; the 2020 report came in 2021.", Unit.YEAR, 3),
    ("It was the 21st, and came 4th.", Unit.ORDINAL, 2),
    ("It took six months, 48 hours, 30 days and 25 years.", Unit.MEASURE, 4),
    ("A 12-page letter went 10 miles, 3 times a day.", Unit.MEASURE, 3),
    ("Section 2703(d), 18 U.S.C. 2709, Rule 41, Article 19.", Unit.CODE, 5),
    ("COVID-19, 5G, Web 2.0, iOS 14.8, G20, F-16, 24/7, Windows 10.", Unit.CODE, 8),
    ("On 9/11 at 10:30 call 555-123-4567, says note [1].", Unit.CODE, 4),
    ("Version 1.2.3 is at https://acme.example/2020/12 for free.", Unit.CODE, 2),
    ("1. Spain leads.", Unit.CODE, 1),
    ("It did so on 5 May, on June 30 and on 1/2/2021.", Unit.DATE, 3),
    ("Between July 1 and December 31 it rose.", Unit.DATE, 2),
    ("In the first six months it rose.", Unit.DATE, 1),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS + PERCENTS + MULTIPLES + RANGES + BOUNDS)
def test_figures_of_a_sentence(text: str, expected: str) -> None:
    assert figures_in(text) == expected.split()


@pytest.mark.parametrize(("text", "unit", "count"), OTHERS)
def test_numbers_that_are_no_figures(text: str, unit: Unit, count: int) -> None:
    units = [mention.value.unit for mention in quantities_in(text)]
    assert units == [unit] * count


def test_spans_cover_bound_number_and_sign() -> None:
    text = "It met just over 42.5 per cent of 1.28 lakh requests."
    share, count = quantities_in(text)
    assert share.span.of(text) == "just over 42.5 per cent"
    assert share.value.number.of(text) == "42.5"
    assert share.value.bound_span is not None
    assert share.value.bound_span.of(text) == "just over"
    assert count.value.number.of(text) == "1.28 lakh"


def test_only_the_given_stretch_is_read() -> None:
    text = "It got 12 orders. It got 34 requests."
    (found,) = find_quantities(text, Span(18, len(text)))
    assert found.value.value == 34
    assert found.value.number.of(text) == "34"


@pytest.mark.parametrize("row", load_rows("bounds", BoundRow), ids=lambda row: row.name)
def test_bound_row_fires_in_what_it_accepts(row: BoundRow) -> None:
    def fires(sentence: str) -> bool:
        return any(
            mention.value.bound is row.bound and mention.value.bound_span is not None
            for mention in quantities_in(sentence)
        )

    assert [sentence for sentence in row.accepts if not fires(sentence)] == []
    assert [sentence for sentence in row.refuses if fires(sentence)] == []


@pytest.mark.parametrize("row", load_rows("units", UnitRow), ids=lambda row: row.name)
def test_unit_row_fires_in_what_it_accepts(row: UnitRow) -> None:
    def fires(sentence: str) -> bool:
        return any(mention.rule == f"units:{row.name}" for mention in quantities_in(sentence))

    assert [sentence for sentence in row.accepts if not fires(sentence)] == []
    assert [sentence for sentence in row.refuses if fires(sentence)] == []


@pytest.mark.parametrize("row", load_rows("number_words", NumberWordRow), ids=lambda row: row.name)
def test_number_words_are_numbers_in_what_they_accept(row: NumberWordRow) -> None:
    def fires(sentence: str) -> bool:
        words = "|".join(map(re.escape, row.values))
        return any(
            mention.value.unit in FIGURES
            and re.search(rf"(?i)(?<![a-z])(?:{words})(?![a-z])", mention.span.of(sentence))
            for mention in quantities_in(sentence)
        )

    assert [sentence for sentence in row.accepts if not fires(sentence)] == []
    assert [sentence for sentence in row.refuses if fires(sentence)] == []


COMPOSITE_EXAMPLES = {
    "link": ("see www.acme.example/12", "see acme 12"),
    "mail": ("to law12@acme.example", "@ 12"),
    "telephone": ("call +44 20 7946 0000", "got 555 of them"),
    "iso date": ("on 2020-06-30", "got 2020-06"),
    "clock": ("at 10:30", "a 10:1 ratio"),
    "date": ("on 6/30/2020", "on 6/30"),
    "dotted date": ("on 30.06.2020", "got 30.06"),
    "slashed": ("open 24/7", "got 24, 7"),
    "version": ("in 7.0.6", "got 1.234.567"),
    "paragraph": ("under 2703(d)", "got 12 (d)"),
    "footnote": ("it rose.[3]", "got [many] 3"),
    "era": ("in the 1990s", "in 1990 s"),
    "lettered": ("of COVID-19", "of low-12"),
    "ordinal": ("came 21st", "came 21"),
}


@pytest.mark.parametrize(
    ("name", "marks", "unit", "pattern"), COMPOSITES, ids=lambda one: str(one)[:12]
)
def test_composite_accepts_and_refuses(
    name: str, marks: str, unit: Unit, pattern: re.Pattern[str]
) -> None:
    accepted, refused = COMPOSITE_EXAMPLES[name]
    assert pattern.search(accepted)
    assert any(mark in accepted for mark in marks)
    assert not pattern.search(refused)
    assert unit not in FIGURES


@given(st.integers(min_value=1, max_value=999_999_999).filter(lambda n: not 1900 <= n <= 2035))
def test_grouped_numbers_come_back(number: int) -> None:
    text = f"Acme received {number:,} requests."
    (mention,) = quantities_in(text)
    assert mention.value.value == number
    assert mention.value.number.of(text) == f"{number:,}"


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=10_000))
def test_between_gives_both_ends(low: int, width: int) -> None:
    (mention,) = quantities_in(f"It got between {low:,} and {low + width:,} requests.")
    assert (mention.value.value, mention.value.value_max) == (low, low + width)


PIECES = st.lists(
    st.sampled_from(
        ["12", "1,234", "%", " per cent", " to ", "-", "–", " and ", "between ", "half", "one",
         " in ", "five", "a third", "2020", "June", " first half of ", "no ", "requests", ".", ",",
         " ", "(", ")", "more than ", "or fewer", "$", "k", "million", "½", "é", "[1]", "last year",
         "the ", "\n", "٣", "\u2009", "0.5"]
    ),
    max_size=24,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(PIECES.map("".join), st.text(max_size=60)))
def test_mentions_are_ordered_apart_and_inside(text: str) -> None:
    end = 0
    for mention in quantities_in(text):
        assert end <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.contains(mention.value.number)
        assert mention.value.value == mention.value.value
        assert abs(mention.value.value) < 1e30
        assert (mention.value.value_max is not None) == (mention.value.bound == "range")
        end = mention.span.end


@pytest.mark.parametrize(
    "soup",
    ["1,11,", "one ", "a ", "1.2.", "between 1 and ", "no ", "June ", "1/", "12-", "not a ",
     "the first ", "half ", "2020 ", "more than ", "1:", "'20 ", "(1) ", "from ", "Jan 1 ", "Q1 "],
)  # fmt: skip
def test_time_is_bounded_in_soup(soup: str) -> None:
    assert _seconds(soup * (10_000 // len(soup))) < 4


@pytest.mark.parametrize("soup", ["9", ",1 "])
def test_digits_commas_and_spaces_take_linear_time(soup: str) -> None:
    assert _seconds(soup * (100_000 // len(soup))) < 20


def _seconds(text: str) -> float:
    start = time.process_time()
    quantities_in(text)
    return time.process_time() - start
