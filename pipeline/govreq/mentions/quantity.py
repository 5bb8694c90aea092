"""Quantities: every number of a sentence, typed by its unit, with its bound.

The order is the policy: what is one thing and no number (links, times), then numbers that are part
of a period, proportions in words, numerals by what stands beside them, and at last ranges, shared
signs and bounds. What an earlier step took, no later one reads again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from govreq.article.spans import Span
from govreq.mentions.bound import find_bound
from govreq.mentions.composite import find_composites
from govreq.mentions.cue import find_cues_of
from govreq.mentions.mention import Bound, Mention, PeriodExpression, Quantity, Unit
from govreq.mentions.numeral import Numeral, find_numerals
from govreq.mentions.number_words import any_of, number_words
from govreq.mentions.period import find_periods
from govreq.mentions.proportion import GREW_TIMES, find_proportions
from govreq.mentions.series import LISTED, Item, join_ranges, share_signs
from govreq.mentions.unit import read_unit
from govreq.mentions.year import is_year

FIGURES = frozenset({Unit.NUMBER, Unit.PERCENT, Unit.MULTIPLE})

NO_NUMBER = re.compile(r"[0-9½⅓⅔¼¾⅕]", re.ASCII)

PRONOUN_ONE = re.compile(
    r"(?:\b(?:no|the|this|that|any|every|each|which|some|another|only|latter|former|new|big|first|"
    r"last|next|previous|good|a|an|other|such|is|as|or|to)[ -]$)",
    re.IGNORECASE,
)
"""Words before "one" that make it a pronoun. Accepts: "no ". Refuses: "received "."""

PRONOUN_ONE_AFTER = re.compile(
    r"(?:[’']s\b| (?:of (?:the (?:most|first|biggest|largest|few|main|world|many|top|reasons)|its|"
    r"our|those|these|them)|another|can|could|would|must|might|may|should|has to|thing|day|way|hand|"
    r"more|reason|wonders|by one)\b|-(?!time)\w|\s?[)\]])",
    re.IGNORECASE,
)
"""Words after "one" that make it no count. Accepts: " of the largest". Refuses: " request"."""

SINGLE = re.compile(r"\b(not )?an? (?:single|lone|sole)\b(?!-)", re.IGNORECASE)
"""One, in other words. Accepts: "a single". Refuses: "every single"."""

NOT_ONE = re.compile(r"\bnot (?:even )?one\b", re.IGNORECASE)
"""None, in other words. Accepts: "not one". Refuses: "one"."""

ZERO_REFUSED = re.compile(
    r"-|[ -](?:day|tolerance|trust|knowledge|sum|hour|one\b|longer|doubt|matter|way|more than|fewer|"
    r"less|later|wonder|idea|such|comment|question|reason|other|change|surprise|precise|exact|rating)",
    re.IGNORECASE,
)
"""What makes "no" or "zero" no count. Accepts: " longer". Refuses: " requests"."""

FIRST_WORD = re.compile(r"\s(?:[\w'’-]+\s){0,4}?[\w'’-]+")


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
    items = join_ranges(text, within, items)
    bounded = _share_bounds(text, [_bind(text, within, item) for item in items])
    return tuple(_mention(item) for item in _without_overlaps(bounded))


def _may_hold_number(text: str, within: Span) -> bool:
    return bool(_gate().search(text, within.start, within.end))


_GATES: list[re.Pattern[str]] = []


def _gate() -> re.Pattern[str]:
    if not _GATES:
        kinds = ("unit", "ten", "scale", "zero", "denominator", "multiple")
        words = any_of([word for kind in kinds for word in number_words(kind)])  # type: ignore[arg-type]
        _GATES.append(re.compile(rf"[0-9½⅓⅔¼¾⅕]|\b(?:{words}|single|lone)\b|fold\b", re.IGNORECASE))
    return _GATES[0]


def _candidates(text: str, within: Span, dated: Sequence[Span]) -> Iterator[Item]:
    """Every reading of every number, the ones that go first in front."""
    for span, unit, rule in find_composites(text, within):
        yield Item(span, span, 0.0, unit, rule)
    numerals = sorted(find_numerals(text, within), key=lambda numeral: numeral.span)
    proportions = list(find_proportions(text, within))
    inside = _Inside(dated)
    for numeral in numerals:
        if inside.holds(numeral.span):
            yield _dated(text, within, numeral)
    for found in proportions:
        if inside.holds(found.span):
            yield Item(found.span, found.span, found.value, Unit.DATE, "quantity:period")
        else:
            yield Item(found.span, found.span, found.value, found.unit, found.rule, words=True)
    yield from _zeros_and_ones(text, within)
    for numeral in numerals:
        item = _read_numeral(text, within, numeral)
        if item is not None:
            yield item


def _dated(text: str, within: Span, numeral: Numeral) -> Item:
    start, end = numeral.span.start, numeral.span.end
    unit = Unit.YEAR if is_year(text, within, start, end) else Unit.DATE
    return Item(numeral.span, numeral.span, numeral.value, unit, "quantity:period")


def _read_numeral(text: str, within: Span, numeral: Numeral) -> Item | None:
    if numeral.form == "words" and numeral.value == 1 and _is_pronoun(text, within, numeral.span):
        return None
    reading = read_unit(text, within, numeral)
    unit, span, rule = reading.unit, reading.span, reading.rule
    if unit is Unit.NUMBER and text.startswith(" times", span.end):
        before = text[max(within.start, span.start - 48) : span.start]
        if GREW_TIMES.search(before):
            unit, span, rule = Unit.MULTIPLE, Span(span.start, span.end + 6), "quantity:grew_times"
    words = numeral.form == "words"
    return Item(span, numeral.span, numeral.value, unit, rule, words=words)


def _is_pronoun(text: str, within: Span, span: Span) -> bool:
    if text[span.start : span.end].lower() != "one":
        return False
    before = text[max(within.start, span.start - 12) : span.start]
    after = text[span.end : min(within.end, span.end + 24)]
    return bool(PRONOUN_ONE.search(before) or PRONOUN_ONE_AFTER.match(after))


def _zeros_and_ones(text: str, within: Span) -> Iterator[Item]:
    for match in SINGLE.finditer(text, within.start, within.end):
        value = 0.0 if match.group(1) else 1.0
        rule = "quantity:zero" if match.group(1) else "quantity:single"
        yield Item(Span(*match.span()), Span(*match.span()), value, Unit.NUMBER, rule, words=True)
    for match in NOT_ONE.finditer(text, within.start, within.end):
        span = Span(*match.span())
        yield Item(span, span, 0.0, Unit.NUMBER, "quantity:zero", words=True)
    for match in _zero_words().finditer(text, within.start, within.end):
        span = Span(*match.span())
        if _counts_nothing(text, within, span):
            yield Item(span, span, 0.0, Unit.NUMBER, "quantity:zero", words=True)


_ZEROS: list[re.Pattern[str]] = []


def _zero_words() -> re.Pattern[str]:
    if not _ZEROS:
        words = any_of(list(number_words("zero")))
        _ZEROS.append(re.compile(rf"(?<![\w-])(?:{words})\b(?!\.)", re.IGNORECASE))
    return _ZEROS[0]


def _counts_nothing(text: str, within: Span, span: Span) -> bool:
    """Whether "no" has a counted noun after it; "none", "nil" and "zero" need none."""
    word = text[span.start : span.end].lower()
    if ZERO_REFUSED.match(text, span.end, within.end):
        return False
    if re.search(
        r"\b(?:triple|double|ground|net|sub|absolute) $",
        text[max(within.start, span.start - 9) : span.start],
        re.I,
    ):
        return False
    if word != "no":
        return True
    near = FIRST_WORD.match(text, span.end, min(within.end, span.end + 64))
    reach = Span(span.end, min(within.end, span.end + 48))
    stop = re.search(r"[,.;:]|\b(?:in|of|to|from|was|were|that)\b", reach.of(text))
    if stop is not None:
        reach = Span(reach.start, reach.start + stop.start())
    if near is None:
        return False
    counted = find_cues_of("counted", text, reach)
    return bool(counted) or bool(re.search(r"\b(?:data|information|content)\b", reach.of(text)))


class _Inside:
    """Spans in the order of the text, asked whether one of them holds another span."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)

    def holds(self, span: Span) -> bool:
        return any(one.contains(span) for one in self._spans)


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
    """ "Upwards of 3,700 and 3,000": a bound before a list is said of all its numbers."""
    shared = list(items)
    for place in range(1, len(shared)):
        first, item = shared[place - 1], shared[place]
        if first.bound in (Bound.EXACT, Bound.RANGE) or item.bound is not Bound.EXACT:
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
