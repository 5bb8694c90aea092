"""Running heads and feet of PDF pages: page numbers, titles and addresses that repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from govreq.article.article import RemovalReason, Removed
from govreq.article.pdf_columns import is_row
from govreq.article.pdf_file import PdfPage
from govreq.article.pdf_words import Line, build_lines

EDGE = 0.12
"""Share of a page's height, at the top and at the bottom, where its running lines stand."""

NARROW_EDGE = 0.07
FEWEST_LETTERS = 3
SAME_HEIGHT = 4

# Accepts "3", "Page 3 of 10", "- 3 -", "3/10"; refuses "2019 report".
PAGE_NUMBER = re.compile(r"\W{0,3}(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W{0,3}", re.I)
# Accepts "https://x.org/report 1/3", "file:///a.html"; refuses "see https://x.org".
ADDRESS = re.compile(r"(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?", re.I)
# Accepts "11/25/26, 1:53 PM Report", as browsers print; refuses "11/25/2026".
PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}(?:\s?[AP]M)?\b.*", re.I)
_DIGITS = re.compile(r"\d+")


def drop_edges(pages: Sequence[PdfPage]) -> list[Removed]:
    """Takes running lines out of the pages' words; returns what was taken out."""
    lines = [build_lines(page.words) for page in pages]
    counts = Counter(
        key
        for page, own in zip(pages, lines, strict=True)
        for key in {_key_of(line) for line in own if _at_edge(page, line, EDGE)}
    )
    removed: list[Removed] = []
    seen: set[str] = set()
    for page, own in zip(pages, lines, strict=True):
        taken: set[int] = set()
        for number, line in enumerate(own):
            rule = _rule_of(page, line, counts, len(pages))
            below = own[number + 1 : number + 2]
            heads_table = bool(below) and is_row(below[0])
            if rule and not (rule == "running line" and heads_table and line.text not in seen):
                removed.append(Removed(line.text, RemovalReason.PAGE_EDGE, rule))
                taken.update(id(word) for word in line.words)
            seen.add(line.text)
        page.words = [word for word in page.words if id(word) not in taken]
    return removed


def _key_of(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.base / SAME_HEIGHT)


def _at_edge(page: PdfPage, line: Line, share: float) -> bool:
    return line.base < share * page.height or line.base > (1 - share) * page.height


def _rule_of(page: PdfPage, line: Line, counts: Counter[tuple[str, int]], pages: int) -> str:
    """Why a line is one of the page and not of the text; empty where it is not."""
    if not _at_edge(page, line, EDGE):
        return ""
    text = line.text
    if _at_edge(page, line, NARROW_EDGE):
        if PAGE_NUMBER.fullmatch(text):
            return "page number"
        if ADDRESS.fullmatch(text) or PRINTED.fullmatch(text):
            return "browser's line"
    letters = sum(sign.isalpha() for sign in text)
    height = round(line.base / SAME_HEIGHT)
    repeats = sum(counts[_key_of(line)[0], height + step] for step in (-1, 0, 1))
    if letters >= FEWEST_LETTERS and repeats >= max(2, (pages + 1) // 2):
        return "running line"
    return ""
