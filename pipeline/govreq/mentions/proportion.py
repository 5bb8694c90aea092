"""Proportions and multiples in words: "two thirds", "one in five", "half", "doubled", "tenfold"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from govreq.article.spans import Span
from govreq.mentions.mention import Unit
from govreq.mentions.number_words import any_of, number_words

WHOLES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000})
"""The M of "N in M"; other pairs ("52 out of 60") are two counts."""

AFTER_FRACTION = re.compile(
    r"\s*(?:$|[.,;:)”\"’'–—]|[-–—] |(?:of|were|was|are|is|came|come|more|fewer|less|higher|lower|"
    r"in|to|on|as|and|or|but|were|had|have|has|went|go|from|that|than|compared|over|above|below|"
    r"under|since|during|with|by|while|when|which|resulted|led|involved|concerned|related|sought|"
    r"asked|got|received|granted|rejected|denied|did|could|would|the|those|these|all|its|their|"
    r"between|against|year|for|at|up|down|produced|yielded|contained|included|complied)\b)"
)
"""What follows a fraction. Accepts: " of them". Refuses: " report" in "a third report"."""

NO_HALF_BEFORE = re.compile(
    r"(?:\b(?:first|second|third|latter|last|previous|preceding|prior|either|each|every|other|this|"
    r"that|next|per|new|final|early|late|same|third|both|better|back|front|top|bottom|top|current|"
    r"latest|recent|1st|2nd|and a)|’s|'s|report)[ -]$",
    re.IGNORECASE,
)
"""Words that make "half" a stretch of time or a part. Accepts: "first ". Refuses: "nearly "."""

NO_HALF_AFTER = re.compile(
    r"[ -]?(?:an? |the )?(?:hour|year|month|decade|day|week|century|minute|brother|sister|time|"
    r"hearted|way|baked|truth|life|back|before|after|earlier|ago|ended|ending|dozen|"
    r"hundred|thousand|million|billion|lakh|crore)|"
    r" of (?:19|20)[0-9]{2}|-[a-z]|[0-9]",
    re.IGNORECASE,
)
"""What makes "half" no fraction. Accepts: "-year", " of 2020". Refuses: " of them"."""

HALF_AS = re.compile(
    r"\s(?:as (?:many|much|often)|that\b|what\b|the (?:number|figure|rate|total)\b)"
)
"""What makes "half" a multiple. Accepts: " as many". Refuses: " of them"."""

NO_MULTIPLE_AFTER = re.compile(
    r"-?(?:digit|check|standard|down\b|take|agent|blind|edged|counting|counted|jeopardy|click|"
    r"room|murder|act|zero|sided|-sided)|[ -](?:digit|check|standard|down|agents?|blind|edged|"
    r"jeopardy|click|room|zero|murder|homicide|glaz)",
    re.IGNORECASE,
)
"""What makes "double" no multiple. Accepts: "-digit". Refuses: " the number"."""

TWICE_A_YEAR = re.compile(
    r"[ -](?:a|an|per|each|every|daily|yearly|weekly|monthly|in a)\b|-(?!as)\w"
)
"""What makes "twice" a frequency. Accepts: " a year". Refuses: " as many"."""

TWICE_AS = re.compile(r"\s(?:as\b|the\b|that\b|what\b|those\b|its\b|their\b|more\b|last\b)")
"""What makes "twice" a multiple. Accepts: " as many". Refuses: " in May"."""

GREW_TIMES = re.compile(
    r"\b(?:up|rose|risen|grew|grown|increased?|jumped|multiplied|soared|surged|climbed)"
    r"(?: \w+){0,2} (?:by )?(?:[a-z]+ ){0,3}$",
    re.IGNORECASE,
)
"""What makes "five times" a multiple. Accepts: "up more than ". Refuses: "it was asked "."""

SLASHED = re.compile(r"(?<![0-9/.,])[1-9]/[2-9](?= of )")
"""A fraction in digits. Accepts: "2/3" in "2/3 of them". Refuses: "24/7"."""

SIGNS = {"½": 50.0, "⅓": 33.3, "⅔": 66.7, "¼": 25.0, "¾": 75.0, "⅕": 20.0}


@dataclass(frozen=True, slots=True)
class Proportion:
    """A proportion or multiple in words: percent of the whole, or the factor."""

    span: Span
    value: float
    unit: Unit
    rule: str


@cache
def _units() -> str:
    return any_of([word for word, value in number_words("unit").items() if value < 20])


@cache
def _fraction() -> re.Pattern[str]:
    """Accepts: "two thirds", "one-fifth", "a quarter". Refuses: "the third"."""
    names = any_of([word for word in number_words("denominator") if word not in ("half", "halves")])
    return re.compile(rf"(?<![\w-])(a|{_units()})[ -]({names})\b(?!-)", re.IGNORECASE)


@cache
def _in_of() -> re.Pattern[str]:
    """Accepts: "one in five", "9 out of every 10", "one of every four". Refuses: "12 in all"."""
    number = rf"{_units()}|{any_of(list(number_words('ten')))}|a hundred|[0-9]{{1,3}}"
    return re.compile(
        rf"(?<![\w.,$-])({number})[ -](?:in|out[ -]of|of)(?P<every>[ -](?:every|each))?[ -]"
        rf"({number})(?![\w%]|[.,][0-9])",
        re.IGNORECASE,
    )


@cache
def _multiple() -> re.Pattern[str]:
    """Accepts: "doubled", "tenfold", "3-fold". Refuses: "redoubled"."""
    words = any_of(list(number_words("multiple")))
    numbers = any_of([*number_words("unit"), *number_words("ten"), "hundred"])
    return re.compile(rf"(?<![\w-])(?:({words})\b|({numbers})[ -]?fold\b)", re.IGNORECASE)


@cache
def _one_noun_in() -> re.Pattern[str]:
    """Accepts: "one request in three", "one user in every 5". Refuses: "one request in May"."""
    numbers = rf"{_units()}|{any_of(list(number_words('ten')))}|[0-9]{{1,3}}"
    return re.compile(
        rf"(?<![\w-])(one) [a-z]+ (?:in|out of)(?P<every> every)? ({numbers})(?![\w%]|[.,][0-9])",
        re.IGNORECASE,
    )


HALF = re.compile(r"(?<![\w-])(?:one[ -]|a )?(?:half|halves)\b", re.IGNORECASE)
"""Accepts: "half", "one-half". Refuses: "behalf"."""

SIGN = re.compile(r"(?<![0-9])[½⅓⅔¼¾⅕]")
"""Accepts: "½". Refuses: "2½"."""


def find_proportions(text: str, within: Span) -> Iterator[Proportion]:
    """Proportions and multiples written in words; they may overlap, the first found counts."""
    yield from _find_in_of(text, within)
    yield from _find_one_noun_in(text, within)
    yield from _find_fractions(text, within)
    yield from _find_halves(text, within)
    yield from _find_multiples(text, within)
    for match in SLASHED.finditer(text, within.start, within.end):
        part, whole = (int(number) for number in match.group().split("/"))
        if part < whole:
            value = percent_of(part, whole)
            yield Proportion(Span(*match.span()), value, Unit.PERCENT, "quantity:fraction")
    for sign in SIGN.finditer(text, within.start, within.end):
        value = SIGNS[sign.group()]
        yield Proportion(Span(*sign.span()), value, Unit.PERCENT, "quantity:fraction")


def percent_of(part: float, whole: float) -> float:
    """The share of ``part`` in percent, to one decimal: a third is 33.3."""
    return round(100 * part / whole, 1)


def _number(word: str) -> float:
    word = word.lower()
    if word in ("a", "a hundred"):
        return 100.0 if word == "a hundred" else 1.0
    known = number_words("unit").get(word) or number_words("ten").get(word)
    return float(known if known is not None else word)


def _find_fractions(text: str, within: Span) -> Iterator[Proportion]:
    for match in _fraction().finditer(text, within.start, within.end):
        part, name = _number(match.group(1)), match.group(2).lower()
        whole = number_words("denominator")[name]
        plural = name.endswith("s")
        if plural != (part > 1) or part >= whole:
            continue
        window = text[match.end() : min(within.end, match.end() + 24)]
        if match.group(1).lower() == "a" and not AFTER_FRACTION.match(window):
            continue
        if re.match(
            r"[ -](?:of|in) (?:19|20)[0-9]{2}\b|[ -]?(?:ago|earlier|before|later)\b", window
        ):
            continue
        value = percent_of(part, whole)
        yield Proportion(Span(*match.span()), value, Unit.PERCENT, "quantity:fraction")


def _find_in_of(text: str, within: Span) -> Iterator[Proportion]:
    for match in _in_of().finditer(text, within.start, within.end):
        joint = match.group().lower()
        if " of" in joint and "out" not in joint and not match.group("every"):
            continue
        part, whole = _number(match.group(1)), _number(match.group(3))
        if not part < whole or whole not in WHOLES:
            continue
        after = text[match.end() : min(within.end, match.end() + 24)]
        timed = re.match(
            r"[ -](?:\w+ )?(?:year|month|week|day|hour|quarter|countr|states?\b)", after
        )
        if timed and not match.group("every"):
            continue
        value = percent_of(part, whole)
        yield Proportion(Span(*match.span()), value, Unit.PERCENT, "quantity:in_of")


def _find_one_noun_in(text: str, within: Span) -> Iterator[Proportion]:
    for match in _one_noun_in().finditer(text, within.start, within.end):
        whole = _number(match.group(3))
        window = text[match.end() : min(within.end, match.end() + 24)]
        if whole in WHOLES and (match.group("every") or AFTER_FRACTION.match(window)):
            value = percent_of(1, whole)
            yield Proportion(Span(*match.span()), value, Unit.PERCENT, "quantity:in_of")


def _find_halves(text: str, within: Span) -> Iterator[Proportion]:
    for match in HALF.finditer(text, within.start, within.end):
        before = text[max(within.start, match.start() - 16) : match.start()]
        after = text[match.end() : min(within.end, match.end() + 24)]
        if NO_HALF_BEFORE.search(before) or NO_HALF_AFTER.match(after):
            continue
        span = Span(*match.span())
        if HALF_AS.match(after):
            yield Proportion(span, 0.5, Unit.MULTIPLE, "quantity:half_as")
        else:
            yield Proportion(span, 50.0, Unit.PERCENT, "quantity:half")


def _find_multiples(text: str, within: Span) -> Iterator[Proportion]:
    for match in _multiple().finditer(text, within.start, within.end):
        after = text[match.end() : min(within.end, match.end() + 16)]
        span = Span(*match.span())
        if match.group(2):
            word = match.group(2).lower()
            value = 100.0 if word == "hundred" else _number(word)
            yield Proportion(span, value, Unit.MULTIPLE, "quantity:fold")
            continue
        word = match.group(1).lower()
        value = number_words("multiple")[word]
        if word in ("twice", "thrice"):
            yield _read_twice(span, value, after)
        elif not NO_MULTIPLE_AFTER.match(after):
            yield Proportion(span, value, Unit.MULTIPLE, "quantity:multiple")


def _read_twice(span: Span, value: float, after: str) -> Proportion:
    if TWICE_AS.match(after):
        return Proportion(span, value, Unit.MULTIPLE, "quantity:multiple")
    if TWICE_A_YEAR.match(after):
        return Proportion(span, value, Unit.MEASURE, "quantity:frequency")
    return Proportion(span, value, Unit.NUMBER, "quantity:twice")
