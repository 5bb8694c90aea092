"""One number said of several slices: "Italy and the US, 11% each" is one candidate a country."""

from __future__ import annotations

from dataclasses import replace

from govreq.article.spans import Span
from govreq.candidates.candidate import Candidate, Slot
from govreq.candidates.history import Decision
from govreq.candidates.reading import Reading
from govreq.mentions.mention import JurisdictionName, Mention

# Words allowed between two names of one coordination: "Italy and the US", "Peru, Chile".
_JOINTS = frozenset({"", ",", "and", "the", "both", "&", "plus", "as", "well", "or"})


def spread_over_slices(
    reading: Reading, decision: Decision, candidate: Candidate
) -> list[Candidate]:
    """The candidate itself, or one for each name of the coordination that shares its number."""
    if not _is_shared(reading, decision):
        return [candidate]
    places = _coordination(reading, decision, candidate.jurisdiction.span)
    if len(places) < 2:
        return [candidate]
    return [
        replace(candidate, jurisdiction=Slot(place.value.code, place.span, place.rule))
        for place in places
    ]


def _is_shared(reading: Reading, decision: Decision) -> bool:
    """Whether "each", "apiece" or "both" stands by the number."""
    figure = decision.figure
    tree = reading.trees[figure.sentence]
    return any(
        cue.value.field == "relation"
        and cue.value.value == "each"
        and cue.span.of(reading.text).lower() in ("each", "apiece", "both", "either")
        and abs(tree.head_of(cue.span) - figure.token) <= 5
        for cue in reading.sentences[figure.sentence].cues
    )


def _coordination(
    reading: Reading, decision: Decision, chosen: Span | None
) -> list[Mention[JurisdictionName]]:
    """The names coordinated with the chosen one, in the order of the text."""
    places = [
        place
        for place in reading.sentences[decision.figure.sentence].jurisdictions
        if place.value.code
    ]
    groups: list[list[Mention[JurisdictionName]]] = []
    for place in places:
        if groups and _are_joined(reading.text, groups[-1][-1].span, place.span):
            groups[-1].append(place)
        else:
            groups.append([place])
    return next((group for group in groups if any(p.span == chosen for p in group)), [])


def _are_joined(text: str, one: Span, other: Span) -> bool:
    between = text[one.end : other.start].replace(",", " , ").split()
    return len(between) <= 5 and all(word.lower() in _JOINTS for word in between)
