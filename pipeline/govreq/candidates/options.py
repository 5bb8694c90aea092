"""The values that a field of one figure may take, each with where it stands and what speaks for it.

Options come from the figure's own sentence, from the sentences around it, from headings and the
title, from the figures decided before (ellipsis inherits), from the document as a whole, and from
the field's default. Nothing is weighed here: ``scorer`` does that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from govreq.article.spans import Span
from govreq.candidates.history import Decision, FieldValue
from govreq.candidates.reading import Figure, Reading
from govreq.mentions.company import list_company_sorts
from govreq.mentions.mention import Anchor, CompanyName, Mention, Period
from govreq.mentions.period import resolve_period

CUE_FIELDS = ("counted", "outcome", "subject", "legal_process", "data")

DEFAULTS: dict[str, FieldValue] = {
    "counted": "requests",
    "outcome": "received",
    "subject": "user_data",
    "legal_process": "all",
    "data": "any",
    "jurisdiction": "WORLD",
    "company": None,
    "period": None,
}
"""What a field is where nothing is said."""

LOOK_BACK = 2
"""Sentences before the figure's own, in the same or the preceding block, that are searched."""

INHERIT = 3
"""Decided figures before this one whose values are options."""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible value: ``source`` says where it comes from, ``back`` how far.

    ``place`` is the index of the sentence that mentions it, or of the figure that it is taken from.
    """

    value: FieldValue
    span: Span | None
    source: str
    back: int = 0
    form: str = ""
    rule: str = ""
    place: int = -1


def list_options(
    field: str, reading: Reading, figure: Figure, history: Sequence[Decision]
) -> list[Option]:
    """Every option of ``field``, in a fixed order: own sentence, past, around it, whole, default.

    What the sentence says leaves no room for the document's other sentences; where it says nothing,
    the figure before it in the same sentence (or paragraph) has said it already.
    """
    default = Option(DEFAULTS[field], None, "default", rule="default")
    own = list(_mentioned(field, reading, figure.sentence, "own", 0, history))
    if field in ("jurisdiction", "period") and _is_total(reading, figure):
        own = [o for o in own if o.span is None or not _is_of_part(reading, figure, o.span)]
    if field == "period" and not own and (whole := _whole_again(reading, figure, history)):
        return [whole]
    if field == "jurisdiction":
        own += _joint_places(reading, figure.sentence, own)
    past = list(_inherited(field, history))
    if past and (
        _is_enumerated(field, reading, figure, history[-1])
        or (not own and _is_carried(field, reading, figure, history[-1]))
    ):
        return past[:1]
    options = own + past
    if not own:
        options += _around(field, reading, figure, history)
    if not own or field == "period":
        options += _whole(field, reading)
    if field == "period":
        options += _compared_periods(reading, figure, history)
    options.append(default)
    return options


CARRIED_IN_SENTENCE = frozenset({"company", "jurisdiction", "legal_process", "subject", "data"})
"""Fields that a figure shares with the one before it in its sentence, if no word says otherwise.

Measured on gold: 98 to 100 percent do."""

CARRIED_IN_BLOCK = frozenset({"company", "subject"})
"""Fields that a figure shares with the one before it in its paragraph: 99 to 100 percent do."""


def _is_total(reading: Reading, figure: Figure) -> bool:
    """Whether the figure is a total whose parts follow: "In all, 30,000 came: 3,222 from Peru"."""
    figures = reading.figures_of(figure.sentence)
    if len(figures) < 2 or figures[0].span != figure.span:
        return False
    return any(
        cue.value.value == "total" and cue.span.start < figures[1].span.start
        for cue in reading.sentences[figure.sentence].cues
    )


def _is_of_part(reading: Reading, figure: Figure, span: Span) -> bool:
    """Whether a mention stands after another figure than the total, or leads up to one."""
    others = [f.span for f in reading.figures_of(figure.sentence) if f.span != figure.span]
    clause = max(reading.text.rfind(mark, figure.span.end, others[0].start) for mark in ":;,")
    return span.start > (clause if clause >= 0 else others[0].start)


def _whole_again(reading: Reading, figure: Figure, history: Sequence[Decision]) -> Option | None:
    """The period of the report, after a sentence that broke it down into its parts."""
    whole = reading.report_period
    if whole is None or not history:
        return None
    last = history[-1].figure.sentence
    parts = {
        period
        for past in history
        if past.figure.sentence == last
        and isinstance(period := past.choices["period"].value, Period)
    }
    inside = all(
        whole.start <= p.start and p.end <= whole.end and p != whole for p in parts - {whole}
    )
    if figure.sentence == last or len(parts - {whole}) < 2 or not inside:
        return None
    return Option(whole, _span_of(reading, whole), "topic", rule="topic")


def _is_enumerated(field: str, reading: Reading, figure: Figure, past: Decision) -> bool:
    """Whether the figure only goes on with an enumeration: "France (893 and 2,072), Brazil (302".

    With no verb and no word on the outcome between two figures, both had the same outcome.
    """
    if field != "outcome" or past.figure.sentence != figure.sentence:
        return False
    tree = reading.trees[figure.sentence]
    if past.figure.token >= figure.token:
        return False
    verbs = tree.verbs_before[figure.token] - tree.verbs_before[past.figure.token]
    between = Span(past.figure.span.end, max(past.figure.span.end, figure.span.start))
    after = Span(figure.span.end, figure.span.end + AFTER)
    return verbs == 0 and not any(
        cue.value.field == "outcome" and (between.contains(cue.span) or cue.span.overlaps(after))
        for cue in reading.sentences[figure.sentence].cues
    )


AFTER = 25
"""Characters after a figure in which its own outcome may be said: "12 were rejected"."""


def _is_carried(field: str, reading: Reading, figure: Figure, past: Decision) -> bool:
    if past.figure.sentence == figure.sentence:
        return field in CARRIED_IN_SENTENCE
    here = reading.sentences[figure.sentence]
    there = reading.sentences[past.figure.sentence]
    return here.block == there.block and field in CARRIED_IN_BLOCK


def _mentioned(
    field: str,
    reading: Reading,
    index: int,
    source: str,
    back: int,
    history: Sequence[Decision],
) -> Iterator[Option]:
    """The options that one sentence mentions; none where ``index`` is -1."""
    if index < 0:
        return
    if field == "jurisdiction":
        yield from _places(reading, index, source, back)
    elif field == "company":
        yield from _companies(reading, index, source, back)
    elif field == "period":
        yield from _periods(reading, index, source, back, history)
    else:
        for cue in reading.sentences[index].cues:
            if cue.value.field == field:
                yield Option(cue.value.value, cue.span, source, back, rule=cue.rule, place=index)


def _places(reading: Reading, index: int, source: str, back: int) -> Iterator[Option]:
    for place in reading.sentences[index].jurisdictions:
        value = place.value
        code = value.code or _country_meant(reading, index, place.span.start)
        if code:
            yield Option(code, place.span, source, back, value.form, place.rule, index)


def _joint_places(reading: Reading, index: int, own: Sequence[Option]) -> Iterator[Option]:
    """``OTHER`` where the sentence speaks of several places as one: "the US and Peru together"."""
    if len({option.value for option in own if option.form not in ("attribute", "group")}) < 2:
        return
    for cue in reading.sentences[index].cues:
        if cue.value.value == "joint":
            yield Option("OTHER", cue.span, "own", form="joint", rule=cue.rule, place=index)


def _companies(reading: Reading, index: int, source: str, back: int) -> Iterator[Option]:
    for company in reading.sentences[index].companies:
        value = company.value
        named = value.name or _company_meant(reading, index, company)
        form = value.sort or "name"
        if value.generic and value.sort not in FORMS:
            form = "reference"
        if named:
            form = form if value.known else "unknown"
            yield Option(named, company.span, source, back, form, company.rule, index)


def _country_meant(reading: Reading, index: int, offset: int) -> str:
    """The last country named before "the country" or "there"."""
    for earlier in range(index, max(-1, index - 6), -1):
        for place in reversed(reading.sentences[earlier].jurisdictions):
            if place.span.start < offset and place.value.code and place.value.form in COUNTRY_FORMS:
                return place.value.code
    return ""


def _company_meant(reading: Reading, index: int, reference: Mention[CompanyName]) -> str:
    """Whom a reference means: "we" the publisher, "the network" the last such company named.

    Where no company of that sort was named before, it is the last company named at all; else the
    one that the document is about.
    """
    sort = reference.value.sort
    if sort == "first person" and reading.publisher_company:
        return reading.publisher_company
    named = [
        company.value.name
        for earlier in range(index, max(-1, index - 4), -1)
        for company in reversed(reading.sentences[earlier].companies)
        if company.value.name and company.span.start < reference.span.start
    ]
    topic = reading.topic_company
    if topic is not None:
        named.append(topic.value.name)
    fitting = [name for name in named if sort and sort in list_company_sorts(name)]
    return (fitting or named or [""])[0]


FORMS = ("pronoun", "first person")
"""Sorts of references to companies that are told apart as forms of their own."""

COUNTRY_FORMS = frozenset({"name", "demonym", "place", "dateline"})
"""Forms of jurisdictions that "the country" can refer to."""


def _periods(
    reading: Reading, index: int, source: str, back: int, history: Sequence[Decision]
) -> Iterator[Option]:
    context = [period for place, _, period in reading.absolute_periods if place < index]
    if reading.report_period is not None and not context:
        context = [reading.report_period]
    told = [c for d in history[-1:] if isinstance(c := d.choices["period"].value, Period)]
    for item in reading.sentences[index].periods:
        anchor = item.value.anchor
        if anchor is Anchor.OPEN:
            yield Option(None, item.span, source, back, str(anchor), item.rule, index)
            continue
        seen: set[Period] = set()
        bases = (told, context, [reading.report_period] if reading.report_period else [])
        for base in bases if anchor in (Anchor.PREVIOUS, Anchor.SAME, Anchor.YEAR) else (context,):
            period = resolve_period(item.value, reading.article.published, base)
            if period is not None and period not in seen:
                seen.add(period)
                yield Option(period, item.span, source, back, str(anchor), item.rule, index)


def _around(
    field: str, reading: Reading, figure: Figure, history: Sequence[Decision]
) -> Iterator[Option]:
    index = figure.sentence
    for back in range(1, LOOK_BACK + 1):
        if index - back > 0:
            yield from _mentioned(field, reading, index - back, "earlier", back, history)
    introduction = reading.introductions[index]
    if introduction >= 0 and index - introduction > LOOK_BACK:
        yield from _mentioned(field, reading, introduction, "introduction", 0, history)
    heading = reading.headings[index]
    if heading >= 0 and index - heading > LOOK_BACK:
        yield from _mentioned(field, reading, heading, "heading", 0, history)
    if index > 0:
        yield from _mentioned(field, reading, 0, "title", 0, history)


def _inherited(field: str, history: Sequence[Decision]) -> Iterator[Option]:
    for back in range(1, min(INHERIT, len(history)) + 1):
        past = history[-back]
        choice = past.choices[field]
        place = past.figure.sentence
        yield Option(choice.value, choice.span, "past", back, rule=choice.rule, place=place)


def _whole(field: str, reading: Reading) -> Iterator[Option]:
    if field == "company":
        for topic in (reading.topic_company, reading.commonest_company):
            if topic is not None:
                yield Option(topic.value.name, topic.span, "topic", rule=topic.rule)
        if reading.publisher_company:
            yield Option(reading.publisher_company, None, "publisher", rule="publisher")
    elif field == "period":
        for period, source in ((reading.report_period, "topic"), (reading.latest_period, "latest")):
            if period is not None:
                yield Option(period, _span_of(reading, period), source, rule=source)
    elif field == "jurisdiction" and reading.jurisdiction_counts:
        code = max(
            sorted(reading.jurisdiction_counts), key=lambda key: reading.jurisdiction_counts[key]
        )
        yield Option(code, None, "topic", rule="topic")


def _compared_periods(
    reading: Reading, figure: Figure, history: Sequence[Decision]
) -> Iterator[Option]:
    """What an earlier figure may cover that is given without a word on when: "up from 3,222"."""
    told = history[-1].choices["period"].value if history else reading.report_period
    compared = any(
        cue.value.value == "comparison" for cue in reading.sentences[figure.sentence].cues
    )
    if not compared or not isinstance(told, Period):
        return
    for shape, source in (("previous", "before"), ("year", "year_before")):
        period = precede(told, shape)
        if period is not None:
            yield Option(period, None, source, rule=source)


def precede(period: Period, step: str) -> Period | None:
    """The like period just before, or a year before; None where its shape has no such neighbour."""
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    back = 12 if step == "year" else months
    if period.start.day != 1 or (step == "year" and months >= 12):
        return None
    start = _months_back(period.start, back)
    return (
        Period(start, period.start - timedelta(days=1))
        if back == months
        else Period(start, _months_back(period.end + timedelta(days=1), back) - timedelta(days=1))
    )


def _months_back(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 - months
    return date(total // 12, total % 12 + 1, 1)


def _span_of(reading: Reading, period: Period) -> Span | None:
    return next((item.span for _, item, p in reading.absolute_periods if p == period), None)


def mentions_of(field: str, reading: Reading, index: int) -> list[Mention]:  # type: ignore[type-arg]
    """The mentions of ``field`` in one sentence: the rivals of each other."""
    sentence = reading.sentences[index]
    if field in CUE_FIELDS:
        return [cue for cue in sentence.cues if cue.value.field == field]
    kinds: dict[str, Sequence[Mention]] = {  # type: ignore[type-arg]
        "jurisdiction": sentence.jurisdictions,
        "company": sentence.companies,
        "period": sentence.periods,
    }
    return list(kinds[field])
