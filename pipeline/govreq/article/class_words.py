"""What the class, id and role of an element hint at: words of web designers, as data.

``vocabulary/class_words.toml`` lists, for each hint, words that stand in such names.
"""

from __future__ import annotations

import re
from enum import IntFlag
from functools import cache, lru_cache

from govreq.vocabulary.loader import Row, load_rows


class Hint(IntFlag):
    """What an element's names say that it holds."""

    BODY = 1
    NAVIGATION = 2
    RELATED = 4
    NEWSLETTER = 8
    APPEAL = 16
    SHARE = 32
    COMMENTS = 64
    AUTHOR = 128
    ADVERTISEMENT = 256
    COOKIE = 512
    CAPTION = 1024
    HEADER = 2048
    TAGS = 4096
    SUBSCRIPTION = 8192
    HIDDEN = 16384
    DATE = 32768
    WIDGET = 65536
    SIDEBAR = 131072


class ClassWordRow(Row):
    """A hint and the words of class names that give it."""

    hint: str
    words: tuple[str, ...]


_LONGEST_NAMES = 400


@cache
def _patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """One pattern a hint: each word at the start of a part of a name.

    Accepts "related" in "block related-posts"; refuses it in "unrelated".
    """
    return tuple(
        (Hint[row.hint.upper()].value, re.compile(rf"(?<![a-z])(?:{'|'.join(row.words)})"))
        for row in load_rows("class_words", ClassWordRow)
    )


# Accepts the boundary of "articleBody"; refuses "article-body".
_HUMP = re.compile("(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=20_000)
def hints_of(names: str) -> int:
    """The hints that class, id and role names give, as a set of :class:`Hint` bits.

    >>> Hint(hints_of("js-newsletterSignup"))
    <Hint.NEWSLETTER: 8>
    """
    lowered = _HUMP.sub("-", names[:_LONGEST_NAMES]).lower()
    hints = 0
    for value, pattern in _patterns():
        if pattern.search(lowered):
            hints |= value
    return hints
