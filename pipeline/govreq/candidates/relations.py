"""How a figure and a mention of the same sentence stand to each other, as numbers.

The names of the features are the documentation: each is a distance, an order, or a yes (1.0) or no
(0.0). Patterns of coordination ("Spain (18.8%)", "18% from Spain", "Spain with 18%") show in the
words beside the two; attachment shows in the dependency tree.
"""

from __future__ import annotations

from itertools import pairwise

from govreq.article.spans import Span
from govreq.candidates.reading import Figure, Reading
from govreq.candidates.tokens import TokenTree

BESIDE = (
    "from", "in", "by", "to", "of", "with", "for", "than", "at", "on", "and", "or", ",", "(", ")",
    ":", ";", "'s", "-", "that", "which", "as", "while",
)  # fmt: skip
_NAMES = {
    ",": "comma",
    "(": "open",
    ")": "close",
    ":": "colon",
    ";": "semicolon",
    "'s": "s",
    "-": "dash",
}
_DASHES = {"–": "-", "—": "-", "’s": "'s", "[": "(", "]": ")"}
_COMPARING = frozenset({"than", "from", "against", "compared", "versus"})


def relate(reading: Reading, figure: Figure, span: Span, rivals: list[Span]) -> dict[str, float]:
    """Features of the pair; ``rivals`` are the other mentions of the field in the sentence."""
    tree = reading.trees[figure.sentence]
    number = figure.span
    first, last = tree.index_of(span.start), tree.last_of(span)
    start, end = tree.index_of(number.start), tree.last_of(number)
    before = span.start < number.start
    gap = (last + 1, start) if before else (end + 1, first)
    features = _distances(reading, figure, span, before, gap)
    features.update(_rivalry(number, span, rivals))
    features.update(_sequence(reading, figure, span, rivals))
    features.update(_syntax(tree, figure, tree.head_of(span)))
    features.update(name_neighbour("o_prev", read_word(tree, first - 1, skip=True)))
    features.update(name_neighbour("o_next", read_word(tree, last + 1)))
    features.update(name_neighbour("f_prev", read_word(tree, start - 1)))
    features.update(name_neighbour("f_next", read_word(tree, end + 1)))
    return features


def _distances(
    reading: Reading, figure: Figure, span: Span, before: bool, gap: tuple[int, int]
) -> dict[str, float]:
    tree = reading.trees[figure.sentence]
    words = [tree.tokens[index].text for index in range(*gap) if 0 <= index < len(tree.tokens)]
    low, high = sorted((span, figure.span))
    quantities = reading.sentences[figure.sentence].quantities
    lowered = [word.lower() for word in words]
    return {
        "before": float(before),
        "distance": float(len(words)),
        "signed": float(len(words) if before else -len(words)),
        "overlaps": float(span.overlaps(figure.span)),
        "figures_between": float(
            sum(low.end <= item.span.start and item.span.end <= high.start for item in quantities)
        ),
        "commas": float(words.count(",")),
        "breaks": float(sum(word in (";", ":", "—", "–") for word in words)),
        "brackets": float(
            words.count("(") + words.count("[") - words.count(")") - words.count("]")
        ),
        "ands": float(sum(word in ("and", "while", "but", "or") for word in lowered)),
        "comparing": float(sum(word in _COMPARING for word in lowered)),
        "verbs": float(
            tree.verbs_before[max(gap[0], min(gap[1], len(tree.tokens)))]
            - tree.verbs_before[max(0, min(gap[0], len(tree.tokens)))]
        ),
    }


def _rivalry(number: Span, span: Span, rivals: list[Span]) -> dict[str, float]:
    distance = _gap(number, span)
    same_side = [
        other for other in rivals if (other.start < number.start) == (span.start < number.start)
    ]
    return {
        "rivals": float(len(rivals)),
        "rank": float(sum(_gap(number, other) < distance for other in rivals)),
        "rank_side": float(sum(_gap(number, other) < distance for other in same_side)),
        "place": float(sum(other.start < span.start for other in rivals)),
    }


def _sequence(reading: Reading, figure: Figure, span: Span, rivals: list[Span]) -> dict[str, float]:
    """Which way an enumeration runs: "18% from Spain, 4% from the UK" or "Spain 18%, the UK 4%".

    In the merged order of numbers and names, counts how often a number is followed by a name after
    a preposition, how often a name is followed by a number, and what opens and closes the order.
    """
    numbers = [other.span for other in reading.figures_of(figure.sentence)]
    names = [span, *rivals]
    merged = sorted([(s, True) for s in numbers] + [(s, False) for s in names])
    place = merged.index((figure.span, True)) if (figure.span, True) in merged else -1
    forward = backward = 0
    for (one, is_number), (other, other_is_number) in pairwise(merged):
        between = reading.text[one.end : other.start].split()
        if is_number and not other_is_number:
            forward += any(word.lower() in _LINKS for word in between[-2:])
        elif other_is_number and not is_number:
            backward += len(between) <= 4
    return {
        "forward": float(forward),
        "backward": float(backward),
        "opens_name": float(not merged[0][1]),
        "closes_name": float(not merged[-1][1]),
        "next": float(0 <= place < len(merged) - 1 and merged[place + 1] == (span, False)),
        "previous": float(place > 0 and merged[place - 1] == (span, False)),
        "numbers": float(len(numbers)),
    }


_LINKS = frozenset({"from", "in", "by", "to", "for", "of", "at", "against", "with"})


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _syntax(tree: TokenTree, figure: Figure, option: int) -> dict[str, float]:
    token, noun = figure.token, figure.noun
    verb, other_verb = figure.verb, tree.verb_over(option)
    return {
        "path": float(tree.path_length(token, option)),
        "noun_path": float(tree.path_length(noun, option)),
        "same_verb": float(verb == other_verb),
        "verb_path": float(tree.path_length(verb, other_verb))
        if min(verb, other_verb) >= 0
        else 30.0,
        "under_noun": float(tree.covers(noun, option)),
        "over_figure": float(tree.covers(option, token)),
        "is_noun": float(option == noun),
        "is_verb": float(option == verb),
        "under_verb": float(verb >= 0 and tree.covers(verb, option)),
        "subject": float(option >= 0 and tree.tokens[option].dep in ("nsubj", "nsubjpass")),
    }


def read_word(tree: TokenTree, index: int, skip: bool = False) -> str:
    """The word at ``index``, lower case; with ``skip`` articles are passed over, going left."""
    while (
        skip and index >= 0 and tree.tokens[index].text.lower() in ("the", "a", "an", "its", "all")
    ):
        index -= 1
    if not 0 <= index < len(tree.tokens):
        return ""
    word = tree.tokens[index].text.lower()
    return _DASHES.get(word, word)


def name_neighbour(prefix: str, word: str) -> dict[str, float]:
    """Which of :data:`BESIDE` the word is, as yes-no features under ``prefix``."""
    return {f"{prefix}_{_NAMES.get(item, item)}": float(word == item) for item in BESIDE}
