"""What is measured of each block of a page to tell the article's own from the rest.

Most measurements say where a block stands: what share of the page's prose its surroundings hold,
what other blocks of the same kind of place look like, what comes before and after. One row a block,
one column a name of :data:`FEATURES`; the order is part of the weights file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from govreq.article.article import BlockKind
from govreq.article.blocks import PageBlocks
from govreq.article.class_words import Hint
from govreq.article.metadata import PageMetadata
from govreq.article.page_context import PageContext, Totals, prose_size
from govreq.article.titles import fold_title

Matrix = NDArray[np.float64]

_TAGS = ("p", "div", "li", "td", "section", "article", "main", "aside", "header", "form")
_ABOVE = ("article", "main", "aside", "header", "footer", "nav", "form", "table", "ul", "ol",
          "figure", "section", "blockquote")  # fmt: skip
_HINTS = tuple((hint.name, hint.value) for hint in Hint)

# Accepts "Published", "By Ann Lee", "Read more", "©"; refuses a word within a sentence.
_OPENINGS = (
    re.compile(r"(?:by|von|par|por|di)\b[:\s]", re.IGNORECASE),
    re.compile(r"(?:read|see|also|more|related|watch|recommended|trending|popular|next|previous"
               r"|latest|you may|don't miss)\b", re.IGNORECASE),
    re.compile(r"(?:share|follow|tweet|subscribe|sign|join|get|download|click|log|register)\b",
               re.IGNORECASE),
)  # fmt: skip
_WITHIN = (
    re.compile(r"(?:©|copyright|all rights reserved|cookie|privacy policy|terms of)",
               re.IGNORECASE),
    re.compile(r"(?:comment|repl(?:y|ies)|responses?)\b", re.IGNORECASE),
    re.compile(r"\b(?:19|20)\d{2}\b"),
)  # fmt: skip
_RELATED_HEADING = re.compile(
    r"\b(?:related|read (?:more|next|also)|more (?:from|on|in|stories)|most (?:read|popular)"
    r"|popular|trending|latest|recommended|you (?:may|might)|comments?|newsletter|subscribe"
    r"|share|follow|about the author|tags|topics|categories|leave a|responses?|sign up|up next)\b",
    re.IGNORECASE,
)
_TERMINAL = frozenset(".!?…:;\"”’'»)。！？")


Columns = list[float]


def _text_columns(context: PageContext, number: int) -> Columns:
    block = context.page.blocks[number]
    text = block.text
    size = len(text)
    words = text.count(" ") + 1
    letters = text[:300]
    upper = sum(map(str.isupper, letters))
    digits = sum(map(str.isdigit, letters))
    return [
        math.log1p(size),
        words,
        size / words,
        block.linked / size,
        block.tagged / size,
        upper / len(letters),
        digits / len(letters),
        text.count(","),
        text.count(". ") + text.count("? ") + text.count("! "),
        float(text[-1] in _TERMINAL),
        float(text[-1] in ".!?"),
        float(text[0].isupper()),
        float("“" in text or '"' in text),
        float("|" in text or "•" in text or "»" in text or "→" in text),
        len(block.lines),
        *(float(pattern.match(text) is not None) for pattern in _OPENINGS),
        *(float(pattern.search(letters[:200]) is not None) for pattern in _WITHIN),
    ]


_TEXT_NAMES = (
    "size", "words", "word_length", "link_share", "emphasis_share", "upper_share", "digit_share",
    "commas", "sentences", "ends_terminal", "ends_sentence", "starts_upper", "quotes", "bars",
    "lines", "by", "teaser_opening", "imperative", "legal", "comment_word", "year",
)  # fmt: skip


def _kind_columns(context: PageContext, number: int) -> Columns:
    page = context.page
    block = page.blocks[number]
    container = page.containers[block.container] if block.container >= 0 else None
    own, near, above = _hints(context, number)
    tags = {page.containers[key].tag for key in context.chains[number]}
    tag = container.tag if container else ""
    return [
        float(block.kind is BlockKind.HEADING),
        float(block.kind is BlockKind.LIST_ITEM),
        float(block.kind is BlockKind.CAPTION),
        float(block.kind is BlockKind.TABLE_ROW),
        block.level,
        container.depth if container else 0,
        *(float(tag == name) for name in _TAGS),
        *(float(name in tags) for name in _ABOVE),
        *_hint_columns(own, near, above),
        float(bool(block.inline_hints)),
    ]  # fmt: skip


_KIND_NAMES = (
    "heading", "list_item", "caption", "row", "level", "depth",
    *(f"tag_{name}" for name in _TAGS),
    *(f"in_{name}" for name in _ABOVE),
    *(f"hint_{name}" for name, _ in _HINTS),
    "inline_hint",
)  # fmt: skip


@lru_cache(maxsize=4_000)
def _hint_columns(own: int, near: int, above: int) -> tuple[float, ...]:
    return tuple(float((own & bit > 0) + (near & bit > 0) + (above & bit > 0)) for _, bit in _HINTS)


def _hints(context: PageContext, number: int) -> tuple[int, int, int]:
    """The hints of the innermost container, of the three innermost, and of all but the outermost.

    The outermost elements (``html``, ``body``) carry names of the whole page, which say nothing.
    """
    containers = context.page.containers
    chain = context.chains[number]
    own = containers[chain[0]].own_hints if chain else 0
    near = above = 0
    for step, key in enumerate(chain[:-2]):
        if step < 3:
            near |= containers[key].own_hints
        above |= containers[key].own_hints
    return own, near, above


def _place_columns(context: PageContext, number: int) -> Columns:
    chain = context.chains[number]
    columns: Columns = []
    for step in (0, 1, 2, 3, 4):
        columns += _shares_of(context, chain[step]) if step < len(chain) else _NOTHING
    columns += _shares(context, context.of_place[context.places[number]])
    path = context.of_path[context.paths[number]]
    columns += _shares(context, path)
    columns += [path.positions / path.blocks]
    inside = context.best in chain
    steps = chain.index(context.best) if inside else -1
    top = max((context.scores.get(key, 0.0) for key in chain[:3]), default=0.0)
    columns += [
        float(inside),
        steps,
        top / context.best_score,
        _lowest_common(context, chain),
    ]
    return columns


_NOTHING = [-1.0] * 5


def _shares_of(context: PageContext, number: int) -> Columns:
    shares = context.shares.get(number)
    if shares is None:
        shares = context.shares[number] = _shares(context, context.of_container[number])
    return shares


def _shares(context: PageContext, totals: Totals) -> Columns:
    return [
        totals.prose / context.all_prose,
        totals.linked / max(1, totals.characters),
        totals.prose / max(1, totals.characters),
        totals.blocks,
        totals.characters / totals.blocks,
    ]


def _lowest_common(context: PageContext, chain: list[int]) -> float:
    """How far the block is from the best container: steps up to the first shared ancestor."""
    if context.best < 0:
        return -1.0
    above_best: set[int] = set()
    key = context.best
    while key >= 0:
        above_best.add(key)
        key = context.page.containers[key].parent
    for step, key in enumerate(chain):
        if key in above_best:
            return step
    return len(chain)


_SHARE_NAMES = ("prose_share", "link_share", "prose_density", "blocks", "mean_size")
_PLACE_NAMES = (
    *(f"up{step}_{name}" for step in range(5) for name in _SHARE_NAMES),
    *(f"place_{name}" for name in _SHARE_NAMES),
    *(f"path_{name}" for name in _SHARE_NAMES),
    "path_position", "in_best", "steps_to_best", "score_share", "apart_from_best",
)  # fmt: skip


def _order_columns(context: PageContext, number: int) -> Columns:
    blocks = context.page.blocks
    count = len(blocks)
    after_title = number - context.title_at if context.title_at >= 0 else -99.0
    columns: Columns = [
        number,
        number / count,
        count - number,
        max(-100.0, min(300.0, after_title)),
        float(context.title_at >= 0),
    ]
    for offset in (-3, -2, -1, 1, 2, 3):
        other = number + offset
        if 0 <= other < count:
            neighbour = blocks[other]
            columns += [
                math.log1p(len(neighbour.text)),
                neighbour.linked / len(neighbour.text),
                float(neighbour.kind is BlockKind.HEADING),
                float(
                    neighbour.container == blocks[number].container
                    or context.places[other] == context.places[number]
                ),
            ]
        else:
            columns += [-1.0, -1.0, -1.0, -1.0]
    return columns


_ORDER_NAMES = (
    "number", "position", "remaining", "after_title", "has_title",
    *(f"{name}_{offset:+d}" for offset in (-3, -2, -1, 1, 2, 3)
      for name in ("size", "links", "heading", "same_place")),
)  # fmt: skip


def _page_columns(context: PageContext) -> Columns:
    blocks = context.page.blocks
    linked = sum(block.linked for block in blocks)
    return [
        len(blocks),
        context.all_prose,
        context.all_prose / context.all_text,
        linked / context.all_text,
        float(bool(context.linked_body)),
    ]


_PAGE_NAMES = ("page_blocks", "page_prose", "page_prose_share", "page_link_share", "has_linked")

_RUN_NAMES = (
    "prose_before", "prose_after", "gap_before", "gap_after", "heading_related", "since_heading",
    "since_related", "in_linked_body", "is_description", "is_title", "seen_before",
)  # fmt: skip


def _run_columns(context: PageContext) -> list[Columns]:
    """Columns that need one pass over the page: distances, headings, repetitions."""
    blocks = context.page.blocks
    before = 0.0
    last_prose = last_heading = last_related = -1
    related = 0.0
    seen: set[str] = set()
    rows: list[Columns] = []
    for number, block in enumerate(blocks):
        is_head = block.kind is BlockKind.HEADING or (
            len(block.text) < 60 and not prose_size(block)
            and bool(_RELATED_HEADING.search(block.text))
        )  # fmt: skip
        if is_head:
            last_heading = number
            related = float(bool(_RELATED_HEADING.search(block.text[:100])))
            last_related = number if related else last_related
        folded = fold_title(block.text)
        rows.append([
            before / context.all_prose,
            (context.all_prose - before - context.prose[number]) / context.all_prose,
            min(50, number - last_prose) if last_prose >= 0 else 60.0,
            60.0,
            related,
            min(50, number - last_heading) if last_heading >= 0 else 60.0,
            min(50, number - last_related) if last_related >= 0 else 60.0,
            _linked_share(context, folded),
            float((bool(folded) and folded in context.description) or
                  (len(context.description) > 40 and context.description in folded)),
            float(number == context.title_at),
            float(folded in seen),
        ])  # fmt: skip
        seen.add(folded)
        before += context.prose[number]
        if context.prose[number]:
            last_prose = number
    _fill_gaps_after(context, rows)
    return rows


def _linked_share(context: PageContext, folded: str) -> float:
    if not context.linked_body:
        return -1.0
    return float(f" {folded[:80].rpartition(' ')[0] or folded} " in context.linked_body)


def _fill_gaps_after(context: PageContext, rows: list[Columns]) -> None:
    next_prose = -1
    column = _RUN_NAMES.index("gap_after")
    for number in range(len(rows) - 1, -1, -1):
        if next_prose >= 0:
            rows[number][column] = min(50, next_prose - number)
        if context.prose[number]:
            next_prose = number


FEATURES = (
    *_TEXT_NAMES, *_KIND_NAMES, *_PLACE_NAMES, *_ORDER_NAMES, *_PAGE_NAMES, *_RUN_NAMES,
)  # fmt: skip

_BLOCK_COLUMNS: tuple[Callable[[PageContext, int], Columns], ...] = (
    _text_columns, _kind_columns, _place_columns, _order_columns,
)  # fmt: skip


def measure_blocks(page: PageBlocks, metadata: PageMetadata) -> Matrix:
    """One row a block, one column a name of :data:`FEATURES`."""
    context = PageContext(page, metadata)
    of_page = _page_columns(context)
    runs = _run_columns(context)
    rows = [
        [value for columns in _BLOCK_COLUMNS for value in columns(context, number)]
        + of_page
        + runs[number]
        for number in range(len(page.blocks))
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))
