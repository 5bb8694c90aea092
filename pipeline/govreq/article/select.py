"""Which blocks of a page are the article's body."""

from __future__ import annotations

from govreq.article.article import BlockKind, RemovalReason
from govreq.article.blocks import PageBlock, PageBlocks
from govreq.article.class_words import Hint

_REASONS = (
    (Hint.COOKIE, RemovalReason.COOKIE),
    (Hint.COMMENTS, RemovalReason.COMMENTS),
    (Hint.NEWSLETTER, RemovalReason.NEWSLETTER),
    (Hint.SUBSCRIPTION, RemovalReason.SUBSCRIPTION),
    (Hint.RELATED, RemovalReason.RELATED),
    (Hint.APPEAL, RemovalReason.APPEAL),
    (Hint.SHARE, RemovalReason.SHARE),
    (Hint.ADVERTISEMENT, RemovalReason.ADVERTISEMENT),
    (Hint.AUTHOR, RemovalReason.AUTHOR),
    (Hint.DATE, RemovalReason.AUTHOR),
    (Hint.HIDDEN, RemovalReason.HIDDEN),
    (Hint.NAVIGATION, RemovalReason.NAVIGATION),
    (Hint.SIDEBAR, RemovalReason.TEASER),
    (Hint.TAGS, RemovalReason.NAVIGATION),
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
    return RemovalReason.OTHER


def select_body(page: PageBlocks) -> list[bool]:
    """For each block whether it belongs to the article's body."""
    scores: dict[int, float] = {}
    for block in page.blocks:
        value = _prose(block)
        if not value:
            continue
        for step, number in enumerate(page.chain(block)[:6]):
            scores[number] = scores.get(number, 0.0) + value * 0.8**step
    if not scores:
        return [True] * len(page.blocks)
    best = max(scores, key=lambda number: (scores[number], number))
    kept = []
    for block in page.blocks:
        chain = page.chain(block)
        inside = best in chain
        below = chain[: chain.index(best)] if inside else chain
        kept.append(inside and not _is_apart(page, block, below))
    return kept


def _prose(block: PageBlock) -> float:
    if block.kind is BlockKind.TABLE_ROW:
        return 0.5
    size = len(block.text)
    if size < 40 or block.linked > 0.4 * size:
        return 0.0
    return 1 + min(size / 100, 4) + block.text.count(",") * 0.2


_APART = (
    Hint.NAVIGATION
    | Hint.RELATED
    | Hint.NEWSLETTER
    | Hint.APPEAL
    | Hint.SHARE
    | Hint.COMMENTS
    | Hint.ADVERTISEMENT
    | Hint.COOKIE
    | Hint.SUBSCRIPTION
    | Hint.HIDDEN
    | Hint.TAGS
)


def _is_apart(page: PageBlocks, block: PageBlock, below: list[int]) -> bool:
    for number in below:
        container = page.containers[number]
        if container.tag in ("aside", "form") or container.own_hints & _APART:
            return True
    return block.linked > 0.8 * len(block.text) and len(block.text) < 120
