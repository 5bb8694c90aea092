"""Pages with known bodies: the blocks of each page, and which of them are the article's own."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from govreq.article.article import BlockKind
from govreq.article.blocks import PageBlocks, cut_blocks
from govreq.article.decode import decode_page
from govreq.article.features import Matrix, measure_blocks
from govreq.article.metadata import read_metadata
from govreq.article.tree import parse_page
from govreq.settings import DEFAULTS
from govreq.source.document import Document

WORD = re.compile(r"\w+")

GOLD_WEIGHT = 0.3
"""A page rendered from a gold document counts less: there are only four layouts."""


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """One page's measurements, labels (1: the article's own) and weights, one a block."""

    name: str
    site: str
    texts: tuple[str, ...]
    rows: Matrix
    labels: NDArray[np.int64]
    weights: Matrix
    body: str


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text, with how often each occurs."""
    words = WORD.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def parse_blocks(content: bytes, name: str) -> tuple[PageBlocks, Matrix]:
    """The blocks of a page and what is measured of them."""
    tree = parse_page(decode_page(Document(content, name)).text, name, DEFAULTS)
    page = cut_blocks(tree.soup)
    return page, measure_blocks(page, read_metadata(tree, page))


def read_pages(folder: Path) -> Iterator[LabelledPage]:
    """The pages of a folder with ``truth.jsonl`` and ``<id>.html.gz``."""
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        content = gzip.decompress((folder / f"{truth['id']}.html.gz").read_bytes())
        page, rows = parse_blocks(content, truth["id"])
        labels = _label_blocks(page, truth["body"])
        site = urlsplit(truth["url"]).netloc.removeprefix("www.")
        texts = tuple(block.text for block in page.blocks)
        weights = _weigh_blocks(texts, labels)
        yield LabelledPage(truth["id"], site, texts, rows, labels, weights, truth["body"])


def read_gold(folder: Path, rendered: Path) -> Iterator[LabelledPage]:
    """Gold documents, ``rendered`` as pages: their own paragraphs and their boilerplate."""
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        page, rows = parse_blocks((rendered / f"{gold['id']}.html").read_bytes(), gold["id"])
        own = {fold(part) for part in gold["text"].split("\n\n")} if "html" not in gold else set()
        own |= {fold(record["evidence"]) for record in gold["records"]}
        strange = {fold(part) for part in gold["boilerplate"]}
        own -= strange
        texts = tuple(block.text for block in page.blocks)
        labels = np.array(
            [
                int(fold(block.text) in own or block.kind is BlockKind.TABLE_ROW)
                for block in page.blocks
            ]
        )
        known = [
            "html" not in gold or label or fold(text) in strange
            for text, label in zip(texts, labels, strict=True)
        ]
        weights = GOLD_WEIGHT * _weigh_blocks(texts, labels) * np.array(known, dtype=np.float64)
        yield LabelledPage(gold["id"], gold["id"], texts, rows, labels, weights, "")


def fold(text: str) -> str:
    """A paragraph without its line breaks."""
    return " ".join(text.split())


def _label_blocks(page: PageBlocks, body: str) -> NDArray[np.int64]:
    """Blocks most of whose runs of four words stand in the true body, each run used once."""
    left = shingles(body)
    joined = f" {' '.join(WORD.findall(body))} "
    labels: list[int] = []
    for block in page.blocks:
        words = WORD.findall(block.text)
        if len(words) < 4:
            labels.append(int(bool(words) and f" {' '.join(words)} " in joined))
            continue
        own = shingles(block.text)
        inside = 2 * (own & left).total() >= own.total()
        if inside:
            left -= own
        labels.append(int(inside))
    return np.array(labels, dtype=np.int64)


def _weigh_blocks(texts: tuple[str, ...], labels: NDArray[np.int64]) -> Matrix:
    """Blocks weigh by their words, pages alike."""
    words = np.array([len(WORD.findall(text)) for text in texts], dtype=np.float64)
    weights: Matrix = 50 * (words + 4) / (words[labels == 1].sum() + 50)
    return weights
