"""Dates that pages state, as strings, in addresses and in visible lines."""

from __future__ import annotations

import pytest

from govreq.article.dates import day_of_url, parse_day
from govreq.article.read import read_article
from govreq.source.document import Document

CASES = [
    ("2019-04-16T23:30:00-05:00", "en", "2019-04-16"),
    ("20190416", "en", "2019-04-16"),
    ("Tue, 16 Apr 2019 10:00:00 GMT", "en", "2019-04-16"),
    ("Published April 16th, 2019 by Ann", "en", "2019-04-16"),
    ("Apr. 16, 2019Ann Lee", "en", "2019-04-16"),
    ("16 April 2019", "en", "2019-04-16"),
    ("4/5/2019", "en-US", "2019-04-05"),
    ("4/5/2019", "en-GB", "2019-05-04"),
    ("25/12/2019", "en-US", "2019-12-25"),
    ("16.04.2019, 10:30", "de", "2019-04-16"),
    ("16. Juli 2019", "de", "2019-07-16"),
    ("16 de julio de 2019", "es", "2019-07-16"),
    ("04-ago-2021 5:11", "es", "2021-08-04"),
    ("April 2019", "en", None),
    ("31 February 2019", "en", None),
    ("2 days ago", "en", None),
    ("call 555-2019-1234", "en", None),
]


@pytest.mark.parametrize(("text", "language", "day"), CASES)
def test_parse_day(text: str, language: str, day: str | None) -> None:
    found = parse_day(text, language)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2019/04/16/orders-rise", "2019-04-16"),
        ("https://a.example/news/2019-04-16-orders", "2019-04-16"),
        ("https://a.example/2019/apr/16/orders", "2019-04-16"),
        ("https://a.example/2019/04/orders-16", None),
        ("https://a.example/item/12019041699", None),
    ],
)
def test_day_of_url(url: str, day: str | None) -> None:
    found = day_of_url(url)
    assert (found.isoformat() if found else None) == day


def test_visible_date_is_the_last_resort() -> None:
    html = (
        "<h1>Orders to Northline rise</h1><div class=byline>Ann Lee · 3 May 2019</div>"
        "<p>The report of 12 June 2018 counted fewer orders than the one that came out today.</p>"
    )
    article = read_article(Document(html.encode(), "page"))
    assert str(article.published) == "2019-05-03"
    assert dict(article.provenance)["published"] == "text"


DECLARED = (
    "<html lang=en><head><title>Orders to Northline</title>"
    '<meta property="article:published_time" content="2017-02-01T08:00:00Z">'
    '<meta property="article:modified_time" content="2019-05-04T08:00:00Z"></head><body>'
    "<h1>Orders to Northline</h1>{}"
    "<p>The carrier answered more orders than in any year before, its report says.</p>{}"
)


@pytest.mark.parametrize(
    ("byline", "end", "day"),
    [
        ("<p>By Ann Lee | May 3, 2019</p>", "", "2019-05-03"),
        ("<p><span>By Ann Lee</span><span>May 3, 2019</span></p>", "", "2019-05-03"),
        ("<p>3 May 2019</p><p>3 May 2019</p>", "", "2019-05-03"),
        ("<p>May 3, 2019</p>", "<p>First published on 1 February 2017</p>", "2017-02-01"),
        ("<p>Updated May 3, 2019</p>", "", "2017-02-01"),
        ("<p>Last updated on</p><p>May 3, 2019</p>", "", "2017-02-01"),
        ("<p>May 3, 2019</p><p>June 8, 2018</p>", "", "2017-02-01"),
        ("<p>Wednesday, November 20, 2019</p>", "", "2017-02-01"),
        ("<p>The ministry asked on May 3, 2019.</p>", "", "2017-02-01"),
        ("<div class=related><p>May 3, 2019</p></div>", "", "2017-02-01"),
    ],
    ids=[
        "bare",
        "glued_to_the_author",
        "for_small_screens_too",
        "declared_day_is_shown",
        "update",
        "label_before",
        "two_days",
        "day_of_the_visit",
        "sentence",
        "another_article",
    ],
)
def test_bare_day_beside_the_headline(byline: str, end: str, day: str) -> None:
    article = read_article(Document(DECLARED.format(byline, end).encode(), "page"))
    where = dict(article.provenance)["published"]
    declared = "meta article:published_time"
    assert str(article.published) == day
    assert where == (declared if day == "2017-02-01" else f"text, not {declared}")
    assert str(article.modified) == "2019-05-04"
