"""What of a page's blocks is the article's own, and why the rest is not."""

from __future__ import annotations

from dataclasses import dataclass

from govreq.article.article import BlockKind, RemovalReason, Removed
from govreq.article.blocks import PageBlock, PageBlocks
from govreq.article.metadata import PageMetadata
from govreq.article.select import reason_of_place, select_body
from govreq.article.titles import fold_title


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is kept of one block (empty: nothing), and what was taken out of it and why."""

    text: str
    removed: tuple[Removed, ...] = ()


def judge_blocks(page: PageBlocks, metadata: PageMetadata) -> list[Verdict]:
    """One verdict for each block of the page."""
    kept = select_body(page)
    seen = {fold_title(metadata.title or "")}
    verdicts: list[Verdict] = []
    for block, inside in zip(page.blocks, kept, strict=True):
        if not inside:
            verdicts.append(_removed(block, reason_of_place(page, block), "place"))
            continue
        folded = fold_title(block.text) if len(block.text) < 400 else block.text
        if folded in seen and block.kind is not BlockKind.TABLE_ROW and len(folded) > 20:
            verdicts.append(_removed(block, RemovalReason.DUPLICATE, "seen"))
            continue
        seen.add(folded)
        verdicts.append(Verdict(block.text))
    return verdicts


def _removed(block: PageBlock, reason: RemovalReason, rule: str) -> Verdict:
    return Verdict("", (Removed(block.text, reason, rule),))
