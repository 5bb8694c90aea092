"""Quantities: every number of a sentence, typed by its unit, with its bound.

The order is the policy: what is one thing and no number (links, times), then numbers that are part
of a period, proportions in words, numerals by what stands beside them, and at last ranges, shared
signs and bounds. What an earlier step took, no later one reads again.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from govreq.article.spans import Span
from govreq.mentions.bound import find_bound
from govreq.mentions.composite import find_composites
from govreq.mentions.mention import Bound, Mention, PeriodExpression, Quantity, Unit
from govreq.mentions.number_words import WordKind, any_of, number_words
from govreq.mentions.numeral import Numeral, find_numerals
from govreq.mentions.period import find_periods
from govreq.mentions.proportion import GREW_TIMES, find_proportions
from govreq.mentions.series import LISTED, Item, join_ranges, read_bare_decimals, share_signs
from govreq.mentions.unit import read_unit
from govreq.mentions.year import is_year
from govreq.mentions.zero_one import find_zeros_and_ones, is_pronoun

FIGURES = frozenset({Unit.NUMBER, Unit.PERCENT, Unit.MULTIPLE})


def find_quantities(
    text: str, within: Span, periods: Sequence[Mention[PeriodExpression]] | None = None
) -> tuple[Mention[Quantity], ...]:
    """The numbers of ``text[within.start:within.end]``, in its order, none overlapping another.

    ``periods`` are the sentence's period mentions where they are known already: a number within
    one is a date. Runs of more than 15 digits are no numbers. The value of a percentage with a
    minus sign is positive; the mention's span covers the sign.
    """
    if not _may_hold_number(text, within):
        return ()
    dated = find_periods(text, within) if periods is None else periods
    items = _take_in_order(_candidates(text, within, [period.span for period in dated]))
    items = share_signs(text, items)
    items = read_bare_decimals(join_ranges(text, within, items))
    bounded = _share_bounds(text, [_bind(text, within, item) for item in items])
    return tuple(_mention(item) for item in _without_overlaps(bounded))


def _may_hold_number(text: str, within: Span) -> bool:
    return bool(_gate().search(text, within.start, within.end))


@cache
def _gate() -> re.Pattern[str]:
    """What every sentence with a number has. Accepts: "12", "tenfold". Refuses: "hundreds"."""
    kinds: tuple[WordKind, ...] = ("unit", "ten", "scale", "zero", "denominator", "multiple")
    words = any_of([word for kind in kinds for word in number_words(kind)])
    return re.compile(rf"[0-9½⅓⅔¼¾⅕]|\b(?:{words}|single|lone|sole|any)\b|fold\b", re.IGNORECASE)


def _candidates(text: str, within: Span, dated: Sequence[Span]) -> Iterator[Item]:
    """Every reading of every number, the ones that go first in front."""
    inside = _Inside(dated)
    for span, unit, rule in find_composites(text, within):
        kind = Unit.DATE if inside.holds(span) else unit
        yield Item(span, span, _first_number(span.of(text)), kind, rule)
    numerals = sorted(find_numerals(text, within), key=lambda numeral: numeral.span)
    proportions = list(find_proportions(text, within))
    for numeral in numerals:
        if inside.holds(numeral.span):
            yield _dated(text, within, numeral)
    for found in proportions:
        if inside.holds(found.span):
            yield Item(found.span, found.span, found.value, Unit.DATE, "quantity:period")
        else:
            yield Item(found.span, found.span, found.value, found.unit, found.rule)
    yield from find_zeros_and_ones(text, within)
    for numeral in numerals:
        item = _read_numeral(text, within, numeral)
        if item is not None:
            yield item


def _first_number(written: str) -> float:
    digits = re.search(r"[0-9]{1,15}", written)
    return float(digits.group()) if digits is not None else 0.0


def _dated(text: str, within: Span, numeral: Numeral) -> Item:
    start, end = numeral.span.start, numeral.span.end
    unit = Unit.YEAR if is_year(text, within, start, end) else Unit.DATE
    return Item(numeral.span, numeral.span, numeral.value, unit, "quantity:period")


def _read_numeral(text: str, within: Span, numeral: Numeral) -> Item | None:
    if numeral.form == "words" and is_pronoun(text, within, numeral.span):
        return None
    reading = read_unit(text, within, numeral)
    unit, span, rule = reading.unit, reading.span, reading.rule
    if unit is Unit.NUMBER and text.startswith(" times", span.end):
        before = text[max(within.start, span.start - 48) : span.start]
        if GREW_TIMES.search(before):
            unit, span, rule = Unit.MULTIPLE, Span(span.start, span.end + 6), "quantity:grew_times"
    return Item(span, numeral.span, numeral.value, unit, rule, scale=numeral.scale)


class _Inside:
    """Spans in the order of the text, none overlapping, asked which of them hold another one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)

    def holds(self, span: Span) -> bool:
        place = bisect_right(self._spans, Span(span.start, sys.maxsize)) - 1
        return place >= 0 and self._spans[place].contains(span)


def _take_in_order(candidates: Iterable[Item]) -> list[Item]:
    """Items in the order of the text; where two overlap, the one that came first counts."""
    taken: dict[int, Item] = {}
    for item in candidates:
        places = range(item.span.start, max(item.span.end, item.span.start + 1))
        if not any(place in taken for place in places):
            taken.update(dict.fromkeys(places, item))
    unique = dict.fromkeys(taken[place] for place in sorted(taken))
    return list(unique)


def _bind(text: str, within: Span, item: Item) -> Item:
    if item.unit not in FIGURES or item.bound is Bound.RANGE:
        return item
    words = find_bound(text, within, item.span.start, item.span.end)
    if words is None:
        return item
    return replace(
        item, span=item.span.joined(words.span), bound=words.bound, bound_span=words.span
    )


def _share_bounds(text: str, items: Sequence[Item]) -> list[Item]:
    """A bound before two numbers is said of both: "upwards of 3,700 and 3,000"."""
    shared = list(items)
    for place in range(1, len(shared)):
        first, item = shared[place - 1], shared[place]
        if first.bound not in (Bound.MIN, Bound.MAX) or item.bound is not Bound.EXACT:
            continue
        if item.unit is first.unit and item.unit in FIGURES:
            gap = text[first.span.end : item.span.start]
            if re.fullmatch(r",? and ", gap) and LISTED.fullmatch(gap):
                shared[place] = replace(item, bound=first.bound)
    return shared


def _without_overlaps(items: Sequence[Item]) -> Iterator[Item]:
    """Bound words widen spans: one that two numbers claim stays with the first."""
    end = 0
    for item in items:
        if item.span.start < end:
            item = replace(item, span=Span(max(end, item.span.start), max(end, item.span.end)))
        end = item.span.end
        yield item


def _mention(item: Item) -> Mention[Quantity]:
    quantity = Quantity(
        item.value, item.value_max, item.bound, item.unit, item.number, item.bound_span
    )
    return Mention(item.span, quantity, item.rule)
