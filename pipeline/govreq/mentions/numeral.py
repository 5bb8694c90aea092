"""Numerals: where a text holds a number, in digits or words, and its value, whatever it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from govreq.article.spans import Span
from govreq.mentions.number_words import any_of, number_run, number_words, read_number_words
from govreq.mentions.period_words import MONTH

DIGITS = re.compile(
    r"(?<![0-9])(?:"
    r"[0-9]{1,3}(?:,[0-9]{2,3}){0,5},[0-9]{3}(?![0-9])(?:\.[0-9]{1,3}(?![0-9]))?"
    r"|[0-9]{1,3}(?:(?P<gap>[   '’])[0-9]{3}(?:(?P=gap)[0-9]{3}){0,4})(?![0-9])"
    r"|[0-9]{1,3}(?: [0-9]{3}){1,4}(?![0-9,%.]*[0-9%])"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,5}(?![0-9])"
    r"|[0-9]{1,15}(?:[.·][0-9]{1,6})?(?![0-9])"
    r"|\.[0-9]{1,4}(?![0-9])(?=\s?(?:%|per))"
    r")"
)
"""Digits with their grouping. Accepts: "27,664", "1,28,000", "1 000", "0.2". Refuses: "1,23"."""

DECIMAL_COMMA = re.compile(r"[0-9]{1,3},[0-9]{1,2}(?=\s?(?:%|per ?cent))")
"""A decimal comma. Accepts: "42,4" in "42,4%". Refuses: "42,4 and 5"."""

THREE_DECIMALS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
"""A dot as a group mark. Accepts: "27.664". Refuses: "0.664"."""

FOOTNOTE = re.compile(r"\*{1,3}|[†‡§]|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|\[[0-9a-z]{1,2}\]")
"""A mark stuck to a number. Accepts: "*" in "1,234*", "[2]". Refuses: "[see]"."""

MONTH_BEFORE = re.compile(rf"\b{MONTH} $")
"""A month before digits: "July " in "July 1 200". Accepts: "July ". Refuses: "Between "."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number: the span of its digits or words with its scale word, and its value.

    ``scale`` is what a scale word or letter multiplied the digits by. ``digits`` are the bare
    digits ("2703"), empty where it is written in words; ``plain`` says that there is no grouping,
    decimal or scale, so that it may be a year or a code. ``end`` is where the number ends with its
    footnote mark.
    """

    span: Span
    value: float
    digits: str
    plain: bool
    end: int
    form: str = "digits"
    scale: float = 1.0


def find_numerals(text: str, within: Span) -> Iterator[Numeral]:
    """Every number of ``text[within.start:within.end]``, digits first, then words."""
    for match in DIGITS.finditer(text, within.start, within.end):
        numeral = _read_digits(text, within, match)
        if numeral is not None:
            yield numeral
    for run in number_run().finditer(text, within.start, within.end):
        for span, value in read_number_words(text, Span(run.start(), run.end())):
            yield Numeral(span, value, "", False, span.end, form="words")


def _read_digits(text: str, within: Span, match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    comma = DECIMAL_COMMA.match(text, start, within.end)
    if comma is not None and comma.end() > end:
        end = comma.end()
        return Numeral(Span(start, end), float(text[start:end].replace(",", ".")), "", False, end)
    if " " in match.group() and MONTH_BEFORE.search(text, max(within.start, start - 12), start):
        end = start + match.group().index(" ")
    written = text[start:end]
    scale = _scale_after(text, end, within.end)
    value = _value_of(written, scale is not None or _is_percent(text, end))
    if scale is not None:
        end, factor = scale
        value = round(value * factor, 4)
        return Numeral(Span(start, end), value, "", False, end, scale=factor)
    mark = FOOTNOTE.match(text, end, within.end)
    plain = written.isdigit()
    after = mark.end() if mark is not None else end
    return Numeral(Span(start, end), value, written if plain else "", plain, after)


def _is_percent(text: str, end: int) -> bool:
    return text[end : end + 4].lstrip(" -").startswith(("%", "per"))


def _value_of(written: str, decimal: bool) -> float:
    bare = re.sub(r"[,'’\s]", "", written).replace("·", ".")
    if bare.count(".") > 1 or (not decimal and THREE_DECIMALS.fullmatch(bare)):
        bare = bare.replace(".", "")
    return float(bare)


@cache
def _scale_pattern() -> re.Pattern[str]:
    words = any_of([*number_words("scale"), *number_words("after_digits")])
    letters = any_of(list(number_words("letter")))
    return re.compile(rf"(?:[\s-](?i:({words}))|({letters}))(?![\w$])")


def _scale_after(text: str, end: int, stop: int) -> tuple[int, float] | None:
    match = _scale_pattern().match(text, end, stop)
    if match is None:
        return None
    if match.group(2):
        return match.end(), number_words("letter")[match.group(2)]
    word = match.group(1).lower()
    factor = number_words("scale").get(word) or number_words("after_digits")[word]
    return match.end(), factor
