"""Gold documents and real pages, while they are there: boilerplate goes, evidence stays."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from govreq.article.read import read_article
from govreq.source.document import Document

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "gold"
PAGES = SHARED / "pages" / "dev"

needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="no gold documents here")
needs_pages = pytest.mark.skipif(not PAGES.exists(), reason="no pages here")


def fold(text: str) -> str:
    return " ".join(text.split())


def load_renderer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("render_gold", GOLD / "render.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_gold
def test_gold_boilerplate_goes_and_evidence_stays(tmp_path: Path) -> None:
    load_renderer().main(GOLD / "dev", tmp_path)
    left: list[str] = []
    lost: list[str] = []
    count = 0
    for path in sorted((GOLD / "dev").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        page = tmp_path / f"{gold['id']}.html"
        text = fold(read_article(Document(page.read_bytes(), page.name)).text)
        count += len(gold["boilerplate"])
        left += [part for part in gold["boilerplate"] if fold(part) in text]
        lost += [r["evidence"] for r in gold["records"] if fold(r["evidence"]) not in text]
    assert lost == []
    assert len(left) <= 0.03 * count


@needs_pages
def test_every_span_gives_its_block_on_real_pages() -> None:
    for path in sorted(PAGES.glob("*.html.gz"))[::6]:
        article = read_article(Document(gzip.decompress(path.read_bytes()), path.name))
        texts = [block.span.of(article.text) for block in article.blocks]
        assert "\n\n".join(texts) == article.text
        assert all(text.strip() and "\n" not in text for text in texts)


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return {tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3))}


def share_lost(page: dict[str, str]) -> float:
    """The share of a page's true body that phrases and what grows from them took out."""
    content = gzip.decompress((PAGES / f"{page['id']}.html.gz").read_bytes())
    article = read_article(Document(content, page["id"]))
    want = shingles(page["body"])
    missing = want - shingles(article.text)
    ruled = [each.text for each in article.removed if each.rule not in ("place", "element")]
    return len(missing & set().union(*map(shingles, ruled))) / len(want)


@needs_pages
def test_no_page_loses_a_tenth_of_its_body_to_the_rules() -> None:
    """Every second page with listed appeals, and every tenth of the others."""
    lines = (PAGES / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    pages = {page["id"]: page for page in map(json.loads, lines) if page["body"].strip()}
    listed = (PAGES.parent / "appeals.tsv").read_text(encoding="utf-8").splitlines()[1:]
    appealing = sorted({line.partition("\t")[0] for line in listed} & pages.keys())
    chosen = [*appealing[::2], *sorted(pages.keys() - set(appealing))[::10]]
    lost = {name: share for name in chosen if (share := share_lost(pages[name])) > 0.1}
    assert len(chosen) >= 50
    assert lost == {}
