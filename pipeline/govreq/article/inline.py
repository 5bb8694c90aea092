"""Text within a block: white space, invisible characters, footnote marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.element import NavigableString, Tag

LINE_BREAK = "\x1e"
"""Stands for ``<br>`` until a block's lines are parted."""

_BLOCK_NAMES = (
    "html body address article aside blockquote center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main ol p pre"
    " section summary table tbody td tfoot th thead tr ul caption amp-accordion amp-sidebar"
)
BLOCK_TAGS = frozenset(_BLOCK_NAMES.split())
"""Elements before and after which a new line of text begins."""

# Accepts soft hyphen, zero-width space, word joiner, directional marks; refuses joiners (U+200C,
# U+200D), which some scripts and emoji need.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Accepts control characters but tab, line feed, form feed, carriage return.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Accepts the narrow spaces of "27 664"; refuses those of "Article 5" or "5 requests".
_GROUPING_SPACE = re.compile("(?<=\\d)[\u00a0\u2009\u202f](?=\\d{3}(?!\\d))")
_GROUP_MARK = "\ue000"


# Accepts "1", "*", "[2]", "a)"; refuses "th", "2019".
_FOOTNOTE = re.compile(r"^[\[(]?(?:\d{1,2}|[*†‡§]{1,3}|[a-z])[\])]?$")
_PARTING_NAMES = "br p div li tr td th h1 h2 h3 h4 h5 h6 dt dd"
_PARTING = frozenset(_PARTING_NAMES.split())


def clean_text(text: str) -> str:
    r"""``text`` with single spaces and without invisible characters; grouping spaces stay.

    >>> clean_text("27\u202f664  re\u00adquests\n in\u00a0all")
    '27\u202f664 requests in all'
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        kept = _GROUPING_SPACE.findall(text)
        if kept:
            text = _GROUPING_SPACE.sub(_GROUP_MARK, text)
            text = " ".join(text.split())
            for space in kept:
                text = text.replace(_GROUP_MARK, space, 1)
            return _CONTROL.sub("", text)
    return " ".join(_CONTROL.sub(" ", text).split())


def is_footnote_mark(sup: Tag, before: Sequence[str]) -> bool:
    """Whether a ``sup`` element marks a footnote and would lengthen the number ``before`` it.

    "27,664" with the mark 1 must not become 276,641; a mark after a word does no harm and stays.
    """
    last = before[-1][-1:] if before else ""
    return last.isdigit() and _FOOTNOTE.match(sup.get_text().strip()) is not None


def is_hidden(tag: Tag) -> bool:
    """Whether the element is not shown: keys to sort a column by stand in such elements."""
    if tag.get("hidden") is not None:
        return True
    style = tag.get("style")
    return style is not None and "display:none" in str(style).replace(" ", "").lower()


def text_within(tag: Tag) -> str:
    """The clean text of one element, its inner paragraphs and lines parted by spaces."""
    parts: list[str] = []
    todo = list(reversed(tag.contents))
    while todo:
        node = todo.pop()
        if type(node) is NavigableString:
            parts.append(node)
        elif isinstance(node, Tag) and not (
            is_hidden(node) or (node.name == "sup" and is_footnote_mark(node, parts))
        ):
            if node.name in _PARTING:
                parts.append(" ")
                todo.append(NavigableString(" "))
            todo.extend(reversed(node.contents))
    return clean_text("".join(parts))
