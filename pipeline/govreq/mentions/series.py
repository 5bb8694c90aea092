"""Numbers that stand side by side: ranges, and signs that one of them bears for all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from govreq.article.spans import Span
from govreq.mentions.mention import Bound, Unit

DASH = re.compile(r"\s?[-–—‑−~]\s?$|-to-$")
"""Between the ends of a range. Accepts: "-", " – ". Refuses: ", "."""

TO = re.compile(r"\s(?:to|through)\s(?:about |around |nearly |almost )?$")
"""Accepts: " to ". Refuses: " to the "."""

AND = re.compile(r"\sand\s(?:about |around |nearly |almost )?$")
"""Accepts: " and ". Refuses: " and in "."""

LISTED = re.compile(r"\s?(?:,|/|;|,? and|,? or|,? to|-|–)\s?(?:about |around |nearly )?$")
"""Between the numbers of a list. Accepts: ", ", " and ". Refuses: " of "."""

LAST_OF_LIST = re.compile(r",?\s?(?:and|or|to|&|-|–)\s?(?:about |around |nearly )?$")
"""Before the last number of a list. Accepts: " and ". Refuses: ", " in "of the 40, 12%"."""

BETWEEN = re.compile(
    r"\bbetween (?:about |around |roughly |some |an estimated |just )?$", re.IGNORECASE
)
"""Accepts: "between ". Refuses: "between them "."""

FROM = re.compile(
    r"\bfrom (?:about |around |roughly |just |some |only |a mere |over |under )?$", re.I
)
"""Accepts: "from ". Refuses: "from Spain "."""

RANGING = re.compile(r"\b(?:rang\w+|var\w+|anywhere|anything|vary|band\w*) $", re.IGNORECASE)
"""Words that make "from 5 to 9" a range. Accepts: "ranging ". Refuses: "rose "."""

CHANGING = re.compile(
    r"\b(?:rose|rise|risen|grew|grow|grown|fell|fall|fallen|dropp?\w*|increas\w+|decreas\w+|"
    r"declin\w+|"
    r"jump\w+|climb\w+|went|gone|up|down|chang\w+|slid|shr[aiu]nk|edged|soared|surged|plunged)"
    r"(?: \w+)? $",
    re.IGNORECASE,
)
"""Words that make "5 to 9" two numbers. Accepts: "rose ". Refuses: "received "."""


@dataclass(frozen=True, slots=True)
class Item:
    """A number on its way to a mention: ``span`` with sign and unit word, ``number`` without."""

    span: Span
    number: Span
    value: float
    unit: Unit
    rule: str
    value_max: float | None = None
    scale: float = 1.0
    bound: Bound = Bound.EXACT
    bound_span: Span | None = None


def share_signs(text: str, items: Sequence[Item]) -> list[Item]:
    """Numbers of a list take the percent sign that only the last bears: "11 and 12%"."""
    shared = list(items)
    for place in range(len(shared) - 2, -1, -1):
        item, after = shared[place], shared[place + 1]
        if item.unit is Unit.NUMBER and after.unit is Unit.PERCENT and item.value <= 100:
            gap = text[item.span.end : after.span.start]
            joint = LISTED if after.rule.endswith("+shared") else LAST_OF_LIST
            if after.rule.startswith("units:percent") and joint.fullmatch(gap):
                shared[place] = replace(item, unit=Unit.PERCENT, rule=after.rule + "+shared")
    return shared


def read_bare_decimals(items: Sequence[Item]) -> list[Item]:
    """A decimal after a percentage is one too: "20 percent from Spain and 3.5 from Italy"."""
    read: list[Item] = []
    percent = False
    for item in items:
        percent = percent or item.unit is Unit.PERCENT
        decimal = item.scale == 1 and item.value % 1 and item.value < 100
        if percent and decimal and item.unit is Unit.NUMBER and item.value_max is None:
            item = replace(item, unit=Unit.PERCENT, rule="quantity:bare_decimal")
        read.append(item)
    return read


def join_ranges(text: str, within: Span, items: Sequence[Item]) -> list[Item]:
    """Joins two numbers that are the ends of one range; in doubt they stay two."""
    joined: list[Item] = []
    place = 0
    while place < len(items):
        item = items[place]
        if place + 1 < len(items):
            merged = _joined(text, within, item, items[place + 1])
            if merged is not None:
                joined.append(merged)
                place += 2
                continue
        joined.append(item)
        place += 1
    return joined


def _joined(text: str, within: Span, low: Item, high: Item) -> Item | None:
    units = {low.unit, high.unit}
    if units & {Unit.CODE, Unit.DATE, Unit.YEAR, Unit.ORDINAL, Unit.MULTIPLE}:
        return None
    if len(units) > 1 and Unit.NUMBER not in units:
        return None
    if units == {Unit.NUMBER, Unit.PERCENT} and low.unit is Unit.PERCENT:
        return None
    gap = text[low.span.end : high.span.start]
    if len(gap) > 16:
        return None
    bottom = _scaled_low(low, high)
    before = text[max(within.start, low.span.start - 32) : low.span.start]
    start = _range_start(before, gap, bottom, high, low.span.start)
    if start is None:
        return None
    unit = low.unit if high.unit is Unit.NUMBER else high.unit
    return Item(
        span=Span(start, high.span.end),
        number=low.number.joined(high.number),
        value=bottom,
        unit=unit,
        rule="quantity:range",
        value_max=high.value,
        bound=Bound.RANGE,
    )


def _scaled_low(low: Item, high: Item) -> float:
    """The lower end with the scale word that only the upper one bears: "5-6 million"."""
    scaled = low.value * high.scale
    return scaled if low.scale == 1 and low.value < 1000 and scaled < high.value else low.value


def _range_start(before: str, gap: str, bottom: float, high: Item, start: int) -> int | None:
    """Where a range begins with its own words ("between"), None where it is none."""
    if not bottom < high.value:
        return None
    if AND.fullmatch(gap):
        between = BETWEEN.search(before)
        return start - len(before) + between.start() if between else None
    if DASH.fullmatch(gap):
        return start
    if not TO.fullmatch(gap):
        return None
    percent = high.unit is Unit.PERCENT
    return start if _is_spread(before, bottom, high.value, percent) else None


def _is_spread(before: str, low: float, high: float, percent: bool) -> bool:
    """Whether "LOW to HIGH" is a range and no change from one to the other."""
    if _is_band(low, high):
        return True
    origin = FROM.search(before)
    if origin is not None:
        return bool(RANGING.search(before[: origin.start()]))
    if high > 2 * low:
        return False
    return percent or not CHANGING.search(before)


def _is_band(low: float, high: float) -> bool:
    """Whether the two are a reporting band such as 0-249, 1-499 or 5,000-5,999."""
    return (high + 1) % 50 == 0 and (low % 50 == 0 or low == 1) and high < 10 * max(low, 100)
