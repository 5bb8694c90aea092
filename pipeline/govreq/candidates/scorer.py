"""What speaks for an option, as named numbers, and the models that weigh it.

One model a field says how likely each option is right; one more says which statistic a figure is,
or none. The models are plain weights, learned from the gold documents by
``benchmarks/accuracy/train.py``; this module is the same in training and in use.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from govreq.candidates.features import Features, describe_cues, describe_figure
from govreq.candidates.history import Choice, Decision, FieldValue
from govreq.candidates.options import CUE_FIELDS, Option, list_options, mentions_of
from govreq.candidates.reading import Figure, Reading
from govreq.candidates.relations import relate
from govreq.candidates.trees import Ensemble, Matrix, load_ensemble
from govreq.mentions.mention import Period

NONE = "none"
"""The class of figures that are no request statistic."""

_CLOSED = frozenset(CUE_FIELDS)


def describe(reading: Reading, figure: Figure, history: Sequence[Decision]) -> Features:
    """All that is known of the figure itself."""
    features = describe_figure(reading, figure, history)
    features.update(describe_cues(reading, figure))
    return features


def describe_option(
    field: str,
    option: Option,
    options: Sequence[Option],
    reading: Reading,
    figure: Figure,
    history: Sequence[Decision],
) -> Features:
    """All that is known of one option of one field of the figure."""
    features: Features = {f"source_{option.source}": 1.0, "back": float(option.back)}
    if option.form:
        features[f"form_{option.form}"] = 1.0
    if field in _CLOSED:
        features[f"value_{option.value}"] = 1.0
    if option.source == "own" and option.span is not None:
        rivals = [
            item.span
            for item in mentions_of(field, reading, figure.sentence)
            if item.span != option.span
        ]
        features.update(relate(reading, figure, option.span, rivals))
    features.update(_agreement(field, option, options, history))
    features.update(_worth(field, option, reading, history))
    return features


def _agreement(
    field: str, option: Option, options: Sequence[Option], history: Sequence[Decision]
) -> Features:
    """How many options say the same, and how the figures before were decided."""
    own = [other for other in options if other.source == "own"]
    same = [other.source for other in options if other.value == option.value]
    features = {
        "own_options": float(len(own)),
        "own_values": float(len({str(other.value) for other in own})),
        "same": float(len(same)),
        **{
            f"same_{source}": float(source in same)
            for source in ("own", "earlier", "title", "past", "topic", "heading", "introduction")
        },
    }
    for back, past in enumerate(reversed(history[-3:]), 1):
        features[f"past{back}_value"] = float(past.choices[field].value == option.value)
        features[f"past{back}_explicit"] = float(past.choices[field].explicit)
    return features


def _worth(field: str, option: Option, reading: Reading, history: Sequence[Decision]) -> Features:
    """What the document as a whole says for the value."""
    value = option.value
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


def rows_of(features: Sequence[Features], names: Sequence[str]) -> Matrix:
    """The features as rows of a matrix; what is not named by a figure is missing (NaN)."""
    return np.array([[row.get(name, math.nan) for name in names] for row in features])


class Scorer:
    """The models, and the two questions that the linker asks them."""

    def __init__(self, models: dict[str, Ensemble]) -> None:
        self.models = models

    def statistics(self, features: Features) -> dict[str, float]:
        """How likely the figure is each statistic, or none."""
        model = self.models["statistic"]
        chances = model.probabilities(rows_of([features], model.features))[0]
        return dict(zip(model.classes, map(float, chances), strict=True))

    def weigh(self, field: str, fixed: Features, options: Sequence[Features]) -> list[float]:
        """How likely each option is right; ``fixed`` is what all of them share."""
        model = self.models[field]
        shared = rows_of([fixed], model.features)
        rows = rows_of(options, model.features)
        rows = np.where(np.isnan(rows), shared, rows)
        return [float(chance) for chance in model.probabilities(rows)[:, 0]]


def load_scorer() -> Scorer:
    """The scorer with the weights that come with the package."""
    from govreq.candidates.history import FIELDS

    return Scorer({name: load_ensemble(name) for name in ("statistic", *FIELDS)})


def choose(field: str, options: Sequence[Option], chances: Sequence[float]) -> Choice:
    """The option that is likeliest; among equal values its evidence is the one that was read."""
    best = max(range(len(options)), key=lambda index: (chances[index], -index))
    value = options[best].value
    speaking = [index for index, option in enumerate(options) if option.value == value]
    stated = [index for index in speaking if options[index].source != "past"] or speaking
    witness = options[
        max(stated, key=lambda index: (options[index].span is not None, chances[index]))
    ]
    return Choice(
        value=value,
        span=witness.span,
        rule=witness.rule,
        probability=chances[best],
        explicit=any(options[index].source == "own" for index in speaking),
    )


def decide_figure(
    scorer: Scorer,
    reading: Reading,
    figure: Figure,
    history: Sequence[Decision],
    statistic: str,
    known: Features,
    fields: Sequence[str],
) -> dict[str, Choice]:
    """The choices for each of ``fields``, in their order, each leaning on the ones before."""
    choices: dict[str, Choice] = {}
    for field in fields:
        options = list_options(field, reading, figure, history)
        fixed = {**known, **describe_choices(statistic, choices)}
        rows = [
            describe_option(field, option, options, reading, figure, history) for option in options
        ]
        choices[field] = choose(field, options, scorer.weigh(field, fixed, rows))
    return choices
