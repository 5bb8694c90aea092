"""Forms of halves, quarters and fiscal years: "the first half of 2020", "Q3 2021", "FY2019-20"."""

from __future__ import annotations

import re

from govreq.mentions.fiscal_year import first_fiscal_month, speaks_of_fiscal_years
from govreq.mentions.mention import Anchor, Period, PeriodExpression
from govreq.mentions.period_form import NEEDED_TAIL, TAIL, absolute, make_form, with_tail
from govreq.mentions.period_shape import fiscal_year, shape_of_months
from govreq.mentions.period_words import COUNT, YEAR, count_of, year_of

ORDINALS = {
    "first": 1, "1st": 1, "opening": 1, "initial": 1, "second": 2, "2nd": 2, "last": 2, "latter": 2,
    "final": 2, "back": 2, "closing": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
}  # fmt: skip

FIRST_OR_SECOND = r"(?i:first|1st|opening|initial|second|2nd|last|latter|final|back|closing)"
HALF = (
    r"(?i:half[ -]?years?|half|(?:six|6)[ -]months?(?:[ -](?:reporting )?(?:period|span|stretch))?)"
)
NO_OTHER = r"(?! (?i:of|after|since)\b|[ -]time|-dozen)"
"""What may not follow a half without a year: "the second half of the requests"."""

INDIAN_START = 4
"""Fiscal years written 2019-20 begin in April unless the document speaks of another country."""


def _half(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    number = ORDINALS[match.group("o").lower()]
    expressions = with_tail(match, f"H{number}")
    if expressions and expressions[0] == PeriodExpression(Anchor.YEAR, shape="H2"):
        yearless = not match.groupdict().get("sy")
        told = HALF_SAID.search(match.string, max(0, match.start() - 120), match.start())
        if yearless and told is None and match.group("o").lower() == "last":
            return (PeriodExpression(Anchor.PUBLISHED, shape="half", offset=1),)
    return expressions


def _two_halves(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    return with_tail(match, "H1") + with_tail(match, "H2")


def _first_months(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """The first or last months of a year: "the first nine months of 2021"."""
    count = count_of(match.group("n"))
    if count is None or not 1 < count < 12:
        return ()
    first = ORDINALS[match.group("o").lower()] == 1
    months = (1, count) if first else (13 - count, 12)
    return with_tail(match, shape_of_months(*months))


HALF_SAID = re.compile(r"\b(?:first|second) (?:half|six)", re.IGNORECASE)
"""What "the second" may stand for. Accepts: "first half". Refuses: "first time"."""


def _half_implied(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """A half where one was named shortly before: "66% in the second"."""
    before = match.string[max(0, match.start() - 120) : match.start()]
    if not HALF_SAID.search(before):
        return ()
    return with_tail(match, f"H{ORDINALS[match.group('o')]}")


def _half_code(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    return with_tail(match, f"H{match.group('h')}")


def _quarter(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    word = match.group("o").lower()
    if word in ("last", "final"):
        expressions = with_tail(match, "Q4")
        if word == "last" and expressions[:1] == (PeriodExpression(Anchor.YEAR, shape="Q4"),):
            return (PeriodExpression(Anchor.PUBLISHED, shape="quarter", offset=1),)
        return expressions
    return with_tail(match, f"Q{ORDINALS[word]}")


def _quarter_code(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    return with_tail(match, f"Q{match.group('q')}")


def _fiscal(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """A fiscal year by one year or two; one alone is the calendar year unless the text tells."""
    first = year_of(match.group("y"))
    second = match.groupdict().get("z")
    month = first_fiscal_month(match.string)
    if second is None:
        return _fiscal_expression(first, month or 1)
    last = year_of(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if last != first + 1:
        return _years(first, last)
    return _fiscal_expression(last, month if month not in (None, 10) else INDIAN_START)


def _fiscal_expression(ends: int, month: int | None) -> tuple[PeriodExpression, ...]:
    period = fiscal_year(ends, month or 1)
    return (PeriodExpression(Anchor.NONE, period, f"fiscal-{month or 1:02}"),)


def _years(first: int, last: int) -> tuple[PeriodExpression, ...]:
    starts, ends = absolute("year", first), absolute("year", last)
    if not starts or not ends or not first < last <= first + 40:
        return ()
    low, high = starts[0].period, ends[0].period
    if low is None or high is None:
        return ()
    return (PeriodExpression(Anchor.NONE, Period(low.start, high.end), "years"),)


def _year_range(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    first, last = year_of(match.group("y")), year_of(match.group("z"))
    dashed = re.fullmatch(r"[0-9]{4}[-–—/‑][0-9]{4}", match.group())
    if dashed and last == first + 1 and speaks_of_fiscal_years(match.string):
        month = first_fiscal_month(match.string)
        return _fiscal_expression(last, month if month not in (None, 10) else INDIAN_START)
    return _years(first, last)


def _fiscal_relative(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    month = first_fiscal_month(match.string) or INDIAN_START
    shape = f"fiscal-{month:02}"
    if match.group("p"):
        return (PeriodExpression(Anchor.PREVIOUS, shape="year", offset=1),)
    back = 1 if match.group("l") else 0
    return (PeriodExpression(Anchor.PUBLISHED, shape=shape, offset=back),)


DASH = r"\s?[-–—/‑]\s?"

PART_FORMS = (
    make_form(
        "half",
        "half,six,6",
        rf"(?:(?i:the) )?(?P<o>{FIRST_OR_SECOND})[ -]{HALF}(?:[’']s)?{TAIL}{NO_OTHER}",
        _half,
    ),
    make_form(
        "first months",
        "month",
        rf"(?:[Tt]he )?(?P<o>(?i:first|opening|last|final|closing)) (?P<n>{COUNT})[ -]months?"
        rf"{NEEDED_TAIL}",
        _first_months,
    ),
    make_form(
        "implied half",
        "first,second,latter",
        rf"(?:in|of|for|during|than|from) the (?P<o>first|second|latter)"
        rf"(?=[,.;)]|$| (?:and|of (?:{YEAR}|that|this|last)))(?:(?= of){TAIL})?",
        _half_implied,
    ),
    make_form(
        "implied six months",
        "six",
        r"(?:[Tt]he )?(?P<o>last|second|latter|final) six"
        r"(?! (?:months?|weeks?|days?|years?|quarters?|hours?|of)\b)(?![ -]months?)(?! \w+ months)",
        _half_implied,
    ),
    make_form(
        "two halves",
        "half,halves,six",
        rf"(?:[Tt]he )?(?P<a>[Ff]irst)(?: half)? and (?P<b>(?:the )?second (?:halves|half|"
        rf"six months)"
        rf"{TAIL}){NO_OTHER}",
        _two_halves,
    ),
    make_form(
        "year's half",
        "half",
        rf"(?:(?P<y>{YEAR})|(?P<ly>last year)|(?P<ty>this year))(?:[’']s)? (?P<o>first|second)"
        rf"[ -]half",
        _half,
    ),
    make_form(
        "H1 2020", "h1,h2,hy", rf"HY?[ -]?(?P<h>[12])(?:[ ,/’'-]|\b){TAIL}(?!-B)", _half_code
    ),
    make_form("2020 H1", "h1,h2", rf"(?P<y>{YEAR})[ /_,-]?\(?H(?P<h>[12])", _half_code),
    make_form(
        "1H 2020",
        "1h,2h",
        rf"(?P<h>[12])H(?:[ -]?(?:of )?(?P<y>{YEAR}|[’']?[0-9]{{2}}))?",
        _half_code,
    ),
    make_form(
        "quarter",
        "quarter",
        r"(?:(?i:the) )?(?P<o>(?i:first|second|third|fourth|1st|2nd|3rd|4th|last|final))[ -]"
        rf"(?i:(?:fiscal |calendar |financial )?quarter)(?:[’']s)?{TAIL}{NO_OTHER}",
        _quarter,
    ),
    make_form("Q3 2021", "q1,q2,q3,q4", rf"Q(?P<q>[1-4])(?:[ ,/’'-]|\b){TAIL}", _quarter_code),
    make_form("2021 Q3", "q1,q2,q3,q4", rf"(?P<y>{YEAR})[ /_-]?Q(?P<q>[1-4])", _quarter_code),
    make_form(
        "3Q21",
        "1q,2q,3q,4q",
        rf"(?P<q>[1-4])Q(?:[ -]?(?P<y>{YEAR}|[’']?[0-9]{{2}}))?",
        _quarter_code,
    ),
    make_form(
        "fiscal year",
        "fy,fiscal,financial",
        rf"(?:the )?(?:FY|F\.Y\.|(?i:fiscal|financial)(?: years?)?)[ -]?(?:of |ending |ended )?"
        rf"(?P<y>{YEAR}|20[0-3][0-9]|[’']?[0-9]{{2}})(?:{DASH}(?:FY)?(?P<z>20[0-9]{{2}}|"
        rf"[0-9]{{2}}))?",
        _fiscal,
    ),
    make_form(
        "2019-20",
        "19,20",
        rf"(?:the )?(?P<y>{YEAR})(?:{DASH}(?P<z>[0-9]{{2}}))(?![0-9-]|\.[0-9])"
        rf"(?: (?i:fiscal|financial)(?: years?)?)?",
        _fiscal,
    ),
    make_form(
        "2020 fiscal year",
        "fiscal,financial",
        rf"(?:the )?(?P<y>{YEAR})(?:{DASH}(?P<z>20[0-9]{{2}}))? (?i:fiscal|financial) years?",
        _fiscal,
    ),
    make_form(
        "last fiscal year",
        "fiscal,financial",
        r"(?:(?P<l>last|the (?:last|past))|(?P<p>the (?:previous|preceding|prior))|"
        r"(?P<t>this|the current)) (?:fiscal|financial) year",
        _fiscal_relative,
    ),
    make_form(
        "years",
        "19,20",
        rf"(?:(?:[Ff]rom|[Bb]etween|the years) )?(?P<y>{YEAR})"
        rf"(?:{DASH}|,? to |,? through |,? until |,? till )(?:the end of )?(?P<z>{YEAR})",
        _year_range,
    ),
    make_form(
        "between years",
        "between",
        rf"[Bb]etween (?P<y>{YEAR}) and (?P<z>{YEAR})",
        _year_range,
    ),
)
"""Halves, quarters, fiscal years and runs of years."""
