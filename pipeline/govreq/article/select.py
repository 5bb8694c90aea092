"""Which blocks of a page are the article's body."""

from __future__ import annotations

from govreq.article.article import RemovalReason
from govreq.article.blocks import PageBlock, PageBlocks
from govreq.article.class_words import Hint
from govreq.article.features import Matrix, measure_blocks
from govreq.article.forest import load_forest
from govreq.article.metadata import PageMetadata
from govreq.article.page_context import prose_size
from govreq.article.phrases import find_phrase
from govreq.article.table_places import keep_tables

_TABLE_THRESHOLD = 0.3
_ENCLOSED_THRESHOLD = 0.1
_SENTENCE_THRESHOLD = 0.03
"""A block beside kept ones of its kind is kept at this chance already."""
_MOST_LINKED = 0.6
_MOST_MEASURED = 4_000
"""Blocks of a page that are measured one by one; real articles have a few hundred."""

_REASONS = (
    (Hint.COOKIE.value, RemovalReason.COOKIE),
    (Hint.COMMENTS.value, RemovalReason.COMMENTS),
    (Hint.NEWSLETTER.value, RemovalReason.NEWSLETTER),
    (Hint.SUBSCRIPTION.value, RemovalReason.SUBSCRIPTION),
    (Hint.RELATED.value, RemovalReason.RELATED),
    (Hint.APPEAL.value, RemovalReason.APPEAL),
    (Hint.SHARE.value, RemovalReason.SHARE),
    (Hint.ADVERTISEMENT.value, RemovalReason.ADVERTISEMENT),
    (Hint.AUTHOR.value, RemovalReason.AUTHOR),
    (Hint.DATE.value, RemovalReason.AUTHOR),
    (Hint.HIDDEN.value, RemovalReason.HIDDEN),
    (Hint.NAVIGATION.value, RemovalReason.NAVIGATION),
    (Hint.SIDEBAR.value, RemovalReason.TEASER),
    (Hint.TAGS.value, RemovalReason.NAVIGATION),
)


def reason_of_place(page: PageBlocks, block: PageBlock) -> RemovalReason:
    """Why a block outside the body is not the article's own, by the names that it stands in."""
    for number in page.chain(block):
        own = page.containers[number].own_hints
        for hint, reason in _REASONS:
            if own & hint:
                return reason
        if page.containers[number].tag == "aside":
            return RemovalReason.TEASER
    if block.linked > 0.6 * len(block.text):
        return RemovalReason.NAVIGATION
    phrase = find_phrase(block.text, True, lambda: True)
    return phrase.row.reason if phrase is not None else RemovalReason.OTHER


def select_body(page: PageBlocks, metadata: PageMetadata) -> list[bool]:
    """For each block whether it belongs to the article's body."""
    if not page.containers:
        return [True] * len(page.blocks)
    if len(page.blocks) > _MOST_MEASURED:
        return _select_container(page)
    forest = load_forest()
    chances = forest.probabilities(measure_blocks(page, metadata))
    own = [bool(chance >= forest.threshold) for chance in chances]
    _judge_tables_whole(page, chances, own)
    _keep_enclosed(page, chances, own)
    keep_tables(page, own)
    if not any(own):
        return [block.linked <= _MOST_LINKED * len(block.text) for block in page.blocks]
    return own


def _select_container(page: PageBlocks) -> list[bool]:
    """For a page of too many blocks to measure: all but links within the best container."""
    scores: dict[int, float] = {}
    for block in page.blocks:
        size = prose_size(block)
        for step, number in enumerate(page.chain(block)[1:4] if size else ()):
            scores[number] = scores.get(number, 0.0) + size * 0.8**step
    best = max(scores, key=lambda number: (scores[number], number), default=0)
    inside = [False] * len(page.containers)
    for number, container in enumerate(page.containers):
        inside[number] = number == best or (container.parent >= 0 and inside[container.parent])
    own = [
        block.table >= 0 or (inside[block.container] and block.linked <= 0.6 * len(block.text))
        for block in page.blocks
    ]
    return own if any(own) else [True] * len(own)


def _judge_tables_whole(page: PageBlocks, chances: Matrix, own: list[bool]) -> None:
    """A data table is kept or left as one, its caption with it."""
    rows: dict[int, list[int]] = {}
    for number, block in enumerate(page.blocks):
        if block.table >= 0:
            rows.setdefault(block.table, []).append(number)
    for numbers in rows.values():
        keep = float(chances[numbers].mean()) >= _TABLE_THRESHOLD
        for number in numbers:
            own[number] = keep


def _keep_enclosed(page: PageBlocks, chances: Matrix, own: list[bool]) -> None:
    """A block among kept siblings of its kind is kept, unless much speaks against it.

    In doubt a paragraph stays: a lost line loses a figure.
    """
    after = _next_own_sibling(page, own)
    last: dict[tuple[int, str], int] = {}
    for number, block in enumerate(page.blocks):
        if block.container < 0:
            continue
        container = page.containers[block.container]
        family = (container.parent, container.key)
        least = _SENTENCE_THRESHOLD if _is_sentence(block) else _ENCLOSED_THRESHOLD
        if (
            not own[number]
            and chances[number] >= least
            and family in last
            and (after[number] or _is_sentence(block))
            and block.linked <= 0.3 * len(block.text)
        ):
            own[number] = True
        if own[number]:
            last[family] = number


def _is_sentence(block: PageBlock) -> bool:
    return block.text[-1] in '.!?”"' and block.text.count(" ") >= 3


def _next_own_sibling(page: PageBlocks, own: list[bool]) -> list[bool]:
    """For each block whether a later block of the same parent, tag and class is kept."""
    seen: set[tuple[int, str]] = set()
    result = [False] * len(own)
    for number in range(len(own) - 1, -1, -1):
        block = page.blocks[number]
        if block.container < 0:
            continue
        container = page.containers[block.container]
        family = (container.parent, container.key)
        result[number] = family in seen
        if own[number]:
            seen.add(family)
    return result
