"""Page furniture within a block: which of its lines and sentences are not the article's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from govreq.article.article import BlockKind, RemovalReason, Removed
from govreq.article.blocks import PageBlock
from govreq.article.phrases import Phrase, Voice, find_phrase, speaks_as_outlet
from govreq.article.segments import Segment, split_lines, split_sentences

# Accepts "27,664 requests", "orders for 40 accounts"; refuses "410,000 founders", "requests rose".
_FACT = re.compile(
    r"\d.{0,80}\b(?:requests?|demands?|orders?|warrants?|subpoenas?|accounts?|letters|takedowns?)\b"
    r"|\b(?:requests?|demands?|orders?|warrants?|subpoenas?|letters|takedowns?)\b.{0,80}\d",
    re.IGNORECASE,
)
_LONGEST_WHOLE = 70
"""A block of fewer words goes as a whole where what is left of it is no sentence."""

_MOST_LINES = 2_000
_LONGEST_REMNANT, _LONGEST_HEADLINE = 26, 20
_ADDRESSING = frozenset(
    (
        RemovalReason.APPEAL,
        RemovalReason.NEWSLETTER,
        RemovalReason.SUBSCRIPTION,
        RemovalReason.COMMENTS,
        RemovalReason.SHARE,
        RemovalReason.COOKIE,
        RemovalReason.COPYRIGHT,
    )
)
"""Kinds of furniture whose sentences speak to the reader."""

_SHORT_REST = 4
_SHORT_SENTENCE = 1
"""A "sentence" of one word within a line is an initial or a list's number."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is kept of one block (empty: nothing), and what was taken out of it and why."""

    text: str
    removed: tuple[Removed, ...] = ()

    @property
    def reason(self) -> RemovalReason | None:
        """Why nothing is kept of the block; None where something is."""
        return self.removed[0].reason if self.removed and not self.text else None


def _is_voice(sentence: str) -> bool:
    """Whether a sentence outside quotation marks speaks to the reader."""
    return speaks_as_outlet(sentence) and not any(mark in sentence for mark in '“”"')


def states_figure(text: str) -> bool:
    """Whether a sentence gives a number of requests: it is the article's own unless a teaser."""
    return _FACT.search(text) is not None


def strip_furniture(block: PageBlock, in_tail: bool) -> Verdict:
    """The block without the lines and sentences that are page furniture."""
    if block.kind is BlockKind.TABLE_ROW or len(block.lines) > _MOST_LINES:
        return Verdict(block.text)
    lines = [(line, split_sentences(line)) for line in split_lines(block)]
    sentences = [sentence for _, own in lines for sentence in own]
    voice = cache(lambda: any(_is_voice(sentence.text) for sentence in sentences))
    marks: list[Phrase | None] = []
    for line, own in lines:
        marks += _judge_line(line, own, in_tail, voice)
    if not any(marks):
        return Verdict(block.text)
    return _cut(block, sentences, marks)


def _judge_line(
    line: Segment, sentences: list[Segment], in_tail: bool, voice: Voice
) -> list[Phrase | None]:
    """For each sentence of a line the phrase that tells that it is furniture, or None."""
    whole = find_phrase(line.text, in_tail, voice)
    if whole is not None and _takes_line(whole, sentences):
        return [whole] * len(sentences)
    if len(sentences) == 1:
        return [None]
    return [_judge_sentence(sentence, in_tail, voice) for sentence in sentences]


def _takes_line(phrase: Phrase, sentences: list[Segment]) -> bool:
    """Whether a phrase that fires in a line takes all of it: one within the line may not."""
    if len(sentences) == 1:
        return not _is_protected(phrase, sentences[0].text)
    if phrase.row.where == "any":
        return False
    return not any(states_figure(sentence.text) for sentence in sentences[1:])


def _is_protected(phrase: Phrase, text: str) -> bool:
    return phrase.row.where == "any" and states_figure(text) and text[-1] in '.”"'


def _judge_sentence(sentence: Segment, in_tail: bool, voice: Voice) -> Phrase | None:
    if sentence.text.count(" ") < _SHORT_SENTENCE:
        return None
    phrase = find_phrase(sentence.text, in_tail, voice)
    return None if phrase is None or _is_protected(phrase, sentence.text) else phrase


def _cut(block: PageBlock, sentences: list[Segment], marks: list[Phrase | None]) -> Verdict:
    """Take the marked sentences out; a remainder that is no sentence goes with them."""
    kept = [s for s, mark in zip(sentences, marks, strict=True) if mark is None]
    words = block.text.count(" ") + 1
    first = next(mark for mark in marks if mark is not None)
    if words <= _LONGEST_WHOLE and all(_is_remnant(each, first) for each in kept):
        return Verdict("", (Removed(block.text, first.row.reason, first.name),))
    removed: list[Removed] = []
    kept_text = ""
    end = -1
    for sentence, mark in zip(sentences, marks, strict=True):
        if mark is None:
            gap = block.text[end : sentence.start] if end >= 0 else " " if kept_text else ""
            kept_text += gap + sentence.text
            end = sentence.end
            continue
        end = -1
        if removed and removed[-1].rule == mark.name:
            joined = f"{removed[-1].text} {sentence.text}"
            removed[-1] = Removed(joined, mark.row.reason, mark.name)
        else:
            removed.append(Removed(sentence.text, mark.row.reason, mark.name))
    return Verdict(kept_text, tuple(removed))


def _is_remnant(sentence: Segment, mark: Phrase) -> bool:
    """Whether an unmarked sentence beside marked ones says nothing by itself."""
    words = sentence.text.count(" ") + 1
    if states_figure(sentence.text):
        return False
    if words <= _SHORT_REST:
        return True
    if mark.row.reason in _ADDRESSING and words <= _LONGEST_REMNANT:
        return speaks_as_outlet(sentence.text)
    return sentence.text[-1] not in '.!?”"' and words <= _LONGEST_HEADLINE
