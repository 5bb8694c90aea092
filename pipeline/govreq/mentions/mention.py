"""Mentions: typed spans of an article's text, each with the value that it stands for.

``article.text[mention.span.start:mention.span.end]`` is the mention, always. ``rule`` names the
table row or the pattern that found it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from govreq.article.spans import Span


class Bound(StrEnum):
    """How a stated number relates to the true one (``fixtures/gold/GUIDELINES.md``)."""

    EXACT = "exact"
    APPROX = "approx"
    MIN = "min"
    MAX = "max"
    RANGE = "range"


class Unit(StrEnum):
    """What kind of number a quantity is."""

    NUMBER = "number"  # 27,664; "three dozen"; 1.28 lakh; 0-249
    PERCENT = "percent"  # 42%, "a third", "one in five", "half" (value in percent)
    MULTIPLE = "multiple"  # "doubled" (value 2), "tenfold" (10), "halved" (0.5), "three times"
    MONEY = "money"
    YEAR = "year"
    ORDINAL = "ordinal"  # "third", "21st"
    MEASURE = "measure"  # "six months", "48 hours", "10 miles", "12 pages": a number of units
    CODE = "code"  # "Section 2703", "Form 8-K", "COVID-19", "5G", version and page numbers
    DATE = "date"  # a number inside a date or a period expression


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as stated.

    ``value`` is the number, for a range its lower end, ``value_max`` its upper end, else None.
    ``number`` is the span of the digits or number words alone, ``bound_span`` that of the words
    that make it a bound ("more than"), else None. The mention's span covers both and the unit
    sign.
    """

    value: float
    value_max: float | None
    bound: Bound
    unit: Unit
    number: Span
    bound_span: Span | None = None


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A reporting period: first and last day, both inclusive."""

    start: date
    end: date


class Anchor(StrEnum):
    """What a period expression needs to become a :class:`Period`."""

    NONE = "none"  # "the first half of 2020": nothing, it is absolute
    YEAR = "year"  # "the first half", "from January to June": a year from the context
    PUBLISHED = "published"  # "last year", "the past six months": the publication date
    PREVIOUS = "previous"  # "a year earlier", "the previous six months": another period
    SAME = "same"  # "the same period", "that year", "over the same time": another period
    OPEN = "open"  # "since 2013", "so far", "over the past five years": never a period


@dataclass(frozen=True, slots=True)
class PeriodExpression:
    """A period as the text words it.

    ``period`` is set where ``anchor`` is NONE. Otherwise ``mentions.period.resolve_period`` works
    it out from the publication date and from the periods in the context; ``shape`` says what is
    known ("H1", "Q3", "year", "01-01..06-30", "half" ...), ``offset`` how many such units back it
    lies.
    """

    anchor: Anchor
    period: Period | None = None
    shape: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A company by the common name of the business; ``parent`` is the company that owns it.

    ``generic`` marks a reference such as "the company" or "the social network" (then ``name`` is
    empty and ``sort`` says which sort of company fits: "social network", "retailer", ...; "pronoun"
    for "its", "first person" for "our"). A named mention has the sort ``product`` where a product
    stands for its maker ("Gmail"), ``epithet`` for "the iPhone maker", else "".
    ``known`` is False for an organisation that only the language model found.
    """

    name: str
    parent: str | None = None
    known: bool = True
    generic: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class JurisdictionName:
    """A country, region or group by its code (``US``, ``US-CA``, ``EU``, ``WORLD`` ...).

    ``form`` is ``name`` ("Germany"), ``demonym`` ("German", "Germans"), ``place`` (a city or an
    institution that stands for a country: "Berlin", "the Department of Justice"), ``group``
    ("worldwide", "other countries"), ``region`` ("Asia", as ``OTHER``), ``rest`` ("the others", as
    ``OTHER``: perhaps of something else), ``generic`` ("the country", "there": then ``code`` is
    empty), ``dateline`` ("NEW DELHI:") or ``attribute``: a place that is named without having asked
    ("the American company", "based in Geneva").
    """

    code: str
    form: str = "name"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that speaks for the value of one field: ``outcome`` = ``disclosed``."""

    field: str
    value: str


MentionValue = Quantity | PeriodExpression | CompanyName | JurisdictionName | Cue
V = TypeVar("V", bound=MentionValue, covariant=True)


@dataclass(frozen=True, slots=True)
class Mention(Generic[V]):
    """One typed span; ``rule`` names what found it (``companies:Amazon``, ``quantity:range``)."""

    span: Span
    value: V
    rule: str
