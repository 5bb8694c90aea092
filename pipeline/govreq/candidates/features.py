"""What is known about one figure before it is judged, as named numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from govreq.article.article import BlockKind
from govreq.article.spans import Span
from govreq.candidates.history import Decision
from govreq.candidates.reading import Figure, Reading
from govreq.candidates.relations import BESIDE, name_neighbour, read_word
from govreq.mentions.mention import Bound, Cue, Mention, Unit

Features = dict[str, float]

COMPARED = frozenset({"from", "than", "against", "with"})
"""Words before a figure that another one is compared with: "up from 3,222"."""


def describe_figure(reading: Reading, figure: Figure, history: Sequence[Decision]) -> Features:
    """Shape, place, neighbours, and what the figures before it turned out to be."""
    features = _shape(figure)
    features.update(_place(reading, figure))
    features.update(_neighbours(reading, figure))
    features.update(_past(reading, figure, history))
    return features


def describe_cues(reading: Reading, figure: Figure) -> Features:
    """Which cues stand where: how far off, on the noun, on the verb, in the context."""
    features: Features = {}
    tree = reading.trees[figure.sentence]
    sentence = reading.sentences[figure.sentence]
    for cue in sentence.cues:
        key = cue_key(cue)
        first, last = tree.index_of(cue.span.start), tree.last_of(cue.span)
        distance = first - figure.token if first > figure.token else last - figure.token
        if abs(distance) < abs(features.get(f"near:{key}", 999.0)):
            features[f"near:{key}"] = float(distance)
        features[f"count:{key}"] = features.get(f"count:{key}", 0.0) + 1
        if first <= figure.noun <= last:
            features[f"noun:{key}"] = 1.0
        if first <= figure.verb <= last:
            features[f"verb:{key}"] = 1.0
        if 0 < first - figure.token <= 4:
            features[f"soon:{key}"] = 1.0
    for prefix, index in _context(reading, figure):
        for cue in reading.sentences[index].cues if index >= 0 else ():
            features[f"{prefix}:{cue_key(cue)}"] = 1.0
    for key, share in reading.cue_shares.items():
        features[f"whole:{key}"] = share
    return features


def _context(reading: Reading, figure: Figure) -> tuple[tuple[str, int], ...]:
    index = figure.sentence
    return (
        ("previous", index - 1),
        ("following", index + 1 if index + 1 < len(reading.sentences) else -1),
        ("introduction", reading.introductions[index]),
        ("heading", reading.headings[index]),
        ("title", 0),
    )


def _shape(figure: Figure) -> Features:
    quantity = figure.mention.value
    return {
        "percent": float(quantity.unit is Unit.PERCENT),
        "multiple": float(quantity.unit is Unit.MULTIPLE),
        "log_value": math.log10(quantity.value) if quantity.value > 0 else -1.0,
        "small": float(quantity.value <= 12),
        "whole": float(quantity.value == int(quantity.value)),
        "year_like": float(1990 <= quantity.value <= 2035),
        **{f"bound_{bound}": float(quantity.bound is bound) for bound in Bound},
    }


def _place(reading: Reading, figure: Figure) -> Features:
    sentence = reading.sentences[figure.sentence]
    text = reading.text
    before = text[sentence.span.start : figure.span.start]
    tree = reading.trees[figure.sentence]
    digits = figure.mention.value.number.of(text)
    return {
        "digits": float(digits[:1].isdigit()),
        "grouped": float("," in digits or "." in digits),
        "bracketed": float(before.count("(") > before.count(")")),
        "list_item": float(sentence.kind is BlockKind.LIST_ITEM),
        "paragraph": float(sentence.kind is BlockKind.PARAGRAPH),
        "order": float(figure.order),
        "figures": float(len(sentence.quantities)),
        "sentence": float(figure.sentence),
        "from_end": float(len(reading.sentences) - figure.sentence),
        "words": float(len(tree.tokens)),
        "position": figure.token / max(1, len(tree.tokens)),
        "companies": float(len(sentence.companies)),
        "jurisdictions": float(len(sentence.jurisdictions)),
        "periods": float(len(sentence.periods)),
        "in_block": float(figure.sentence - reading.block_starts[sentence.block]),
        "quoted": float(before.count("“") > before.count("”")),
    }


def _neighbours(reading: Reading, figure: Figure) -> Features:
    tree = reading.trees[figure.sentence]
    start, end = tree.index_of(figure.span.start), tree.last_of(figure.span)
    features = name_neighbour("prev", read_word(tree, start - 1))
    features.update(name_neighbour("next", read_word(tree, end + 1)))
    noun, verb = figure.noun, figure.verb
    token = tree.tokens[figure.token]
    features.update(
        {
            f"dep_{dep}": float(token.dep == dep)
            for dep in (
                "nummod",
                "pobj",
                "dobj",
                "nsubj",
                "appos",
                "attr",
                "conj",
                "ROOT",
                "npadvmod",
            )
        }
    )
    head = tree.tokens[token.head]
    features.update({f"head_{word}": float(head.text.lower() == word) for word in BESIDE[:10]})
    features["noun_is_number"] = float(noun == figure.token)
    features["noun_proper"] = float(tree.tokens[noun].pos.startswith("NNP"))
    features["noun_distance"] = float(noun - figure.token)
    features["verb_distance"] = float(verb - figure.token) if verb >= 0 else math.nan
    features.update(_subject(reading, figure))
    features["passive"] = float(
        verb >= 0 and any(t.head == verb and t.dep == "auxpass" for t in tree.tokens)
    )
    return features


def _subject(reading: Reading, figure: Figure) -> Features:
    """What sort of thing the subject of the figure's verb is, and what opens the sentence."""
    tree = reading.trees[figure.sentence]
    sentence = reading.sentences[figure.sentence]
    subjects = [
        index
        for index, token in enumerate(tree.tokens)
        if token.head == figure.verb and token.dep in ("nsubj", "nsubjpass")
    ]
    kinds: dict[str, list[Span]] = {
        "company": [m.span for m in sentence.companies],
        "place": [m.span for m in sentence.jurisdictions],
        "period": [m.span for m in sentence.periods],
        "number": [m.span for m in sentence.quantities],
        "request": [m.span for m in sentence.cues if m.value.field == "counted"],
        "anaphor": [m.span for m in sentence.cues if m.value.value == "anaphor"],
    }
    features: Features = {}
    for kind, spans in kinds.items():
        features[f"subject_{kind}"] = float(
            any(tree.tokens[i].span.overlaps(span) for i in subjects for span in spans)
        )
        features[f"opens_{kind}"] = float(any(tree.index_of(span.start) <= 1 for span in spans))
    return features


def _past(reading: Reading, figure: Figure, history: Sequence[Decision]) -> Features:
    features: Features = {"accepted": float(len(history))}
    block = reading.sentences[figure.sentence].block
    for back in (1, 2):
        if len(history) < back:
            continue
        past = history[-back]
        same = past.figure.sentence == figure.sentence
        features[f"past{back}_same"] = float(same)
        features[f"past{back}_gap"] = float(figure.sentence - past.figure.sentence)
        features[f"past{back}_blocks"] = float(
            block - reading.sentences[past.figure.sentence].block
        )
        tree = reading.trees[past.figure.sentence]
        word = read_word(tree, tree.index_of(past.figure.span.start) - 1)
        features[f"past{back}_compared"] = float(word in COMPARED)
        features[f"past{back}_unit"] = float(
            past.figure.mention.value.unit is figure.mention.value.unit
        )
        for statistic in ("count", "share", "rate", "change"):
            features[f"past{back}_{statistic}"] = float(past.statistic == statistic)
        if same and back == 1:
            features["past1_order"] = float(figure.order - past.figure.order)
    return features


def cue_key(cue: Mention[Cue]) -> str:
    """The name under which features and models know a cue: ``outcome=disclosed``."""
    return f"{cue.value.field}={cue.value.value}"
