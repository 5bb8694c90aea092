"""Floods, depth and odd characters: right text, or a refusal by name, in a short time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreq.article.article import Article
from govreq.article.read import read_article
from govreq.errors import RefusedError
from govreq.source.document import Document

OWN = "The carrier counted 1,234 requests for data in the first half of the year, it said."
HEAD = f"<html><body><h1>Requests rise at the carrier</h1><p>{OWN}</p>"

FLOODS = {
    "comments": "<!--" * 100_000,
    "angles": "<" * 200_000,
    "attributes": "<p " + "a=b " * 50_000 + ">",
    "unclosed_b": "<b>x" * 30_000,
    "unclosed_p": "<p>x y z" * 20_000,
    "ampersands": "&" * 200_000,
    "brackets": "<p>" + "(" * 100_000,
    "line_breaks": "<div>" + "x y<br>" * 30_000,
    "links": "<li><a href=x>go there</a></li>" * 10_000,
    "spaces": "<p>" + " \n" * 500_000 + "x",
    "glued": "<p>" + "aaa.Bbb " * 50_000,
    "phrases": "<p>" + "read more " * 20_000,
    "linked_data": '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    "cells": "<table><tr><td colspan=9007199254740991 rowspan=99999999>a<td>1<tr><td>b</table>",
    "tables": "<table><tr><td>" * 50 + "x",
}


def read(html: str) -> Article:
    return read_article(Document(html.encode(), "page.html"))


@pytest.mark.parametrize("flood", FLOODS)
def test_flood_costs_little_and_loses_nothing(flood: str) -> None:
    start = time.process_time()
    article = read(HEAD + FLOODS[flood])
    assert time.process_time() - start < 3
    assert OWN in article.text


def test_text_that_is_nested_deep_is_kept() -> None:
    article = read("<div>" * 20_000 + f"<p>{OWN}</p>" + "</div>" * 20_000 + f"<p>After. {OWN}</p>")
    assert OWN in article.text
    assert f"After. {OWN}" in article.text
    assert article.warnings == ("flattened",)


def test_deepest_page_is_refused_by_name_at_once() -> None:
    start = time.process_time()
    with pytest.raises(RefusedError) as caught:
        read("<div>" * 1_000_000)
    assert caught.value.reason == "too_deep"
    assert time.process_time() - start < 2


def test_page_that_is_cut_anywhere_is_read_or_refused() -> None:
    page = f"{HEAD}<table><tr><th>Year<th>Requests<tr><td>2019<td>12</table><p>{OWN} Twice.</p>"
    outcomes = {outcome_of(page[:length]) for length in range(0, len(page), 7)}
    assert outcomes == {"read", "empty"}


def outcome_of(html: str) -> str:
    try:
        return "read" if read(html).text else "nothing"
    except RefusedError as error:
        return error.reason


@given(st.text(alphabet="<>/pbrdiv a\n\u00a0\u200b&;.AbC1", max_size=300))
def test_spans_are_exact_whatever_the_page(html: str) -> None:
    try:
        article = read(html)
    except RefusedError:
        return
    texts = [block.span.of(article.text) for block in article.blocks]
    assert "\n\n".join(texts) == article.text
    assert all(text == " ".join(text.split()) for text in texts)  # no tables in this alphabet
