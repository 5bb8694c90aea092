"""Words that make a number a bound: "more than", "up to", "or fewer", "about"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from govreq.article.spans import Span
from govreq.mentions.mention import Bound
from govreq.vocabulary.loader import Row, load_rows

REACH = 48
"""Characters before a number in which bound words are looked for."""

COMPARED = re.compile(
    r"(?:%|\bper ?cent|\bpercent(?:age points?)?|\bpc|\btimes|\b(?:half|third|quarter|dozen))"
    r"(?: (?:higher|lower|up|down))?$"
)
"""A number before "over" or "more than" that is compared. Accepts: "5%". Refuses: "it was"."""

COUNTED = re.compile(
    r"\b(?:(?!(?:19|20)[0-9]{2}$)[0-9](?:[0-9.,]{0,12}[0-9])?|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|"
    r"many|much)$"
)
"""What makes "more than" a comparison. Accepts: "two". Refuses: "in 2020"."""

HANDED = re.compile(
    r"\b(?:turn|hand|pass|gave|give|given|giving|carr|look|roll|t[au]ke|took|pull)\w*$"
)
"""Verbs that "over" belongs to. Accepts: "handed". Refuses: "it got"."""

ASKED_ABOUT = re.compile(
    r"\b(?:information|data|details?|requests?|demands?|inquir(?:y|ies)|quer(?:y|ies)|questions?|"
    r"asked|asking|asks?|inquired|records?|orders?|content|letters?|warrants?|times|disclosures?|"
    r"subpoenas?|notices?|applications?)$"
)
"""Words after which "about" or "over" is no bound. Accepts: "asked". Refuses: "it has"."""

ASKED_FOR = re.compile(
    r"\s*(?:\w+ ){0,2}(?:accounts?|users?|customers?|people|persons?|individuals?|subscribers?|"
    r"devices?|members?|citizens?|clients?|numbers?|phones?|of (?:them|these|those))\b"
)
"""Whom a request is about. Accepts: " user accounts". Refuses: " requests"."""

UNROUNDED = re.compile(r"[0-9][0-9,. ]*[1-9]$")
"""A number to the last digit, which "about" does not make rough. Accepts: "33,634"."""

ROSE = re.compile(
    r"\b(?:go|goes|gone|went|rose|risen|rising|climb\w*|jump\w*|shot|shoots|move[sd]?|grew|grown|"
    r"increas\w+|push\w*|bring\w*|brought|took|edged|crept|from [\w.,%]+(?: per ?cent)?)$"
)
"""Words after which "up to" is a rise. Accepts: "went", "from 12". Refuses: "on"."""

SOFTENERS = (
    r"(?:(?:just|slightly|a little|a bit|well|far|significantly|considerably|only|not much|"
    r"comfortably|marginally|a shade|a touch|fractionally|way|very|still|substantially|somewhat) )?"
)
LEADS = r"(?:(?:another|a further|an additional|a total of|a combined|the full|an|a) )?"


class BoundRow(Row):
    """Words (regular expressions) on one side of a number, and the bound that they make it."""

    name: str
    bound: Bound
    side: Literal["before", "after"]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundWords:
    """Where the words of a bound stand, and the row that has them."""

    span: Span
    bound: Bound
    rule: str


def find_bound(text: str, within: Span, start: int, end: int) -> BoundWords | None:
    """The words that bound the number at ``text[start:end]``, before it or else after it."""
    return _before(text, within, start, end) or _after(text, within, end)


def _before(text: str, within: Span, start: int, end: int) -> BoundWords | None:
    left = max(within.start, start - REACH)
    window = re.sub(r"\s", " ", text[left:start]).lower()
    pattern, rows = _before_pattern()
    match = pattern.search(window)
    if match is None or match.lastgroup is None:
        return None
    row = rows[match.lastgroup]
    if row.bound is Bound.EXACT:
        return None
    words = match.group(match.lastgroup)
    if _is_other(words, window[: match.start()].rstrip(), text[start : end + 40], end - start):
        return None
    span = Span(left + match.start(), left + match.end(match.lastgroup))
    return BoundWords(span, row.bound, f"bounds:{row.name}")


def _is_other(words: str, before: str, after: str, length: int) -> bool:
    """Whether the words compare, ask or tell of a rise instead of bounding the number."""
    if words in ("more than", "less than", "fewer than", "greater than"):
        return bool(COMPARED.search(before) or COUNTED.search(before))
    if words in ("about", "over") and ASKED_FOR.match(after.lower(), length):
        unrounded = length > 2 and UNROUNDED.match(after, 0, length)
        asked = ASKED_ABOUT.search(before)
        if (asked or unrounded) if words == "about" else (asked and unrounded):
            return True
    if words in ("over", "above", "below", "under"):
        return bool(COMPARED.search(before) or (words == "over" and HANDED.search(before)))
    return words == "up to" and bool(ROSE.search(before))


def _after(text: str, within: Span, end: int) -> BoundWords | None:
    pattern, rows = _after_pattern()
    match = pattern.match(text, end, min(within.end, end + REACH))
    if match is None or match.lastgroup is None:
        return None
    words = match.group(match.lastgroup).lower()
    apart = match.start(match.lastgroup) > end + 1
    if apart and not words.startswith(("or ", "and ", "at ")):
        return None
    row = rows[match.lastgroup]
    return BoundWords(Span(*match.span(match.lastgroup)), row.bound, f"bounds:{row.name}")


@cache
def _rows(side: str) -> tuple[str, dict[str, BoundRow]]:
    rows = {
        f"row{place}": row
        for place, row in enumerate(load_rows("bounds", BoundRow))
        if row.side == side
    }
    return "|".join(f"(?P<{key}>{'|'.join(row.words)})" for key, row in rows.items()), rows


@cache
def _before_pattern() -> tuple[re.Pattern[str], dict[str, BoundRow]]:
    """Leftmost wins: in "no fewer than" the row of "fewer than" begins later."""
    words, rows = _rows("before")
    return re.compile(rf"(?<!\w){SOFTENERS}(?:{words})\s?{LEADS}[-(‘“\"']?$"), rows


@cache
def _after_pattern() -> tuple[re.Pattern[str], dict[str, BoundRow]]:
    words, rows = _rows("after")
    gap = r"(?:[\s-](?:[a-z]+ ){0,2}?)?"
    return re.compile(rf"{gap}(?:{words})(?![a-z])", re.IGNORECASE), rows
