"""Runs of furniture: what was found by a phrase, grown into its neighbours.

Appeals come in several paragraphs, and the middle ones read like news: beside a known appeal, a
paragraph in the outlet's voice that speaks of journalism, readers or money goes as well. A heading
such as "Related" takes its list of headlines along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from govreq.article.article import BlockKind, RemovalReason, Removed
from govreq.article.blocks import PageBlock
from govreq.article.furniture import Verdict, states_figure
from govreq.article.phrases import speaks_as_outlet
from govreq.vocabulary.loader import Row, load_rows

_APPEALS = frozenset((RemovalReason.APPEAL, RemovalReason.NEWSLETTER, RemovalReason.SUBSCRIPTION))
_LISTS = frozenset((RemovalReason.RELATED, RemovalReason.TEASER))
_LONGEST_GROWN = 130
_LONGEST_HEADLINE = 28
_LONGEST_REQUEST = 14
_WIDEST_GAP = 3
_FEWEST_TELLING = 2
_SHORTEST_TEASER = 7
_MOST_TEASERS = 4
# Accepts "Image: Some One", "File photo", "Getty Images"; refuses "imagined".
_CREDIT = re.compile(r"\b(?:photos?|images?|pictures?|credit|getty|illustration)\b", re.IGNORECASE)
# Accepts "“They saw all,” said Ann Lee"; refuses "“They saw all”".
_SPOKEN = re.compile(r"[,.?!][”\"] \w")
_WORD = re.compile(r"[a-z-]+")
_SENTENCE_END = frozenset(".!?…:;")


class VoiceRow(Row):
    """Words that appeals speak of."""

    words: tuple[str, ...]


@cache
def _voice_words() -> frozenset[str]:
    return frozenset(word for row in load_rows("appeal_voice", VoiceRow) for word in row.words)


def words_of(text: str) -> set[str]:
    """The words of a line as the table of telling words has them: in lower case."""
    return set(_WORD.findall(text.lower()))


def speaks_of_outlet(text: str, publisher: str) -> bool:
    """Whether a paragraph is about the outlet and its readers, in the outlet's voice.

    >>> speaks_of_outlet("No owner tells our reporters which facts to print.", "")
    True
    >>> speaks_of_outlet("We answered 40 court orders.", "")
    False
    """
    named = len(publisher) > 3 and publisher in text
    if not named and not speaks_as_outlet(text):
        return False
    telling = _voice_words() & words_of(text)
    return len(telling) + named >= _FEWEST_TELLING


def grow_appeals(
    blocks: Sequence[PageBlock], verdicts: Sequence[Verdict], publisher: str
) -> list[Verdict]:
    """Appeals grown into the neighbouring blocks that speak in the outlet's voice."""
    result = list(verdicts)
    own = [n for n, v in enumerate(verdicts) if v.text or v.reason in _APPEALS]
    places = {number: place for place, number in enumerate(own)}
    for number in own:
        if verdicts[number].removed and any(r.reason in _APPEALS for r in verdicts[number].removed):
            place = places[number]
            _grow(blocks, result, reversed(own[:place]), publisher, number)
            if result[number].reason is not None:
                _grow(blocks, result, own[place + 1 :], publisher, number)
    _bridge(blocks, result, own)
    return result


def _grow(
    blocks: Sequence[PageBlock],
    result: list[Verdict],
    neighbours: Iterable[int],
    publisher: str,
    seed: int,
) -> None:
    reason = result[seed].removed[0].reason
    for number in neighbours:
        if result[number].reason is not None:
            continue
        text = result[number].text
        is_part = _asks_briefly(text) or (
            reason is RemovalReason.APPEAL and speaks_of_outlet(text, publisher)
        )
        if not is_part or not _may_grow(blocks[number], text):
            return
        result[number] = _take(blocks[number], result[number], reason, "appeal run")


def _asks_briefly(text: str) -> bool:
    """Whether a line beside an appeal is a request itself: "Please give what you can."."""
    return text.count(" ") < _LONGEST_REQUEST and speaks_as_outlet(text)


def _may_grow(block: PageBlock, text: str) -> bool:
    return (
        block.kind is not BlockKind.TABLE_ROW
        and text.count(" ") < _LONGEST_GROWN
        and not states_figure(text)
    )


def _bridge(blocks: Sequence[PageBlock], result: list[Verdict], own: Sequence[int]) -> None:
    """What stands between two parts of one appeal belongs to it.

    Blocks that only their place tells as appeals are none of its parts: such boxes stand before and
    after a short article as well.
    """
    last = -1
    for place, number in enumerate(own):
        verdict = result[number]
        if verdict.reason is not RemovalReason.APPEAL or verdict.removed[0].rule == "place":
            continue
        between = own[last + 1 : place] if last >= 0 else ()
        if 0 < len(between) <= _WIDEST_GAP and all(
            _may_grow(blocks[n], result[n].text) for n in between
        ):
            for n in between:
                if result[n].text:
                    result[n] = _take(blocks[n], result[n], RemovalReason.APPEAL, "appeal run")
        last = place


def grow_lists(
    blocks: Sequence[PageBlock],
    verdicts: Sequence[Verdict],
    publisher: str,  # noqa: ARG001
) -> list[Verdict]:
    """Headings such as "Related" with the headlines that follow them."""
    result = list(verdicts)
    growing: RemovalReason | None = None
    for number, (block, verdict) in enumerate(zip(blocks, verdicts, strict=True)):
        if not verdict.text:
            if verdict.reason in _LISTS and verdict.removed[0].rule != "place":
                short = block.text.count(" ") < 6 or block.text[-1] == ":"
                growing = verdict.reason if short else growing
            continue
        if growing is not None and _is_headline(block, verdict.text):
            result[number] = _take(block, verdict, growing, "list")
        else:
            growing = None
    return result


def drop_asides(
    blocks: Sequence[PageBlock],
    verdicts: Sequence[Verdict],
    publisher: str,  # noqa: ARG001
) -> list[Verdict]:
    """Captions before an image's credit, and teasers between two paragraphs.

    A single line without a full stop heads a section; two long ones in a row are teasers.
    """
    result = list(verdicts)
    own = [number for number, verdict in enumerate(verdicts) if verdict.text]
    for number, verdict in enumerate(verdicts[1:], start=1):
        before = result[number - 1]
        if (
            verdict.reason is RemovalReason.OTHER
            and _CREDIT.search(verdict.removed[0].text)
            and before.text
            and _is_headline(blocks[number - 1], before.text)
            and blocks[number - 1].kind is BlockKind.PARAGRAPH
        ):
            result[number - 1] = _take(blocks[number - 1], before, RemovalReason.OTHER, "caption")
    run: list[int] = []
    for number in [*own, -1]:
        if number >= 0 and _is_long_headline(blocks[number], result[number].text):
            run.append(number)
            continue
        if 2 <= len(run) <= _MOST_TEASERS and run[0] != own[0] and number >= 0:
            for place in run:
                result[place] = _take(blocks[place], result[place], RemovalReason.TEASER, "pair")
        run = []
    return result


def _is_long_headline(block: PageBlock, text: str) -> bool:
    return (
        block.kind is BlockKind.PARAGRAPH
        and text.count(" ") >= _SHORTEST_TEASER
        and _is_headline(block, text)
        and text[-1] not in '”")'
        and ":" not in text
    )


def trim_tail(
    blocks: Sequence[PageBlock],
    verdicts: Sequence[Verdict],
    publisher: str,  # noqa: ARG001
) -> list[Verdict]:
    """The end of the body without headings that head nothing and headlines of other articles."""
    result = list(verdicts)
    own = [number for number, verdict in enumerate(verdicts) if verdict.text]
    prose = [n for n in own if len(verdicts[n].text) > 60 and verdicts[n].text[-1] in '.!?”"']
    if not prose or len(prose) < len(own) / 3:
        return result
    for number in reversed(own):
        if number <= prose[-1] or blocks[number].kind is BlockKind.TABLE_ROW:
            break
        block, verdict = blocks[number], verdicts[number]
        is_heading = block.kind is BlockKind.HEADING
        if not is_heading and not (
            block.kind is BlockKind.PARAGRAPH
            and _is_headline(block, verdict.text)
            and verdict.text.count(" ") + 1 >= 5
            and not _SPOKEN.search(verdict.text)
        ):
            break
        result[number] = _take(block, verdict, RemovalReason.TEASER, "tail")
    return result


def _is_headline(block: PageBlock, text: str) -> bool:
    """Whether a block reads like the headline of something else, not like a sentence or an item."""
    return (
        block.kind is not BlockKind.TABLE_ROW
        and text.count(" ") < _LONGEST_HEADLINE
        and text[-1] not in ".!:;"
        and (text[0].isupper() or text[0] in "“‘'\"")
        and not states_figure(text)
    )


def _take(block: PageBlock, verdict: Verdict, reason: RemovalReason, rule: str) -> Verdict:
    return Verdict("", (*verdict.removed, Removed(verdict.text or block.text, reason, rule)))
