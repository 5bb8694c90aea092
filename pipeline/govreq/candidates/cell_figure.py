"""Figures of table cells: what a whole cell states, or that it states nothing.

A cell is not prose: it is one number with its signs, so that ``18.204`` can be read as 18,204 where
the column holds counts, and ``0 - 999`` as a band. What else stands in the cell (a footnote's mark,
a unit) is left aside.
"""

from __future__ import annotations

import re

from govreq.article.spans import Span
from govreq.mentions.mention import Bound, Mention, Quantity, Unit

LONGEST_CELL = 80
"""A longer cell is a remark, whatever numbers it holds."""

FOOTNOTE = r"(?:\s*(?:[*†‡§¶⁺¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\w{1,3}\]))*"

NUMBER = r"\d(?:[\d.,'’\u00a0\u2009\u202f ]*\d)?"

CELL = re.compile(
    r"(?P<before><|≤|>|≥|~|≈|fewer than|less than|under|below|up to|at most|more than|over|above"
    r"|at least|about|around|approximately|approx\.?|circa|ca\.|nearly|almost|between)?\s*"
    r"(?P<fall>\(|[▼↓])?\s*(?P<sign>[-−–+]|[▲↑]\s?\+?)?\s*"
    rf"(?P<low>{NUMBER})"
    rf"(?:\s*(?:%|percent)?\s*(?:-|–|—|−|‑|to|and)\s*(?P<high>{NUMBER}))?"
    r"\s*(?P<percent>%|％|per\s?cent|pct\b\.?)?"
    r"\s*(?P<times>thousand|million|billion|lakhs?|crores?|k\b|m\b|mn\b)?"
    r"(?P<close>\))?"
    r"\s*(?P<after>\+|or (?:fewer|less|more|greater|above)|and (?:over|above|more))?"
    rf"{FOOTNOTE}\s*",
    re.IGNORECASE,
)
"""One figure. Accepts: "1,234", "< 10", "0 - 249", "4,6 %", "1,00,318", "(8%)", "1820*".
Refuses: "Six-month delay", "2019-20 report"."""

MISSING = re.compile(
    r"(?:n/?\s?\.?a\.?|n/r|n\.?r\.?|n/d|n\.d\.|not (?:available|applicable|reported|disclosed"
    r"|published|permitted|known|yet available)|unavailable|unknown|tb[ad]|x|redacted|classified"
    r"|[-–—−‒―*.…·•?/\s]+)?" + FOOTNOTE + r"\s*",
    re.IGNORECASE,
)
"""A cell that states nothing. Accepts: "", "N/A", "–¹", "*", "n/r". Refuses: "0", "none"."""

NOTHING = re.compile(rf"(?:none|nil|zero){FOOTNOTE}", re.IGNORECASE)
"""A cell that states 0 in a word. Accepts: "None". Refuses: "None of them"."""

YEAR = re.compile(rf"(?:19[89]|20[0-4])\d{FOOTNOTE}")
"""A bare year. Accepts: "2019". Refuses: "2,019", "1820"."""

GROUPED = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u2009\u202f ]\d{3})+(?!\d)")
"""Digits in groups of three. Accepts: "18.204", "3 114". Refuses: "4.6", "1,00,318"."""

LAKH = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}")
"""Digits grouped as in India. Accepts: "1,00,318". Refuses: "12.5"."""

DECIMAL = re.compile(
    r"(?P<whole>\d{1,3}(?:[.,'’\u00a0\u2009\u202f ]\d{3})*|\d+)[.,](?P<part>\d{1,2})"
)
"""One or two decimals. Accepts: "42.4", "8,5", "1.204,5". Refuses: "18.204"."""

PERCENT_DECIMAL = re.compile(r"(?P<whole>\d{1,3})[.,](?P<part>\d+)")
"""Any number of decimals, as percentages have. Accepts: "23.125". Refuses: "1.204.000"."""

BOUNDS = {
    "<": Bound.MAX, "≤": Bound.MAX, "fewer than": Bound.MAX, "less than": Bound.MAX,
    "under": Bound.MAX, "below": Bound.MAX, "up to": Bound.MAX, "at most": Bound.MAX,
    ">": Bound.MIN, "≥": Bound.MIN, "more than": Bound.MIN, "over": Bound.MIN,
    "above": Bound.MIN, "at least": Bound.MIN, "between": Bound.EXACT,
    "or fewer": Bound.MAX, "or less": Bound.MAX,
    "+": Bound.MIN, "or more": Bound.MIN, "or greater": Bound.MIN, "or above": Bound.MIN,
    "and over": Bound.MIN, "and above": Bound.MIN, "and more": Bound.MIN,
}  # fmt: skip
"""Words and signs before or after a number, and what bound they set; others are ``approx``."""

TIMES = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9,
    "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip


def states_nothing(cell: str) -> bool:
    """Whether the cell is empty or says that there is no figure (``N/A``, a dash, ``*``)."""
    return len(cell) <= LONGEST_CELL and MISSING.fullmatch(cell) is not None


def is_year(cell: str) -> bool:
    """Whether the cell is a bare year, which heads a row or column more often than it counts."""
    return YEAR.fullmatch(cell.strip()) is not None


def find_cell_figure(text: str, cell: Span) -> Mention[Quantity] | None:
    """The figure that the cell states, None where it states none or more than one thing.

    A figure before a bracket ("12 (40%)") is the cell's figure; the bracket is
    :func:`find_bracketed_figure`'s.
    """
    words = cell.of(text)
    if len(words) > LONGEST_CELL:
        return None
    if NOTHING.fullmatch(words):
        zero = Quantity(0.0, None, Bound.EXACT, Unit.NUMBER, cell)
        return Mention(cell, zero, "cell:nothing")
    bracket = words.find(" (")
    end = cell.start + (bracket if bracket > 0 else len(words))
    match = CELL.fullmatch(text, cell.start, end) or CELL.fullmatch(text, cell.start, cell.end)
    return _figure_of(match) if match else None


def find_bracketed_figure(text: str, cell: Span) -> Mention[Quantity] | None:
    """The percentage in brackets after the cell's figure ("12 (40%)"), if there is one."""
    words = cell.of(text)
    start, end = words.find(" (") + 2, words.rfind(")")
    if len(words) > LONGEST_CELL or start < 2 or end < start:
        return None
    match = CELL.fullmatch(text, cell.start + start, cell.start + end)
    figure = _figure_of(match) if match else None
    return figure if figure and figure.value.unit is Unit.PERCENT else None


def _figure_of(match: re.Match[str]) -> Mention[Quantity] | None:
    percent = match["percent"] is not None
    low = read_number(match["low"], percent)
    high = read_number(match["high"], percent) if match["high"] else None
    if low is None or (match["high"] and (high is None or high < low)):
        return None
    times = TIMES.get((match["times"] or "").lower(), 1.0)
    falls = match["fall"] is not None or (match["sign"] or "") in ("-", "−", "–")
    bound, bound_span = _bound_of(match)
    if high is not None:
        bound, bound_span = Bound.RANGE, None
    number = Span(match.start("low"), match.end("high" if match["high"] else "low"))
    last = max(match.end(name) for name in ("low", "high", "percent", "times", "after"))
    return Mention(
        Span(match.start(), last),
        Quantity(
            value=round(-low * times if falls else low * times, 6),
            value_max=None if high is None else round(high * times, 6),
            bound=bound,
            unit=Unit.PERCENT if percent else Unit.NUMBER,
            number=number,
            bound_span=bound_span,
        ),
        "cell:range" if high is not None else "cell:number",
    )


def _bound_of(match: re.Match[str]) -> tuple[Bound, Span | None]:
    for name in ("before", "after"):
        if match[name]:
            words = " ".join(match[name].lower().split())
            return BOUNDS.get(words, Bound.APPROX), Span(*match.span(name))
    return Bound.EXACT, None


def read_number(digits: str, percent: bool = False) -> float | None:
    """The number that the digits write, in any grouping; None where no convention fits.

    >>> read_number("18.204"), read_number("1,00,318"), read_number("8,5", percent=True)
    (18204.0, 100318.0, 8.5)
    """
    if digits.isdigit():
        return float(digits)
    if percent and (match := PERCENT_DECIMAL.fullmatch(digits)):
        return float(f"{match['whole']}.{match['part']}")
    if GROUPED.fullmatch(digits) or LAKH.fullmatch(digits):
        return float(re.sub(r"\D", "", digits))
    if match := DECIMAL.fullmatch(digits):
        whole = re.sub(r"\D", "", match["whole"])
        return float(f"{whole}.{match['part']}")
    return None
