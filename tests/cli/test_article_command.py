"""``govreq article``: text for people, one JSON object a page for machines, gzip read as it is."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from typer.testing import CliRunner

from govreq.cli.main import app

PAGE = (
    "<html><head><meta property='og:site_name' content='The Daily Lantern'></head><body>"
    "<nav><a href=/>Home</a></nav><article><h1>Orders to Northline rise</h1>"
    "<p>The carrier Northline received 4,210 court orders in the first half of 2019, it said.</p>"
    "<p>Sign up for our weekly newsletter</p><p>Most of them came from the capital, it said.</p>"
    "</article></body></html>"
)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["article", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_json_is_one_object_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html.gz"
    page.write_bytes(gzip.compress(PAGE.encode()))
    status, output, _ = run(str(page), "--format", "json")
    shown = json.loads(output)
    assert status == 0
    assert (shown["source"], shown["publisher"]) == (str(page), "The Daily Lantern")
    assert shown["title"] == "Orders to Northline rise"
    assert shown["text"].startswith("The carrier Northline received 4,210 court orders")
    assert {"text": "Home", "reason": "navigation", "rule": "element"} in shown["removed"]
    assert "newsletter" in {each["reason"] for each in shown["removed"]}


def test_text_shows_what_was_removed_and_why(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    status, output, _ = run(str(page))
    kept, _, removed = output.partition("--- removed")
    assert status == 0
    assert "4,210 court orders" in kept
    assert "weekly newsletter" not in kept
    assert "[newsletter / " in removed
    assert "Sign up for our weekly newsletter" in removed


def test_page_that_cannot_be_read_is_named_and_the_others_are_shown(tmp_path: Path) -> None:
    page, empty = tmp_path / "page.html", tmp_path / "empty.html"
    page.write_text(PAGE, encoding="utf-8")
    empty.write_bytes(b"<script>var a;</script>")
    status, output, errors = run(str(empty), str(page))
    assert status == 1
    assert "4,210 court orders" in output
    assert "empty.html" in errors
    assert "[empty]" in errors
