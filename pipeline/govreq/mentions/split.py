"""Sentences of a block, by punctuation and abbreviations.

A parser's own sentence boundaries change with the model and cost a parse; news prose needs only a
full stop, a following capital, and a list of abbreviations that do not end a sentence.
"""

from __future__ import annotations

import re
from functools import cache

from govreq.article.spans import Span
from govreq.vocabulary.loader import Row, load_rows

# Ends a sentence: "in 2020. The" and '."  He'; not "3.5" or "U.S. data".
_BOUNDARY = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?=\s+[\"'“‘(\[]{0,2}[A-Z0-9£$€])|\n+")
_WORD_BEFORE = re.compile(r"[\w.&'’-]{1,20}$")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]$")


class AbbreviationRow(Row):
    """One row: words that are written with a full stop; ``number`` ones only before a digit."""

    words: tuple[str, ...]
    ends: bool = False
    number: bool = False


def split_sentences(text: str, within: Span) -> list[Span]:
    """The sentences of ``text[within.start:within.end]``, without surrounding white space."""
    spans: list[Span] = []
    start = within.start
    for match in _BOUNDARY.finditer(text, within.start, within.end):
        if text[match.start()] == "." and not _ends_sentence(
            text, start, match.start(), match.end()
        ):
            continue
        spans.extend(_trimmed(text, start, match.end()))
        start = match.end()
    spans.extend(_trimmed(text, start, within.end))
    return spans


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return []
    start += len(piece) - len(piece.lstrip())
    return [Span(start, start + len(inner))]


def _ends_sentence(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the full stop at ``stop`` ends a sentence that began at ``start``."""
    before = _WORD_BEFORE.search(text, max(start, stop - 24), stop)
    if before is None:
        return True
    word = before.group()
    if word.isdigit() and text[start : stop - len(word)].strip(" •*-–") == "":
        return False  # "1. Turkey - 30,183": the number of a list item
    following = text[after : after + 24].lstrip().lstrip("\"'“‘([")
    row = _abbreviations().get(word.lower())
    if row is not None:
        if row.number:
            return not following[:1].isdigit()
        return row.ends and _starts_sentence(following)
    if _INITIALS.fullmatch(word) and len(word) <= 5 and word != "I":
        return len(word) > 1 and _starts_sentence(following)
    return True


def _starts_sentence(following: str) -> bool:
    """Whether the words after "U.S." begin a sentence ("The", "In"), and are no name or number."""
    word = re.match(r"[A-Za-z’']+", following)
    return word is not None and word.group() in _openers()


@cache
def _openers() -> frozenset[str]:
    return frozenset(
        word for row in load_rows("sentence_openers", AbbreviationRow) for word in row.words
    )


@cache
def _abbreviations() -> dict[str, AbbreviationRow]:
    return {
        word.lower(): row
        for row in load_rows("abbreviations", AbbreviationRow)
        for word in row.words
    }
