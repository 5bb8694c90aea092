"""Strings of digits that are one thing and no quantity: times, telephone numbers, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govreq.article.spans import Span
from govreq.mentions.mention import Unit

COMPOSITES: tuple[tuple[str, str, Unit, re.Pattern[str]], ...] = (
    ("link", "/w", Unit.CODE, re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,2000}")),
    (
        "mail",
        "@",
        Unit.CODE,
        re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){0,4}"),
    ),
    (
        "telephone",
        "-.+",
        Unit.CODE,
        re.compile(
            r"\+[0-9]{1,3}[ -]\(?[0-9]{1,4}\)?(?:[ .-][0-9]{2,5}){1,4}"
            r"|(?<![0-9-])[0-9]-[0-9]-[0-9](?![0-9-])"
            r"|(?<![0-9,.-])\(?[0-9]{3}\)?[ .-][0-9]{3}[.-][0-9]{4}(?![0-9])"
        ),
    ),
    ("iso date", "-", Unit.DATE, re.compile(r"(?<![0-9-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")),
    (
        "clock",
        ":.",
        Unit.CODE,
        re.compile(
            r"(?<![0-9:.,])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])"
            r"|(?<![0-9:.,])[0-9]{1,2}\.[0-9]{2} ?(?:[ap]\.?m\b|hrs|hours)"
        ),
    ),
    (
        "date",
        "/",
        Unit.DATE,
        re.compile(r"(?<![0-9/.,])[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})(?!\d)"),
    ),
    (
        "dotted date",
        ".",
        Unit.DATE,
        re.compile(r"(?<![0-9.,])[0-3]?[0-9]\.[01]?[0-9]\.(?:19|20)[0-9]{2}(?![0-9])"),
    ),
    (
        "slashed",
        "/",
        Unit.CODE,
        re.compile(
            r"(?<![0-9/.,])(?![1-9]/[2-9] of )"
            r"[0-9]{1,4}/[0-9]{1,4}(?:/[0-9]{1,4})?(?![0-9,.]*[0-9])"
        ),
    ),
    (
        "version",
        ".",
        Unit.CODE,
        re.compile(
            r"(?<![0-9.,])(?![0-9]{1,3}(?:\.[0-9]{3}){2,5}(?![0-9.]))"
            r"[0-9]{1,5}(?:\.[0-9]{1,5}){2,5}(?![0-9])"
        ),
    ),
    ("paragraph", "(", Unit.CODE, re.compile(r"(?<![0-9,.])[0-9]{1,5}[A-Z]?\([a-z]{1,3}\)")),
    (
        "footnote",
        "[",
        Unit.CODE,
        re.compile(r"(?<=[^\s0-9])\[[0-9]{1,3}\]|(?<=\s)\[[0-9]{1,3}\](?=[\s.,;]|$)"),
    ),
    (
        "era",
        "s’'",
        Unit.YEAR,
        re.compile(
            r"(?:(?<![0-9])(?:1[89]|20)[0-9]0|[’'][0-9]0)[’']?s\b|(?<=\s)[’'][0-9]{2}(?![0-9])"
        ),
    ),
    (
        "lettered",
        "-",
        Unit.CODE,
        re.compile(r"\b[A-Z][A-Za-z]{0,9}-[0-9]{1,4}(?![0-9,])(?!\.[0-9])\w?"),
    ),
    (
        "ordinal",
        "sndrth",
        Unit.ORDINAL,
        re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:st|nd|rd|th)\b|\b(?:second|third)(?= (?:only|to)\b)"),
    ),
)
"""Each sort with the signs of which one must be there, its unit and its pattern, in the order in
which they are tried; the tests have an accepted and a refused example of each."""

LIST_NUMBER = re.compile(r"\s*(?:\(?[0-9]{1,2}[.)]|\([0-9]{1,2}\))\s+(?=\S)")
"""The number of a list item. Accepts: "1. Turkey". Refuses: "1.5 million"."""


def find_composites(text: str, within: Span) -> Iterator[tuple[Span, Unit, str]]:
    """The composites of ``text[within.start:within.end]`` as (span, unit, rule), by sort."""
    head = LIST_NUMBER.match(text, within.start, within.end)
    if head is not None and (within.start == 0 or text[within.start - 1] == "\n"):
        yield Span(head.start(), head.end()), Unit.CODE, "quantity:list_number"
    signs = frozenset(text[within.start : within.end])
    for name, marks, unit, pattern in COMPOSITES:
        if signs.isdisjoint(marks):
            continue
        for match in pattern.finditer(text, within.start, within.end):
            yield Span(*match.span()), unit, f"quantity:{name.replace(' ', '_')}"
