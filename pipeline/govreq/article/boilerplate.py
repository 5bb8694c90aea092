"""What of a page's blocks is the article's own, and why the rest is not.

Three steps: the body is chosen by where blocks stand (:mod:`~govreq.article.select`), lines and
sentences of page furniture are taken out of it by what they say (:mod:`~govreq.article.furniture`),
and what was found is grown into its run: an appeal is several paragraphs of which only some bear a
telling phrase, a "Related" heading has its list.
"""

from __future__ import annotations

from collections.abc import Sequence

from govreq.article.article import BlockKind, RemovalReason, Removed
from govreq.article.blocks import PageBlock, PageBlocks
from govreq.article.furniture import Verdict, strip_furniture
from govreq.article.metadata import PageMetadata
from govreq.article.runs import drop_asides, grow_appeals, grow_lists, trim_tail
from govreq.article.select import reason_of_place, select_body
from govreq.article.titles import agree_titles, fold_passage, fold_title

_TAIL_FROM = 0.6
"""Furniture that only stands near the end is looked for from this share of the body's text on."""

_ELSEWHERE = frozenset(("place", "seen"))
"""Rules by which a block is no part of the body at all, or stands in it twice."""

_SHORTEST_REPEATED = 20
_LONGEST_PASSAGES = 200_000
_MOST_QUOTES = 400


def judge_blocks(page: PageBlocks, metadata: PageMetadata) -> list[Verdict]:
    """One verdict for each block of the page, in order."""
    inside = select_body(page, metadata)
    verdicts: list[Verdict] = []
    total = sum(len(block.text) for block, own in zip(page.blocks, inside, strict=True) if own)
    passed = 0
    for block, own in zip(page.blocks, inside, strict=True):
        if not own:
            verdicts.append(_removed(block, reason_of_place(page, block), "place"))
            continue
        verdicts.append(strip_furniture(block, passed >= _TAIL_FROM * total))
        passed += len(block.text)
    verdicts = _drop_repeated(page.blocks, verdicts, metadata)
    for grow in (grow_lists, grow_appeals, drop_asides, trim_tail):
        verdicts = grow(page.blocks, verdicts, metadata.publisher or "")
    return _restore_headings(page.blocks, verdicts)


def _restore_headings(blocks: Sequence[PageBlock], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Headings directly above a kept table are the table's, whatever they sound like.

    "Latest report: removal requests" heads a list of links elsewhere.
    """
    result = list(verdicts)
    heads_table = False
    for number in range(len(blocks) - 1, -1, -1):
        block, verdict = blocks[number], verdicts[number]
        if block.table >= 0:
            heads_table = bool(verdict.text)
        elif block.kind is not BlockKind.HEADING:
            heads_table = False
        elif heads_table and not verdict.text and verdict.removed[-1].rule not in _ELSEWHERE:
            result[number] = Verdict(block.text)
    return result


def _removed(block: PageBlock, reason: RemovalReason, rule: str) -> Verdict:
    return Verdict("", (Removed(block.text, reason, rule),))


def _drop_repeated(
    blocks: Sequence[PageBlock], verdicts: list[Verdict], metadata: PageMetadata
) -> list[Verdict]:
    """Each text once: the headline within the body, mobile and desktop copies, pull quotes."""
    title = metadata.title or ""
    seen: set[str] = set()
    passages = _fold_passages(blocks, verdicts)
    result: list[Verdict] = []
    for block, verdict in zip(blocks, verdicts, strict=True):
        folded = fold_title(verdict.text) if len(verdict.text) < 400 else verdict.text
        if not verdict.text or block.kind is BlockKind.TABLE_ROW:
            result.append(verdict)
            continue
        is_title = block.kind is BlockKind.HEADING or len(result) < 15
        if (is_title and title and _repeats_title(block, folded, title)) or (
            len(folded) > _SHORTEST_REPEATED and folded in seen
        ):
            result.append(_removed(block, RemovalReason.DUPLICATE, "seen"))
            continue
        if block.kind is BlockKind.QUOTE and 40 < len(folded) < 400 and folded in passages:
            result.append(_removed(block, RemovalReason.DUPLICATE, "pull quote"))
            continue
        seen.add(folded)
        result.append(verdict)
    return result


def _repeats_title(block: PageBlock, folded: str, title: str) -> bool:
    if folded == fold_title(title):
        return True
    return block.kind is BlockKind.HEADING and block.level == 1 and agree_titles(block.text, title)


def _fold_passages(blocks: Sequence[PageBlock], verdicts: list[Verdict]) -> str:
    """The prose that a pull quote may repeat; nothing on a page without quotations."""
    if not 0 < sum(block.kind is BlockKind.QUOTE for block in blocks) <= _MOST_QUOTES:
        return ""
    prose = (
        verdict.text
        for block, verdict in zip(blocks, verdicts, strict=True)
        if block.kind is BlockKind.PARAGRAPH
    )
    return fold_passage(" ".join(prose)[:_LONGEST_PASSAGES])
