"""What the blocks of a page add up to: by container, by kind of place, and in all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govreq.article.article import BlockKind
from govreq.article.blocks import PageBlock, PageBlocks
from govreq.article.metadata import PageMetadata
from govreq.article.titles import agree_titles, fold_title


@dataclass(slots=True)
class Totals:
    """What a group of blocks (those of one container, or of one kind of place) adds up to."""

    blocks: int = 0
    characters: int = 0
    linked: int = 0
    prose: int = 0
    paragraphs: int = 0
    positions: float = 0.0

    def merge(self, other: Totals) -> None:
        """Add what an inner container adds up to."""
        self.blocks += other.blocks
        self.characters += other.characters
        self.linked += other.linked
        self.prose += other.prose

    def add(self, block: PageBlock, prose: int, position: float) -> None:
        """Add one block of ``prose`` characters of prose at ``position`` (0 to 1) of the page."""
        self.blocks += 1
        self.characters += len(block.text)
        self.linked += block.linked
        self.prose += prose
        self.paragraphs += prose > 0
        self.positions += position


def prose_size(block: PageBlock) -> int:
    """The characters of a block that reads like prose, else 0."""
    size = len(block.text)
    if size < 60 or block.linked > 0.4 * size or block.kind is BlockKind.TABLE_ROW:
        return 0
    return size


class PageContext:
    """The sums over a page that its blocks' rows share."""

    def __init__(self, page: PageBlocks, metadata: PageMetadata) -> None:
        self.page = page
        self.metadata = metadata
        blocks = page.blocks
        self.chains = [page.chain(block) for block in blocks]
        self.prose = [prose_size(block) for block in blocks]
        self.all_prose = sum(self.prose) or 1
        self.all_text = sum(len(block.text) for block in blocks) or 1
        self.of_container: dict[int, Totals] = {}
        self.of_place: dict[str, Totals] = {}
        self.of_path: dict[str, Totals] = {}
        self.scores: dict[int, float] = {}
        self.places = [self._place(chain) for chain in self.chains]
        self.paths = self._all_paths()
        for number, block in enumerate(blocks):
            self._add(number, block)
        for number in range(len(page.containers) - 1, 0, -1):
            totals = self.of_container.get(number)
            parent = page.containers[number].parent
            if totals is not None and parent >= 0:
                self.of_container.setdefault(parent, Totals()).merge(totals)
        self.shares: dict[int, list[float]] = {}
        self.best = max(self.scores, key=lambda key: (self.scores[key], key), default=-1)
        self.best_score = self.scores.get(self.best, 0.0) or 1.0
        self.title_at = self._find_title()
        self.linked_body = fold_body(metadata.linked_body)
        self.description = fold_title(metadata.description)

    def _place(self, chain: list[int]) -> str:
        containers = self.page.containers
        return ">".join(containers[number].key for number in chain[:2])

    def _all_paths(self) -> list[str]:
        paths: list[str] = []
        for container in self.page.containers:
            above = paths[container.parent] if container.parent >= 0 else ""
            paths.append(f"{above}/{container.tag}")
        return [
            paths[block.container] if block.container >= 0 else "" for block in self.page.blocks
        ]

    def _add(self, number: int, block: PageBlock) -> None:
        prose = self.prose[number]
        position = number / len(self.page.blocks)
        own = self.chains[number][0]
        self.of_container.setdefault(own, Totals()).add(block, prose, position)
        self.of_place.setdefault(self.places[number], Totals()).add(block, prose, position)
        self.of_path.setdefault(self.paths[number], Totals()).add(block, prose, position)
        if prose:
            value = 1 + min(prose / 100, 4) + 0.2 * block.text.count(",")
            for step, key in enumerate(self.chains[number][:6]):
                self.scores[key] = self.scores.get(key, 0.0) + value * 0.8**step

    def _find_title(self) -> int:
        title = self.metadata.title or ""
        found = -1
        if not title:
            return found
        for number, block in enumerate(self.page.blocks):
            if len(block.text) < 300 and agree_titles(block.text, title):
                if block.kind is BlockKind.HEADING:
                    return number
                found = number if found < 0 else found
        return found


# Accepts letters and digits of any script; refuses punctuation.
_WORDS = re.compile(r"\w+")


def fold_body(text: str) -> str:
    """The words of a long text, each once parted by one space, for looking up stretches of it."""
    return f" {' '.join(_WORDS.findall(text.lower()))} " if text else ""
