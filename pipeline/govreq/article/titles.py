"""The headline of a page: which of its headings and titles is the article's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Accepts the bar of "Orders rose | The Daily", the dash of "Orders rose - The Daily"; refuses the
# hyphen of "well-known".
_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:]+\s+|\s*[|»]\s*|\s::\s")
_WORD = re.compile(r"\w+")
_LONGEST = 400
_TELLING = 4
"""Letters of a word that is more than "how to do it"."""


def fold_title(text: str) -> str:
    """A title's words in lower case, for comparison.

    >>> fold_title("Orders  rose: “by half”")
    'orders rose by half'
    """
    return fold_passage(text[:_LONGEST])


def fold_passage(text: str) -> str:
    """The words of a text of any length in lower case."""
    return " ".join(_WORD.findall(text.lower()))


def agree_titles(one: str, other: str) -> bool:
    """Whether two strings are versions of one headline.

    >>> agree_titles("Police orders rose by half", "Police orders rose by half | The Daily")
    True
    >>> agree_titles("The Daily", "Police orders rose by half | The Daily")
    False
    """
    a, b = fold_title(one), fold_title(other)
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if f" {short} " in f" {long} ":
        return len(short) > 0.5 * len(long) or len(short.split()) >= 5
    words, others = set(a.split()), set(b.split())
    return len(words & others) >= 0.75 * max(len(words), len(others), 3)


def choose_title(
    headings: Sequence[str], linked: str, meta: Sequence[tuple[str, str]], element: str, site: str
) -> tuple[str, str]:
    """The title and where it was read, from what a page offers; empty strings where nothing.

    ``headings`` are its main headings in order, ``linked`` the JSON-LD headline, ``meta`` pairs of
    (name, title) from meta elements, ``element`` the ``title`` element, ``site`` the outlet's name.
    """
    declared = [("json-ld", linked), *((f"meta {name}", text) for name, text in meta)]
    declared = [(where, text) for where, text in declared if fold_title(text)]
    witnesses = [text for _, text in declared] + ([element] if element else [])
    for heading in headings:
        if fold_title(heading) == fold_title(site) and len(headings) > 1:
            continue
        if any(agree_titles(heading, text) for text in witnesses):
            return heading, "h1"
    if len(headings) == 1 and (not witnesses or _names_same_subject(headings[0], witnesses, site)):
        return headings[0], "h1"
    for where, text in declared:
        stripped = strip_site(text, site)
        if fold_title(stripped) != fold_title(site):
            return stripped, where
    if element:
        return strip_site(element, site), "title"
    if headings:
        return headings[0], "h1"
    return (declared[0][1], declared[0][0]) if declared else ("", "")


def _names_same_subject(heading: str, witnesses: Sequence[str], site: str) -> bool:
    """Whether a page's only main heading shares a telling word with what the page declares."""
    words = {word for word in fold_title(heading).split() if len(word) >= _TELLING}
    words -= set(fold_title(site).split())
    return any(words & set(fold_title(text).split()) for text in witnesses)


def strip_site(title: str, site: str) -> str:
    """A page's title without the outlet's name before or after it.

    >>> strip_site("Orders rose by half in a year | The Daily", "")
    'Orders rose by half in a year'
    >>> strip_site("The Daily: orders rose", "The Daily")
    'orders rose'
    """
    title = title[:_LONGEST].strip()
    if site:
        folded = re.escape(site.strip())
        ending = re.sub(
            rf"(?:^{folded}\s*[|\-–—:»]+\s*|\s*[|\-–—:»·•]+\s*{folded}\s*$)",
            "",
            title,
            flags=re.IGNORECASE,
        )
        if ending.strip() and ending != title:
            return ending.strip()
    parts = [part for part in _SEPARATOR.split(title) if part.strip()]
    if len(parts) < 2:
        return title
    last = len(parts[-1].split())
    before = title[: title.rindex(parts[-1])].rstrip(" |-–—·•»«:")
    if last <= 4 and len(before.split()) >= max(3, last):
        return strip_site(before, "") if "|" in before else before
    return title
