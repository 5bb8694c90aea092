"""Articles that we wrote ourselves to learn from, with their records, in a form one can type.

A file of ``written/`` holds any number of documents::

    === id | kind | publisher | published (or -) | title
    Paragraphs, a blank line between them; lines that begin with a bullet are list items.
    --- records
    count | 27664 | exact | requests | received | user_data | all | any | Amazon | WORLD
        | 2020-07-01..2020-12-31 | a few words of the sentence that states it

A record is one line. ``value`` may be a range (``0-249``); company and period may be ``-``. The
last column is any stretch of the text that begins in the sentence that states the record, and is
unique.

usage: python benchmarks/accuracy/written.py FILE...   checks files and says what is wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus import GoldDocument, build_article, fits, pair_records, read_document

from govreq.article.read import read_article
from govreq.article.spans import Span
from govreq.mentions.split import split_sentences
from govreq.records.gold import ScoredRecord
from govreq.records.record import (
    Counted,
    DataKind,
    LegalProcess,
    Outcome,
    Statistic,
    Subject,
)
from govreq.settings import DEFAULTS
from govreq.source.local import read_document as read_page

WRITTEN = Path(__file__).with_name("written")
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
COLUMNS = (
    "statistic",
    "value",
    "bound",
    "counted",
    "outcome",
    "subject",
    "legal_process",
    "data",
    "company",
    "jurisdiction",
    "period",
    "where",
)
CLOSED = {
    "statistic": Statistic,
    "counted": Counted,
    "outcome": Outcome,
    "subject": Subject,
    "legal_process": LegalProcess,
    "data": DataKind,
}


def load_written(folder: Path = WRITTEN) -> Iterator[GoldDocument]:
    """Every document of the folder, in the order of files and of each file."""
    for path in sorted(folder.glob("*.txt")):
        yield from read_written(path)


def load_pages(folder: Path = FIXTURES) -> Iterator[GoldDocument]:
    """The saved pages of ``fixtures/`` and the article that the project was asked for."""
    for path in sorted((folder / "pages").glob("*.html")):
        contents = json.loads((folder / "expected" / f"{path.stem}.json").read_text("utf-8"))
        article = read_article(read_page(str(path), DEFAULTS))
        yield GoldDocument(f"page-{path.stem}", contents, article)
    seed = json.loads((folder / "gold" / "seed" / "seed.json").read_text("utf-8"))
    yield GoldDocument("page-seed", seed, build_article(seed))


def read_written(path: Path) -> Iterator[GoldDocument]:
    """The documents of one file."""
    for part in ("\n" + path.read_text(encoding="utf-8")).split("\n=== ")[1:]:
        head, _, rest = part.partition("\n")
        identity, kind, publisher, published, title = (c.strip() for c in head.split("|", 4))
        body, _, table = rest.partition("\n--- records")
        contents: dict[str, Any] = {
            "id": identity,
            "kind": kind,
            "publisher": publisher,
            "published": None if published == "-" else published,
            "title": title,
            "text": body.strip(),
            "boilerplate": [],
            "traps": [],
        }
        contents["records"] = [
            read_record(line, contents["text"]) for line in table.splitlines() if line.strip()
        ]
        yield GoldDocument(identity, contents, build_article(contents))


def read_record(line: str, text: str) -> dict[str, Any]:
    """One record line; its evidence is the sentence in which ``where`` begins."""
    cells = [cell.strip() for cell in line.split("|", len(COLUMNS) - 1)]
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} columns instead of {len(COLUMNS)}: {line}")
    record: dict[str, Any] = dict(zip(COLUMNS, cells, strict=True))
    for field, values in CLOSED.items():
        record[field] = values(record[field]).value
    low, dash, high = record["value"].lstrip("-").partition("-")
    sign = -1 if record["value"].startswith("-") else 1
    record["value"] = sign * float(low)
    record["value_max"] = float(high) if dash else None
    record["company"] = None if record["company"] == "-" else record["company"]
    start, _, end = record["period"].partition("..")
    record["period"] = None if start == "-" else {"start": start, "end": end}
    record["evidence"] = find_statement(text, record.pop("where"))
    return record


def find_statement(text: str, where: str) -> str:
    """The sentence of ``text`` in which ``where`` begins.

    Raises:
        ValueError: ``where`` is not in the text, or more than once.
    """
    if text.count(where) != 1:
        raise ValueError(f"{text.count(where)} times in the text: {where!r}")
    place = text.index(where)
    return next(
        span.of(text)
        for span in split_sentences(text, Span(0, len(text)))
        if span.start <= place < span.end
    )


def complaints_about(document: GoldDocument) -> Iterator[str]:
    """What is doubtful about a document: records whose number is not read in their sentence."""
    for record in document.contents["records"]:
        ScoredRecord.model_validate(record)
    reading = read_document(replace(document))
    _, _, missing = pair_records(document, reading)
    for record in missing:
        near = [f.mention.value.value for f in reading.figures if fits(f, record)]
        yield (
            f"{document.id}: {record['statistic']} {record['value']:g} not read in:"
            f" {record['evidence']!r} (elsewhere: {len(near)})"
        )


def main() -> None:
    """Checks the files named on the command line."""
    for name in sys.argv[1:]:
        try:
            for document in read_written(Path(name)):
                for complaint in complaints_about(document):
                    print(complaint)
                print(f"{document.id}: {len(document.contents['records'])} records")
        except ValueError as error:
            print(f"{name}: {error}")


if __name__ == "__main__":
    main()
