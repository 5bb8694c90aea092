"""Telling phrases of page furniture: rows of the vocabulary, looked up in single lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import Field

from govreq.article.article import RemovalReason
from govreq.vocabulary.loader import Row, load_rows

TABLES = ("teasers", "page_furniture", "appeals")

# Accepts "our readers", "Your support"; refuses "hour", "US" as a country.
_VOICE = re.compile(r"\b(?:[Ww]e|us|[Oo]urs?|OUR|[Yy]ou|[Yy]ours?|YOUR|[Mm]y|me)\b")
# Accepts "Sign up", "Please give"; refuses "Signed up".
_REQUEST = re.compile(
    r"(?:^|[.!?])\W*(?:please )?(?:sign|join|get|subscribe|support|donate|give|enter|receive"
    r"|download|register|thanks?|become|help|keep|make|consider|follow|contact|send|read|become)\b",
    re.IGNORECASE,
)
# Accepts "the company said", "she told"; refuses "have your say".
_REPORTED = re.compile(r"\b(?:said|says|told|according to|wrote|testified|announced)\b")


Voice = Callable[[], bool]


class PhraseRow(Row):
    """A phrase that tells page furniture; ``teasers.toml`` explains the fields."""

    reason: RemovalReason
    pattern: str
    where: Literal["start", "whole", "any"] = "start"
    needs: tuple[str, ...] = ()
    most_words: int = Field(gt=0)
    unfinished: bool = False
    tail: bool = False
    voice: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row with its pattern compiled; ``name`` is its table and place in it."""

    row: PhraseRow
    pattern: re.Pattern[str]
    name: str

    def fires(self, text: str, words: int, in_tail: bool, voice: Voice) -> bool:
        """Whether the phrase tells that the line ``text`` of ``words`` words is furniture.

        ``voice`` tells whether its block speaks to the reader. ``needs`` is not looked at: it only
        says where the pattern can fire at all.
        """
        row = self.row
        if words > row.most_words or (row.tail and not in_tail):
            return False
        if row.unfinished and text[-1] == "." and not text.endswith("..."):
            return False
        if row.where == "any":
            found = self.pattern.search(text)
        elif row.where == "start":
            found = self.pattern.match(text)
        else:
            found = self.pattern.fullmatch(text)
        return found is not None and (not row.voice or (voice() and not reports_speech(text)))


def speaks_as_outlet(text: str) -> bool:
    """Whether a line speaks to the reader, and reports nobody's words.

    >>> speaks_as_outlet("Your gift keeps us free."), speaks_as_outlet("“We need you,” she said.")
    (True, False)
    """
    if reports_speech(text):
        return False
    return _VOICE.search(text) is not None or _REQUEST.search(text) is not None


def reports_speech(text: str) -> bool:
    """Whether a line reports what somebody said."""
    return _REPORTED.search(text) is not None


@cache
def load_phrases() -> tuple[Phrase, ...]:
    """All phrases, in the order of the tables."""
    return tuple(_compile_phrases())


def _compile_phrases() -> Iterator[Phrase]:
    for table in TABLES:
        for number, row in enumerate(load_rows(table, PhraseRow), start=1):
            opening = r"\W{0,3}" if row.where == "start" else ""
            yield Phrase(
                row, re.compile(f"{opening}(?:{row.pattern})", re.IGNORECASE), f"{table}:{number}"
            )


@dataclass(frozen=True, slots=True)
class _Index:
    """The phrases by the strings that they need: bit n of a mask stands for phrase n.

    ``by_prefix`` files each need under the first letters of its first word, ``unfiled`` holds the
    needs that begin with no word.
    """

    always: int
    by_prefix: dict[str, list[tuple[str, int]]]
    unfiled: list[tuple[str, int]]
    most_words: int


_PREFIX = 3
_WORD = re.compile(r"\w+")


@cache
def _index_phrases() -> _Index:
    always = 0
    masks: dict[str, int] = {}
    for number, phrase in enumerate(load_phrases()):
        if not phrase.row.needs:
            always |= 1 << number
        for need in phrase.row.needs:
            masks[need] = masks.get(need, 0) | 1 << number
    by_prefix: dict[str, list[tuple[str, int]]] = {}
    unfiled: list[tuple[str, int]] = []
    for need, mask in masks.items():
        word = _WORD.match(need)
        if word is None or (len(need) < _PREFIX and word.end() == len(need)):
            unfiled.append((need, mask))
        else:
            by_prefix.setdefault(word.group()[:_PREFIX], []).append((need, mask))
    most = max(phrase.row.most_words for phrase in load_phrases())
    return _Index(always, by_prefix, unfiled, most)


def _possible_phrases(lowered: str, index: _Index) -> int:
    """The phrases whose needs stand in a line, as a mask."""
    mask = index.always
    for need, phrases in index.unfiled:
        if need in lowered:
            mask |= phrases
    for prefix in {word[:_PREFIX] for word in _WORD.findall(lowered)} & index.by_prefix.keys():
        for need, phrases in index.by_prefix[prefix]:
            if need in lowered:
                mask |= phrases
    return mask


def find_phrase(text: str, in_tail: bool, voice: Voice) -> Phrase | None:
    """The first phrase that tells that a line is page furniture, else None.

    ``in_tail``: the line stands near the body's end; ``voice`` tells whether its block speaks to
    the reader, and is asked only where a phrase depends on it.
    """
    words = text.count(" ") + 1
    index = _index_phrases()
    if words > index.most_words:
        return None
    mask = _possible_phrases(text.lower(), index)
    phrases = load_phrases()
    while mask:
        number = (mask & -mask).bit_length() - 1
        mask &= mask - 1
        if phrases[number].fires(text, words, in_tail, voice):
            return phrases[number]
    return None
