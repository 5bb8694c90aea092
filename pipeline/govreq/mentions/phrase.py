"""Phrases of a vocabulary table, looked up word by word: whole words, longest match first.

Names are found by walking a tree of folded words, so that a table may hold thousands of them at no
cost. Folding drops case and diacritics ("Türkiye" meets "Turkiye"); the capitals that a phrase is
written with must still be there in the text: "US" never meets "us", while a phrase written in lower
case ("the country") meets any case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from govreq.article.spans import Span

WORD = re.compile(r"[^\W_]+|[^\w\s]|_+")
"""A run of letters and digits, or one other sign. Accepts: "Korea" in "Korea's". Refuses: " "."""

ALTERNATIVES = re.compile(r"\(([^()|]*\|[^()]*)\)")
"""A choice within a phrase. Accepts: "(the|)" in "outside (the|) US". Refuses: "(the)"."""

ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-"})
"""Signs that are written in several ways."""

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or sign of the text; ``key`` is its folded form, after a space if one precedes."""

    span: Span
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class PhraseMatch(Generic[P]):
    """A phrase at ``words[first:last]``, with what the table says of it."""

    first: int
    last: int
    payload: P


class _Node(Generic[P]):
    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[P]] = {}
        self.ends: list[tuple[tuple[str, ...], P]] = []


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """The word without case and diacritics: "Türkiye" becomes "turkiye"."""
    word = word.translate(ALIKE)
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.casefold())
        word = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
        return word.translate({0x142: "l", 0xF8: "o", 0x131: "i"})
    return word.casefold()


def split_words(text: str, within: Span) -> list[Word]:
    """The words and signs of ``text[within.start:within.end]``."""
    words: list[Word] = []
    end = within.start
    for match in WORD.finditer(text, within.start, within.end):
        start, token = match.start(), match.group()
        key = fold(token) if start == end and words else " " + fold(token)
        words.append(Word(Span(start, match.end()), token, key))
        end = match.end()
    return words


def expand_phrase(phrase: str) -> Iterator[str]:
    """Every wording of a phrase with choices: "outside (of|) it" gives two."""
    choice = ALTERNATIVES.search(phrase)
    if choice is None:
        yield " ".join(phrase.split())
        return
    for wording in choice.group(1).split("|"):
        yield from expand_phrase(phrase[: choice.start()] + wording + phrase[choice.end() :])


class PhraseIndex(Generic[P]):
    """The phrases of a table with their payloads; several payloads may share a phrase."""

    def __init__(self, phrases: Iterable[tuple[str, P]]) -> None:
        self._root: _Node[P] = _Node()
        for phrase, payload in phrases:
            for wording in expand_phrase(phrase):
                self._add(wording, payload)

    def _add(self, phrase: str, payload: P) -> None:
        words = split_words(phrase, Span(0, len(phrase)))
        node = self._root
        for word in words:
            node = node.next.setdefault(word.key, _Node())
        node.ends.append((tuple(word.text for word in words), payload))

    def match_at(self, words: Sequence[Word], first: int) -> Iterator[PhraseMatch[P]]:
        """The phrases that begin at ``words[first]``, the longest first."""
        node: _Node[P] | None = self._root
        found: list[PhraseMatch[P]] = []
        for last in range(first, len(words)):
            key = words[last].key
            if last == first and not key.startswith(" "):
                key = " " + key
            node = node.next.get(key) if node else None
            if node is None:
                break
            found[:0] = [
                PhraseMatch(first, last + 1, payload)
                for written, payload in node.ends
                if _keeps_capitals(written, words[first : last + 1])
            ]
        return iter(found)


def _keeps_capitals(written: Sequence[str], words: Sequence[Word]) -> bool:
    """Whether the text has a capital wherever the table has one."""
    return all(_has_capitals(mark, word.text) for mark, word in zip(written, words, strict=True))


def _has_capitals(mark: str, word: str) -> bool:
    if len(mark) != len(word):
        return word[:1].isupper() or not mark[:1].isupper()
    return all(have.isupper() for want, have in zip(mark, word, strict=True) if want.isupper())
