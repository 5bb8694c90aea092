"""The gold documents as articles, and their records paired with the figures that state them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from govreq.article.article import Article, Block, BlockKind
from govreq.article.spans import Span
from govreq.candidates.reading import Figure, Reading
from govreq.mentions.mention import Period, Unit
from govreq.mentions.read import read_sentences

GOLD = Path(__file__).resolve().parents[2] / "fixtures" / "gold"
BULLETS = "•*-–"


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One gold document: its id, its contents as read, and the article that it makes."""

    id: str
    contents: dict[str, Any]
    article: Article


def load_gold(folder: Path = GOLD) -> Iterator[GoldDocument]:
    """The gold documents that are text (not saved report pages), in the order of their ids."""
    for path in sorted(folder.glob("*.json")):
        contents = json.loads(path.read_text(encoding="utf-8"))
        if contents.get("text") and not path.with_suffix(".html").exists():
            yield GoldDocument(contents["id"], contents, build_article(contents))


def build_article(contents: dict[str, Any]) -> Article:
    """The article of a gold document: its title and paragraphs, its boilerplate left out."""
    pieces: list[tuple[BlockKind, str]] = [(BlockKind.TITLE, contents["title"])]
    boilerplate = set(contents["boilerplate"])
    for paragraph in contents["text"].split("\n\n"):
        if paragraph in boilerplate:
            continue
        for line in paragraph.split("\n"):
            text = " ".join(line.split())
            if text:
                kind = BlockKind.LIST_ITEM if text[0] in BULLETS else BlockKind.PARAGRAPH
                prose = kind is BlockKind.LIST_ITEM or any(c.isdigit() for c in text)
                short = len(text) < 90 and text[-1].isalpha() and not prose
                pieces.append((BlockKind.HEADING if short else kind, text))
    blocks: list[Block] = []
    place = 0
    for kind, text in pieces:
        blocks.append(Block(Span(place, place + len(text)), kind))
        place += len(text) + 2
    published = contents["published"]
    return Article(
        text="\n\n".join(text for _, text in pieces),
        blocks=tuple(blocks),
        title=contents["title"],
        publisher=contents["publisher"],
        published=date.fromisoformat(published) if published else None,
    )


def read_document(document: GoldDocument) -> Reading:
    """The document as the linker sees it."""
    return Reading(document.article, read_sentences(document.article))


def value_of(figure: Figure) -> tuple[float, float | None]:
    """The value that a record has when it is read from ``figure``, unsigned."""
    quantity = figure.mention.value
    if quantity.unit is Unit.MULTIPLE:
        return round(abs(quantity.value - 1) * 100, 4), None
    return quantity.value, quantity.value_max


def fits(figure: Figure, record: dict[str, Any]) -> bool:
    """Whether the figure states the record's number."""
    unit = figure.mention.value.unit
    if record["statistic"] == "count" and unit is not Unit.NUMBER:
        return False
    if record["statistic"] in ("share", "rate") and unit is Unit.MULTIPLE:
        return False
    value, value_max = value_of(figure)
    if abs(value - abs(record["value"])) > 0.051:
        return False
    return (value_max is None) == (record["value_max"] is None) and (
        value_max is None or value_max == record["value_max"]
    )


def period_of(record: dict[str, Any]) -> Period | None:
    """The record's period."""
    period = record["period"]
    if period is None:
        return None
    return Period(date.fromisoformat(period["start"]), date.fromisoformat(period["end"]))


def pair_records(
    document: GoldDocument, reading: Reading
) -> tuple[dict[int, list[dict[str, Any]]], set[int], list[dict[str, Any]]]:
    """Figures (by index) with the records that they state; figures to ignore; records without one.

    To ignore are figures with the value of a record that stand outside its evidence: they tell the
    same fact a second time, or are something else; the gold does not say.
    """
    pairs: dict[int, list[dict[str, Any]]] = {}
    missing: list[dict[str, Any]] = []
    text = document.article.text
    used: dict[tuple[str, float], list[int]] = {}
    for record in document.contents["records"]:
        fitting = [i for i, f in enumerate(reading.figures) if fits(f, record)]
        inside = [i for i in fitting if _within(text, reading.figures[i], record["evidence"])]
        if not inside:
            missing.append(record)
            continue
        key = (record["evidence"], record["value"])
        free = [i for i in inside if i not in used.get(key, [])] or inside[-1:]
        pairs.setdefault(free[0], []).append(record)
        used.setdefault(key, []).append(free[0])
    values = {
        i for r in document.contents["records"] for i, f in enumerate(reading.figures) if fits(f, r)
    }
    return pairs, values - set(pairs), missing


def _within(text: str, figure: Figure, evidence: str) -> bool:
    for line in evidence.split("\n"):
        wanted = " ".join(line.split())
        start = text.find(wanted)
        while wanted and start >= 0:
            if start <= figure.span.start and figure.span.end <= start + len(wanted):
                return True
            start = text.find(wanted, start + 1)
    return False
