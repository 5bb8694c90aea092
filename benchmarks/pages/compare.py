"""Compare article extractors on the same pages in one run.

usage: python benchmarks/pages/compare.py PAGES [--tools govreq,trafilatura ...] [--limit N]

PAGES holds ``truth.jsonl`` (id, url, title, published, body) and ``<id>.html.gz``; ``appeals.tsv``
beside it lists appeals, prompts and teasers of these pages that must go, and sentences that look
like them and must stay. Each tool runs in a process of its own, one after the other; speed is
pages a second of processor time, memory the peak of the process with all pages in it. A tool that
is not installed is passed over: they are no dependencies of govreq. Install them beside it with
``pip install trafilatura==2.3.1 readability-lxml==0.9 newspaper4k==0.9.6 Resiliparse==2.0.1``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus import WORD, shingles

Extracted = tuple[str, str, str]
"""Title, day of publication and body, each empty where there is none."""

Extractor = Callable[[bytes, str], Extracted]


@dataclass(frozen=True, slots=True)
class Result:
    """One tool's output on every page, the processor seconds it took, its peak of memory in MB."""

    pages: dict[str, Extracted]
    seconds: float
    megabytes: float


def load_govreq() -> Extractor:
    """The article stage, body without the title."""
    from govreq.article.article import BlockKind
    from govreq.article.read import read_article
    from govreq.errors import RefusedError
    from govreq.source.document import Document

    def extract(content: bytes, name: str) -> Extracted:
        try:
            article = read_article(Document(content, name))
        except RefusedError:
            return "", "", ""
        body = [b.span.of(article.text) for b in article.blocks if b.kind is not BlockKind.TITLE]
        day = article.published.isoformat() if article.published else ""
        return article.title or "", day, "\n\n".join(body)

    return extract


def load_trafilatura(**options: bool) -> Extractor:
    """Trafilatura with its metadata."""
    from trafilatura import bare_extraction

    def extract(content: bytes, name: str) -> Extracted:  # noqa: ARG001
        found = bare_extraction(content, include_comments=False, with_metadata=True, **options)
        if found is None:
            return "", "", ""
        return found.title or "", found.date or "", found.text or ""

    return extract


def load_readability() -> Extractor:
    """readability-lxml; its body as text."""
    from lxml.html import fromstring
    from readability import Document

    def extract(content: bytes, name: str) -> Extracted:  # noqa: ARG001
        page = Document(content.decode("utf-8", "replace").replace("\x00", ""))
        try:
            tree = fromstring(page.summary())
        except Exception:  # noqa: BLE001 - whatever another tool raises counts as nothing found
            return "", "", ""
        return page.short_title() or "", "", "\n\n".join(map(str, tree.itertext()))

    return extract


def load_newspaper() -> Extractor:
    """newspaper4k."""
    from newspaper import Article

    def extract(content: bytes, name: str) -> Extracted:
        page = Article(f"https://pages.example/{name}")
        try:
            page.download(input_html=content.decode("utf-8", "replace").replace("\x00", ""))
            page.parse()
        except Exception:  # noqa: BLE001 - whatever another tool raises counts as nothing found
            return "", "", ""
        day = page.publish_date.strftime("%Y-%m-%d") if page.publish_date else ""
        return page.title or "", day, page.text or ""

    return extract


def load_resiliparse() -> Extractor:
    """Resiliparse's main content; it reads no title and no date."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def extract(content: bytes, name: str) -> Extracted:  # noqa: ARG001
        tree = HTMLTree.parse(content.decode("utf-8", "replace"))
        return tree.title or "", "", extract_plain_text(tree, main_content=True)

    return extract


def load_soup() -> Extractor:
    """BeautifulSoup on lxml: all text of the page, the floor."""
    from bs4 import BeautifulSoup

    def extract(content: bytes, name: str) -> Extracted:  # noqa: ARG001
        soup = BeautifulSoup(content, "lxml")
        for dead in soup(["script", "style", "noscript"]):
            dead.decompose()
        return soup.title.get_text() if soup.title else "", "", soup.get_text("\n")

    return extract


TOOLS: dict[str, Callable[[], Extractor]] = {
    "govreq article": load_govreq,
    "trafilatura": load_trafilatura,
    "trafilatura, precision": lambda: load_trafilatura(favor_precision=True),
    "trafilatura, fast": lambda: load_trafilatura(fast=True),
    "readability-lxml": load_readability,
    "newspaper4k": load_newspaper,
    "resiliparse": load_resiliparse,
    "BeautifulSoup get_text": load_soup,
}


def run_tool(
    name: str, pages: dict[str, bytes], answers: multiprocessing.SimpleQueue[object]
) -> None:
    """Run one tool over all pages, after one page to warm it up; the result goes into a queue."""
    try:
        extract = TOOLS[name]()
    except ImportError as error:
        answers.put(f"not installed ({error.name})")
        return
    first = next(iter(pages))
    extract(pages[first], first)
    start = time.process_time()
    found = {key: extract(content, key) for key, content in pages.items()}
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answers.put(Result(found, seconds, peak / 1024))


def fold(text: str | None) -> str:
    """A text's words in lower case."""
    return " ".join(WORD.findall((text or "").lower()))


def body_scores(truth: list[dict[str, str]], result: Result) -> tuple[float, float, float]:
    """F1 of the mean precision and the mean recall of runs of four words, and these two."""
    precisions: list[float] = []
    recalls: list[float] = []
    for page in truth:
        want, got = shingles(page["body"]), shingles(result.pages[page["id"]][2])
        same = (want & got).total()
        if got:
            precisions.append(same / got.total())
        if want:
            recalls.append(same / want.total())
    precision, recall = statistics.mean(precisions or [0]), statistics.mean(recalls or [0])
    total = precision + recall
    return (2 * precision * recall / total if total else 0.0), precision, recall


def is_right_title(want: str, got: str) -> bool:
    """Whether two titles are equal or one holds the other, case and white space folded."""
    one, other = fold(want), fold(got)
    return bool(other) and (one in other or other in one)


def count_stands(cases: list[list[str]], verdict: str, result: Result) -> tuple[int, int]:
    """How many of the cases with a verdict stand in the text of their page, and of how many."""
    wanted = [case for case in cases if case[3] == verdict and case[0] in result.pages]
    texts = {case[0]: f" {fold(result.pages[case[0]][2])} " for case in wanted}
    return sum(f" {fold(case[4])} " in texts[case[0]] for case in wanted), len(wanted)


def row_of(name: str, truth: list[dict[str, str]], cases: list[list[str]], result: Result) -> str:
    """One row of the table."""
    f1, precision, recall = body_scores(truth, result)
    titled = [page for page in truth if page["title"]]
    dated = [page for page in truth if page["published"]]
    titles = sum(is_right_title(page["title"], result.pages[page["id"]][0]) for page in titled)
    days = sum(result.pages[page["id"]][1][:10] == page["published"] for page in dated)
    leaked, all_leaks = count_stands(cases, "remove", result)
    kept, all_kept = count_stands(cases, "keep", result)
    return (
        f"| {name} | {f1:.3f} | {precision:.3f} | {recall:.3f} | {titles}/{len(titled)} "
        f"| {days}/{len(dated)} | {leaked}/{all_leaks} | {kept}/{all_kept} "
        f"| {len(truth) / result.seconds:.0f} | {result.megabytes:.0f} |"
    )


def main() -> None:
    """Run the tools one after the other and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--tools", default=",".join(TOOLS))
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    lines = (options.pages / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truth = [json.loads(line) for line in lines][: options.limit]
    pages = {
        page["id"]: gzip.decompress((options.pages / f"{page['id']}.html.gz").read_bytes())
        for page in truth
    }
    listed = (options.pages.parent / "appeals.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cases = [line.split("\t") for line in listed]
    print(
        "| tool | F1 | precision | recall | title | published | leaked | kept | pages/s | peak MB |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    context = multiprocessing.get_context("spawn")
    for name in (
        name for name in TOOLS if any(name.startswith(t) for t in options.tools.split(","))
    ):
        answers = context.SimpleQueue()
        process = context.Process(target=run_tool, args=(name, pages, answers))
        process.start()
        result = answers.get()
        process.join()
        shown = (
            row_of(name, truth, cases, result)
            if isinstance(result, Result)
            else f"| {name} | {result} |"
        )
        print(shown, flush=True)


if __name__ == "__main__":
    main()
