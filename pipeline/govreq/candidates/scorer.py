"""What speaks for an option, as named numbers, and the models that weigh it.

One model a field says how likely each option is right; one more says which statistic a figure is,
or none. The models are plain weights, learned from the gold documents by
``benchmarks/accuracy/train.py``; this module is the same in training and in use.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from govreq.candidates.features import Features, describe_cues, describe_figure
from govreq.candidates.history import FIELDS, Choice, Decision, FieldValue, main_line
from govreq.candidates.options import CUE_FIELDS, Option, list_options, mentions_of
from govreq.candidates.reading import Figure, Reading
from govreq.candidates.relations import relate
from govreq.candidates.series import align_series
from govreq.candidates.trees import Ensemble, load_ensemble
from govreq.mentions.mention import Period, Unit

NONE = "none"
"""The class of figures that are no request statistic."""

_CLOSED = frozenset(CUE_FIELDS)


def describe(reading: Reading, figure: Figure, history: Sequence[Decision]) -> Features:
    """All that is known of the figure itself."""
    features = describe_figure(reading, figure, history)
    features.update(describe_cues(reading, figure))
    return features


def group_options(options: Sequence[Option]) -> dict[FieldValue, list[Option]]:
    """The options by value, in their order: what is weighed is a value, with all that says it."""
    groups: dict[FieldValue, list[Option]] = {}
    for option in options:
        groups.setdefault(option.value, []).append(option)
    return groups


def describe_value(
    field: str,
    value: FieldValue,
    groups: dict[FieldValue, list[Option]],
    reading: Reading,
    figure: Figure,
    history: Sequence[Decision],
    survey: Sequence[Decision] = (),
) -> Features:
    """All that speaks for one value of one field of the figure, and how its rivals stand.

    ``survey`` are decisions of a first pass over the whole document, later figures included.
    """
    features: Features = {}
    if field in _CLOSED:
        features[f"value_{value}"] = 1.0
    for option in groups[value]:
        features[f"source_{option.source}{option.back or ''}"] = 1.0
        if option.form:
            features[f"form_{option.form}"] = 1.0
        if option.place >= 0 and option.source != "own":
            blocks = reading.sentences[figure.sentence].block
            blocks -= reading.sentences[option.place].block
            features[f"blocks_{option.source}{option.back or ''}"] = float(blocks)
    features.update(_recent(field, groups[value], reading, figure))
    features.update(_nearest(field, value, groups, reading, figure))
    features.update(_agreement(field, value, groups, history))
    features.update(_worth(field, value, reading, history))
    features.update(_surveyed(field, value, reading, figure, survey))
    if field == "jurisdiction":
        features.update(_proportions(value, figure, history))
    return features


def _recent(field: str, options: Sequence[Option], reading: Reading, figure: Figure) -> Features:
    """Whether the value is what the sentence before names first, or last: what "it" refers to."""
    mentions = mentions_of(field, reading, figure.sentence - 1) if figure.sentence else []
    spans = [option.span for option in options if option.source == "earlier" and option.back == 1]
    if not mentions or not spans:
        return {}
    return {
        "recent_first": float(mentions[0].span in spans),
        "recent_last": float(mentions[-1].span in spans),
        "recent_only": float(len(mentions) == 1),
    }


def _proportions(value: FieldValue, figure: Figure, history: Sequence[Decision]) -> Features:
    """How the number compares with earlier ones: no country sends more than the whole world."""
    features: Features = {}
    number = figure.mention.value
    if number.unit is not Unit.NUMBER or number.value <= 0:
        return features
    for past in reversed(history):
        other = past.figure.mention.value
        if other.unit is not Unit.NUMBER or other.value <= 0:
            continue
        ratio = math.log10(number.value / other.value)
        features.setdefault("ratio_past", ratio)
        place = past.choices["jurisdiction"].value
        if place == value:
            features.setdefault("ratio_like", ratio)
        if place == "WORLD":
            features.setdefault("ratio_world", ratio)
        else:
            features["ratio_slices"] = min(ratio, features.get("ratio_slices", ratio))
    return features


def _surveyed(
    field: str,
    value: FieldValue,
    reading: Reading,
    figure: Figure,
    survey: Sequence[Decision],
) -> Features:
    """How the document's other figures, later ones too, were decided in a first pass."""
    others = [d for d in survey if d.figure.span != figure.span]
    if not others:
        return {}
    block = reading.sentences[figure.sentence].block
    near = [d for d in others if reading.sentences[d.figure.sentence].block == block]
    here = [d for d in others if d.figure.sentence == figure.sentence]
    after = [d for d in others if d.figure.span.start > figure.span.start]
    features = {
        "survey": _share(field, value, others),
        "survey_block": _share(field, value, near),
        "survey_sentence": _share(field, value, here),
    }
    if after:
        features["survey_next"] = float(after[0].choices[field].value == value)
        features["survey_next_explicit"] = float(after[0].choices[field].explicit)
    return features


def _share(field: str, value: FieldValue, decisions: Sequence[Decision]) -> float:
    """The share of the decisions that chose ``value``; missing where there are none."""
    if not decisions:
        return math.nan
    return sum(d.choices[field].value == value for d in decisions) / len(decisions)


def _nearest(
    field: str,
    value: FieldValue,
    groups: dict[FieldValue, list[Option]],
    reading: Reading,
    figure: Figure,
) -> Features:
    """How the nearest mention of the value in the sentence stands to the figure."""
    mentions = mentions_of(field, reading, figure.sentence)
    spans = sorted({o.span for o in groups[value] if o.source == "own" and o.span})
    related = [
        relate(reading, figure, span, [m.span for m in mentions if m.span != span])
        for span in spans
    ]
    if not related:
        return {"own": 0.0}
    best = min(related, key=lambda r: (r["path"] + r["distance"] / 4, r["distance"]))
    features = {"own": float(len(spans)), **best}
    numbers = [f.span for f in reading.figures_of(figure.sentence)]
    series = align_series(reading.text, numbers, [m.span for m in mentions])
    places = [series[figure.span, span] for span in spans if (figure.span, span) in series]
    if places:
        features["aligned"] = float(any(places))
    for name in ("path", "noun_path", "distance", "rank", "rank_side", "figures_between"):
        features[f"least_{name}"] = min(r[name] for r in related)
    return features


def _agreement(
    field: str,
    value: FieldValue,
    groups: dict[FieldValue, list[Option]],
    history: Sequence[Decision],
) -> Features:
    """How many values compete, where the rivals stand, how the figures before were decided."""
    rivals = [o.source for key, options in groups.items() if key != value for o in options]
    features = {
        "values": float(len(groups)),
        "said": float(len(groups[value])),
        "own_rivals": float(rivals.count("own")),
        "earlier_rivals": float(rivals.count("earlier")),
        "title_rivals": float(rivals.count("title")),
    }
    for back, past in enumerate(reversed(history[-3:]), 1):
        choice = past.choices[field]
        features[f"past{back}_value"] = float(choice.value == value)
        features[f"past{back}_explicit"] = float(choice.explicit)
        if choice.form:
            features[f"past{back}_form_{choice.form}"] = 1.0
    main = main_line(history)
    if main is not None:
        features["main_value"] = float(main.choices[field].value == value)
        features["main_explicit"] = float(main.choices[field].explicit)
    for past in reversed(history):
        if past.choices[field].explicit:
            features["stated_value"] = float(past.choices[field].value == value)
            break
    if history:
        told = [past.choices[field].value for past in history]
        features["told"] = told.count(value) / len(told)
        features["told_last"] = told[-6:].count(value) / len(told[-6:])
        features["told_first"] = float(told[0] == value)
        features["told_values"] = float(len(set(told)))
    return features


def _worth(
    field: str, value: FieldValue, reading: Reading, history: Sequence[Decision]
) -> Features:
    """What the document as a whole says for the value."""
    if field == "company":
        total = max(1, sum(reading.company_counts.values()))
        return {
            "null": float(value is None),
            "mentions": reading.company_counts.get(str(value), 0) / total,
            "companies": float(len(reading.company_counts)),
            "publisher": float(value is not None and value == reading.publisher_company),
            "is_topic": float(_is_topic(reading, value)),
        }
    if field == "jurisdiction":
        total = max(1, sum(reading.jurisdiction_counts.values()))
        return {
            "mentions": reading.jurisdiction_counts.get(str(value), 0) / total,
            "places": float(len(reading.jurisdiction_counts)),
            "group": float(len(str(value)) > 2 and "-" not in str(value)),
            **{
                f"is_{code}": float(value == code)
                for code in ("US", "WORLD", "OTHER", "NON-US", "EU")
            },
        }
    if field == "period":
        return _worth_period(value, reading, history)
    return {}


def _is_topic(reading: Reading, value: FieldValue) -> bool:
    topic = reading.topic_company
    return topic is not None and topic.value.name == value


def _worth_period(value: FieldValue, reading: Reading, history: Sequence[Decision]) -> Features:
    if not isinstance(value, Period):
        return {"null": 1.0, "periods": float(len(reading.period_counts))}
    published = reading.article.published
    features = {
        "null": 0.0,
        "periods": float(len(reading.period_counts)),
        "days": float((value.end - value.start).days),
        "mentions": float(reading.period_counts.get(value, 0)),
        "is_report": float(value == reading.report_period),
        "is_latest": float(value == reading.latest_period),
        "age": float((published - value.end).days) if published else math.nan,
    }
    if reading.report_period is not None:
        features["to_report"] = float((reading.report_period.end - value.end).days)
    if history and isinstance(past := history[-1].choices["period"].value, Period):
        features["to_past"] = float((past.end - value.end).days)
        features["past_days"] = float((past.end - past.start).days)
    return features


def describe_choices(statistic: str, choices: dict[str, Choice]) -> Features:
    """What was decided for this figure already, for the fields that come after."""
    features: Features = {f"is_{statistic}": 1.0}
    for field, choice in choices.items():
        if field in _CLOSED:
            features[f"chosen_{field}={choice.value}"] = 1.0
        else:
            features[f"chosen_{field}_explicit"] = float(choice.explicit)
    return features


class Scorer:
    """The models, and the two questions that the linker asks them."""

    def __init__(self, models: dict[str, Ensemble]) -> None:
        self.models = models

    def statistics(self, features: Features) -> dict[str, float]:
        """How likely the figure is each statistic, or none."""
        model = self.models["statistic"]
        chances = model.probabilities(model.rows_of([features]))[0]
        return dict(zip(model.classes, map(float, chances), strict=True))

    def weigh(self, field: str, fixed: Features, options: Sequence[Features]) -> list[float]:
        """How likely each option is right; ``fixed`` is what all of them share."""
        model = self.models[field]
        rows = model.rows_of(options, model.rows_of([fixed])[0])
        return [float(chance) for chance in model.probabilities(rows)[:, 0]]


def load_scorer() -> Scorer:
    """The scorer with the weights that come with the package."""
    return Scorer({name: load_ensemble(name) for name in ("statistic", *FIELDS)})


def choose(groups: dict[FieldValue, list[Option]], chances: Sequence[float]) -> Choice:
    """The likeliest value; its evidence is the nearest place where it is said."""
    values = list(groups)
    best = max(range(len(values)), key=lambda index: (chances[index], -index))
    options = groups[values[best]]
    stated = [option for option in options if option.source != "past"] or options
    witness = next((option for option in stated if option.span is not None), stated[0])
    return Choice(
        value=values[best],
        span=witness.span,
        rule=witness.rule,
        probability=chances[best],
        explicit=any(option.source == "own" for option in options),
        form=witness.form,
    )


def decide_figure(
    scorer: Scorer,
    reading: Reading,
    figure: Figure,
    history: Sequence[Decision],
    statistic: str,
    known: Features,
    survey: Sequence[Decision] = (),
) -> dict[str, Choice]:
    """The choice for each field, in their order, each leaning on the ones before."""
    choices: dict[str, Choice] = {}
    for field in FIELDS:
        groups = group_options(list_options(field, reading, figure, history))
        if field == "outcome" and statistic == "rate":
            groups.pop("received", None)  # of the demands received, all were received
            groups = groups or {"disclosed": [Option("disclosed", None, "default", rule="rate")]}
        if len(groups) == 1:
            choices[field] = choose(groups, [1.0])
            continue
        fixed = {**known, **describe_choices(statistic, choices)}
        rows = [
            describe_value(field, value, groups, reading, figure, history, survey)
            for value in groups
        ]
        choices[field] = choose(groups, scorer.weigh(field, fixed, rows))
    return choices
