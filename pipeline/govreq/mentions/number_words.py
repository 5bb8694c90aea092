"""Numbers written in words: "two hundred and five", "three dozen", "twenty-one"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from govreq.article.spans import Span
from govreq.vocabulary.loader import Row, load_rows

WordKind = Literal[
    "unit", "ten", "scale", "after_digits", "letter", "zero", "denominator", "multiple"
]


class NumberWordRow(Row):
    """Words with the number that each stands for; ``kind`` says how they join with others."""

    name: str
    kind: WordKind
    values: dict[str, float]


@cache
def number_words(kind: WordKind) -> dict[str, float]:
    """The words of one kind with their numbers."""
    return {
        word: value
        for row in load_rows("number_words", NumberWordRow)
        if row.kind == kind
        for word, value in row.values.items()
    }


def any_of(words: Sequence[str]) -> str:
    """The regular expression of one of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@cache
def number_run() -> re.Pattern[str]:
    """A run of number words. Accepts: "two hundred and five", "a dozen". Refuses: "hundreds"."""
    plain = any_of([*number_words("unit"), *number_words("ten"), *number_words("scale")])
    start = any_of([*number_words("unit"), *number_words("ten")])
    scales = any_of(list(number_words("scale")))
    return re.compile(
        rf"(?<![\w-])(?:{start}|half[ -](?:an? )?(?:{scales})|an? (?:{scales}))\b"
        rf"(?:(?:[\s-]|\sand\s|\sand\sa\shalf\s)(?:{plain})\b){{0,8}}",
        re.IGNORECASE,
    )


_WORD = re.compile(r"[a-z]+")


def read_number_words(text: str, run: Span) -> Iterator[tuple[Span, float]]:
    """The numbers of one run of number words; "five six" are two.

    >>> [value for _, value in read_number_words("two hundred and five", Span(0, 20))]
    [205.0]
    """
    reader = _RunReader()
    for match in _WORD.finditer(text[run.start : run.end].lower()):
        done = reader.take(match.group(), run.start + match.start(), run.start + match.end())
        if done is not None:
            yield done
    last = reader.finish()
    if last is not None:
        yield last


class _RunReader:
    """Joins number words from left to right for as long as they make one number."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self.start = self.end = -1
        self.total = self.group = self.factor = 0.0
        self.scale = float("inf")
        self.joined = self.half = False

    def finish(self) -> tuple[Span, float] | None:
        """The number read so far, if any."""
        value = self.total + self.group
        done = None if self.start < 0 or not value else (Span(self.start, self.end), float(value))
        self._clear()
        return done

    def take(self, word: str, start: int, end: int) -> tuple[Span, float] | None:
        """Adds a word; gives the number before it where the word begins another one."""
        if word in ("a", "an", "half", "and"):
            return self._take_particle(word, start)
        done = None
        if word in number_words("scale"):
            self._multiply(number_words("scale")[word])
        else:
            value = number_words("unit").get(word) or number_words("ten")[word]
            if not self._adds(value):
                done = self.finish()
            self.group += value
            self.joined = False
        self.start = start if self.start < 0 else self.start
        self.end = end
        return done

    def _take_particle(self, word: str, start: int) -> tuple[Span, float] | None:
        if word == "and":
            self.joined = True
        elif word == "half":
            self.group += 0.5
            self.half = True
            self.joined = False
            self.start = start if self.start < 0 else self.start
        elif self.start < 0:
            self.start, self.group = start, 0.0
        return None

    def _multiply(self, scale: float) -> None:
        if scale == 100:
            self.group = (self.group or 1) * scale
        else:
            self.total += (self.group or 1) * scale
            self.group, self.scale = 0.0, scale
        self.joined = False

    def _adds(self, value: float) -> bool:
        """Whether ``value`` continues the number: "twenty" + "one", "hundred" + "five"."""
        if self.start < 0 or (self.total + self.group == 0):
            return True
        rest = self.group % 100
        if value < 20 and 20 <= rest <= 90 and rest % 10 == 0:
            return value < 10 and not self.joined
        if rest or self.group % 1:
            return False
        return bool(self.group) or self.scale > 12
