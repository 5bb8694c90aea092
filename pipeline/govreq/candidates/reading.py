"""A document as the linker sees it: sentences, their figures, and what the whole is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from govreq.article.article import Article, BlockKind
from govreq.article.spans import Span
from govreq.candidates.tokens import TokenTree
from govreq.mentions.company import find_companies
from govreq.mentions.mention import (
    Anchor,
    CompanyName,
    Mention,
    Period,
    PeriodExpression,
    Quantity,
    Unit,
)
from govreq.mentions.period import resolve_period
from govreq.mentions.read import FIGURE_UNITS
from govreq.mentions.sentence import Sentence

COMPARING = frozenset({"than", "from", "against", "with", "since", "to", "over", "versus", "on"})
"""Words shortly before a period that is compared with: "up 9% on the second half of 2019"."""

CONTEXT_KINDS = frozenset({BlockKind.TITLE, BlockKind.HEADING})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that may be a statistic: its sentence, its place among the sentence's figures.

    ``token`` is the number's own token, ``noun`` the noun that it counts (or itself), ``verb`` the
    verb over it; each -1 where the sentence was not parsed.
    """

    sentence: int
    order: int
    mention: Mention[Quantity]
    token: int
    noun: int
    verb: int

    @property
    def span(self) -> Span:
        """The number's span, bound words and unit included."""
        return self.mention.span


class Reading:
    """One article's sentences with the questions that linking asks of the whole document."""

    def __init__(self, article: Article, sentences: tuple[Sentence, ...]) -> None:
        self.article = article
        self.text = article.text
        self.sentences = sentences
        self.trees = [TokenTree(sentence) for sentence in sentences]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Numbers, percentages and multiples of the body, in the order of the text."""
        found: list[Figure] = []
        for index, sentence in enumerate(self.sentences):
            if not sentence.tokens or sentence.kind in CONTEXT_KINDS:
                continue
            wanted = [item for item in sentence.quantities if item.value.unit in FIGURE_UNITS]
            found.extend(self._figure(index, order, item) for order, item in enumerate(wanted))
        return tuple(found)

    def _figure(self, index: int, order: int, mention: Mention[Quantity]) -> Figure:
        tree = self.trees[index]
        token = tree.head_of(mention.value.number)
        if mention.value.unit is Unit.PERCENT:
            token = tree.head_of(mention.span)
        noun = tree.noun_of(token)
        return Figure(index, order, mention, token, noun, tree.verb_over(token))

    def figures_of(self, sentence: int) -> list[Figure]:
        """The figures of one sentence."""
        return self._figures_by_sentence.get(sentence, [])

    @cached_property
    def _figures_by_sentence(self) -> dict[int, list[Figure]]:
        found: dict[int, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.sentence, []).append(figure)
        return found

    @cached_property
    def company_counts(self) -> Counter[str]:
        """How often each named company is mentioned."""
        return Counter(
            company.value.name
            for sentence in self.sentences
            for company in sentence.companies
            if company.value.name
        )

    @cached_property
    def jurisdiction_counts(self) -> Counter[str]:
        """How often each jurisdiction is mentioned."""
        return Counter(
            place.value.code
            for sentence in self.sentences
            for place in sentence.jurisdictions
            if place.value.code
        )

    @cached_property
    def topic_company(self) -> Mention[CompanyName] | None:
        """The company that the document is mostly about: the title's first, else the commonest."""
        for sentence in self.sentences:
            if sentence.kind is BlockKind.TITLE:
                named = [item for item in sentence.companies if item.value.name]
                if named:
                    return max(named, key=lambda item: self.company_counts[item.value.name])
        return self.commonest_company

    @cached_property
    def commonest_company(self) -> Mention[CompanyName] | None:
        """The first mention of the company that is mentioned most."""
        if not self.company_counts:
            return None
        best = max(self.company_counts.values())
        for sentence in self.sentences:
            for item in sentence.companies:
                if item.value.name and self.company_counts[item.value.name] == best:
                    return item
        return None

    @cached_property
    def publisher_company(self) -> str | None:
        """The company that publishes the page itself (its own blog or newsroom), if known."""
        publisher = self.article.publisher
        if not publisher:
            return None
        named = find_companies(publisher, Span(0, len(publisher)))
        return named[0].value.name or None if named else None

    @cached_property
    def absolute_periods(self) -> tuple[tuple[int, Mention, Period], ...]:  # type: ignore[type-arg]
        """Each period that needs no other period, resolved, with its sentence's index."""
        found = []
        context: list[Period] = []
        for index, sentence in enumerate(self.sentences):
            for item in sentence.periods:
                if item.value.anchor in (Anchor.PREVIOUS, Anchor.SAME, Anchor.OPEN):
                    continue
                period = resolve_period(item.value, self.article.published, context)
                if period is not None:
                    context.append(period)
                    found.append((index, item, period))
        return tuple(found)

    @cached_property
    def period_counts(self) -> Counter[Period]:
        """How often each absolute period is mentioned."""
        return Counter(period for _, _, period in self.absolute_periods)

    @cached_property
    def report_period(self) -> Period | None:
        """The period that the document is about, or None.

        Each mention of a period of at least a quarter speaks for it: the more, the closer to the
        top, and where figures stand beside it; one that is only compared with speaks less, and so
        does one that was not over when the document appeared.
        """
        weights: dict[Period, float] = {}
        for index, item, period in self.absolute_periods:
            if (period.end - period.start).days >= 80:
                weights[period] = weights.get(period, 0.0) + self._period_weight(index, item)
        published = self.article.published
        best: tuple[float, Period] | None = None
        for period, weight in weights.items():
            if published is not None and period.end >= published:
                weight *= 0.3
            if period == self.latest_period:
                weight *= 1.6
            if best is None or weight > best[0]:
                best = (weight, period)
        return best[1] if best else None

    def _period_weight(self, index: int, item: Mention[PeriodExpression]) -> float:
        sentence = self.sentences[index]
        weight = 3.0 if sentence.kind is BlockKind.TITLE else 1.0
        weight += 1.5 if 0 < index <= 3 else 0.0
        weight += 1.0 if self.figures_of(index) else 0.0
        before = self.text[max(sentence.span.start, item.span.start - 24) : item.span.start]
        compared = any(word in COMPARING for word in before.lower().split()[-3:])
        return weight * (0.4 if compared else 1.0)

    @cached_property
    def latest_period(self) -> Period | None:
        """The latest stated period of at least a quarter that ended before publication."""
        published = self.article.published
        long = [
            p
            for _, _, p in self.absolute_periods
            if (p.end - p.start).days >= 80 and (published is None or p.end < published)
        ]
        return max(long, key=lambda p: (p.end, p.start), default=None)

    @cached_property
    def block_starts(self) -> dict[int, int]:
        """The index of each block's first sentence."""
        starts: dict[int, int] = {}
        for index, sentence in enumerate(self.sentences):
            starts.setdefault(sentence.block, index)
        return starts

    @cached_property
    def cue_shares(self) -> dict[str, float]:
        """How the cues of what is asked for, and by which process, divide over their values."""
        counts = Counter(
            (cue.value.field, cue.value.value)
            for sentence in self.sentences
            for cue in sentence.cues
            if cue.value.field in ("subject", "legal_process", "counted")
        )
        totals: Counter[str] = Counter()
        for (field, _), count in counts.items():
            totals[field] += count
        return {
            f"{field}={value}": count / totals[field]
            for (field, value), count in sorted(counts.items())
        }

    @cached_property
    def introductions(self) -> tuple[int, ...]:
        """For each sentence, the sentence that introduces its list, or -1.

        A list item is introduced by the last sentence before the list that is no list item.
        """
        result: list[int] = []
        last = -1
        for index, sentence in enumerate(self.sentences):
            if sentence.kind is BlockKind.LIST_ITEM:
                result.append(last)
            else:
                last = index
                result.append(-1)
        return tuple(result)

    @cached_property
    def headings(self) -> tuple[int, ...]:
        """For each sentence, the sentence of the nearest heading above it, or -1."""
        result: list[int] = []
        last = -1
        for index, sentence in enumerate(self.sentences):
            if sentence.kind is BlockKind.HEADING:
                last = index
            result.append(last)
        return tuple(result)
