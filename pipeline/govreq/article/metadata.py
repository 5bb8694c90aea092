"""What a page says about itself: title, publisher, author, dates, address, language.

Each value keeps where it was read. Machine-readable statements come first (JSON-LD of the article,
then ``meta``, microdata, ``time``), then the address; the visible text is the last resort. Of the
two days that a page declares and shows, the bare one beside the headline counts (see
:func:`~govreq.article.visible_date.find_bare_day`); ``provenance`` then names both places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from urllib.parse import urljoin, urlsplit

from govreq.article.article import BlockKind
from govreq.article.blocks import PageBlocks
from govreq.article.dates import day_of_url, parse_day
from govreq.article.inline import clean_text
from govreq.article.json_ld import LinkedData, read_linked_data
from govreq.article.titles import choose_title
from govreq.article.tree import PageTree
from govreq.article.visible_date import find_bare_day, find_visible_day

_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "title", "sailthru.title")
_PUBLISHERS = (
    "og:site_name",
    "article:publisher_name",
    "dc.publisher",
    "publisher",
    "application-name",
    "citation_publisher",
    "cre",
    "source",
)
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "sailthru.author",
    "byl",
    "og:article:author",
    "article:author_name",
    "twitter:data1x",
)
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.published",
    "og:published_time",
    "article:published",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "dcterms.issued",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "citation_publication_date",
    "citation_online_date",
    "release_date",
    "published-date",
    "published_time",
    "displaydate",
    "ptime",
    "pdate",
    "date",
    "datecreated",
    "shareaholic:article_published_time",
    "bt:pubdate",
    "rnews:datepublished",
    "og:pubdate",
    "dateissued",
    "created",
    "news_publishdate",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:updated",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "last-modified",
    "shareaholic:article_modified_time",
    "revised",
)
# Accepts "By Ann Lee"; refuses "Byron Lee".
_BY = re.compile(r"^by\s+", re.IGNORECASE)
# Accepts "en", "en-US", "pt_BR"; refuses "English".
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}$")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says about itself; ``provenance`` as in :class:`~.article.Article`."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    modified: date | None = None
    url: str | None = None
    language: str | None = None
    linked_body: str = ""
    description: str = ""
    provenance: tuple[tuple[str, str], ...] = ()


_LONG_BLOCK, _MOST_BEFORE_TITLE = 120, 6

Found = tuple[str, str]
"""A value and where it was read."""


def read_metadata(tree: PageTree, blocks: PageBlocks) -> PageMetadata:
    """The metadata of a parsed page; ``blocks`` serve headings and, last, the visible date."""
    linked = read_linked_data(tree.json_ld)
    meta = _first_of_each(tree.meta)
    language = _language(tree, linked, meta)
    url = _address(tree, linked, meta)
    publisher = _publisher(linked, meta)
    title = _title(tree, blocks, linked, meta, publisher[0])
    author = _author(tree, linked, meta)
    published, modified = _days(tree, blocks, linked, meta, title[0], url[0], language[0])
    provenance = (
        ("title", title[1]),
        ("publisher", publisher[1]),
        ("author", author[1]),
        ("published", published[1]),
        ("modified", modified[1]),
        ("url", url[1]),
        ("language", language[1]),
    )
    return PageMetadata(
        title=title[0] or None,
        publisher=publisher[0] or None,
        author=author[0] or None,
        published=published[0],
        modified=modified[0],
        url=url[0] or None,
        language=language[0] or None,
        linked_body=linked.body,
        description=clean_text(
            unescape(meta.get("og:description") or meta.get("description") or "")
        ),
        provenance=tuple((name, where) for name, where in provenance if where),
    )


def _first_of_each(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, content in pairs:
        found.setdefault(name, content)
    return found


def _first_meta(meta: dict[str, str], names: Sequence[str]) -> Iterator[Found]:
    for name in names:
        if meta.get(name):
            yield clean_text(unescape(meta[name])), f"meta {name}"


def _language(tree: PageTree, linked: LinkedData, meta: dict[str, str]) -> Found:
    options = (
        (tree.language or "", "html lang"),
        (meta.get("content-language", ""), "meta content-language"),
        (meta.get("og:locale", ""), "meta og:locale"),
        (linked.language, "json-ld"),
    )
    for value, where in options:
        if _LANGUAGE.match(value.strip()):
            return value.strip().replace("_", "-"), where
    return "", ""


def _address(tree: PageTree, linked: LinkedData, meta: dict[str, str]) -> Found:
    canonical = next((href for rel, href in tree.links if "canonical" in rel.split()), "")
    options = (
        (canonical, "link canonical"),
        (meta.get("og:url", ""), "meta og:url"),
        (linked.url, "json-ld"),
        (meta.get("twitter:url", ""), "meta twitter:url"),
    )
    base = next((value for value, _ in options if value.startswith(("http://", "https://"))), "")
    for value, where in options:
        try:
            address = urljoin(base, value.strip()) if value else ""
            if urlsplit(address).scheme in ("http", "https"):
                return address, where
        except ValueError:  # an address such as "http://[" is none
            continue
    return "", ""


def _publisher(linked: LinkedData, meta: dict[str, str]) -> Found:
    for name, where in _first_meta(meta, _PUBLISHERS[:1]):
        return name, where
    if linked.publisher:
        return clean_text(unescape(linked.publisher)), "json-ld"
    for name, where in _first_meta(meta, _PUBLISHERS[1:]):
        if not name.startswith(("http", "@")) and len(name) < 80:
            return name, where
    return "", ""


def _title(
    tree: PageTree, blocks: PageBlocks, linked: LinkedData, meta: dict[str, str], site: str
) -> Found:
    headings = list(_main_headings(blocks))
    named = (tag for tag in tree.marked if str(tag.get("itemprop")).lower() == "headline")
    headings += [text for tag in named if (text := clean_text(tag.get_text(" ")))]
    element = tree.soup.find("title")
    page_title = clean_text(element.get_text()) if element is not None else ""
    offers = [(where.removeprefix("meta "), text) for text, where in _first_meta(meta, _TITLES)]
    headline = clean_text(unescape(linked.headline))
    return choose_title(headings[:20], headline, offers, page_title, site)


def _main_headings(page: PageBlocks) -> Iterator[str]:
    """The headings of the first level, as far as the text has not gone on for long."""
    prose = 0
    for block in page.blocks:
        prose += len(block.text) > _LONG_BLOCK
        if prose > _MOST_BEFORE_TITLE:
            return
        if block.kind is BlockKind.HEADING and block.level == 1:
            yield block.text


def _author(tree: PageTree, linked: LinkedData, meta: dict[str, str]) -> Found:
    if linked.author:
        return clean_text(unescape(linked.author)), "json-ld"
    for name, where in _first_meta(meta, _AUTHORS):
        if not name.startswith(("http", "@")) and len(name) < 100:
            return name, where
    marked = [("itemprop author", tag) for tag in tree.marked if tag.get("itemprop") == "author"]
    marked += [("rel author", tag) for tag in tree.marked if tag.get("rel") is not None]
    for where, tag in marked:
        name = _BY.sub("", clean_text(tag.get_text(" ")))
        if 2 < len(name) < 80:
            return name, where
    return "", ""


DayFound = tuple[date | None, str]


def _days(
    tree: PageTree,
    blocks: PageBlocks,
    linked: LinkedData,
    meta: dict[str, str],
    title: str,
    url: str,
    language: str,
) -> tuple[DayFound, DayFound]:
    """The days of publication and of the last change."""

    def read(text: str) -> date | None:
        return parse_day(text, language or "en")

    modified = _first_day(read, [(linked.modified, "json-ld"), *_first_meta(meta, _MODIFIED)])
    published = _first_day(read, [(linked.published, "json-ld"), *_first_meta(meta, _PUBLISHED)])
    if published[0] is None:
        published = _day_of_elements(tree, read)
    if published[0] is not None:
        latest = max(published[0], modified[0] or published[0])
        shown = find_bare_day(blocks, title, published[0], latest, read)
        published = (shown, f"text, not {published[1]}") if shown is not None else published
    elif url:
        published = (day_of_url(url), "url")
    if published[0] is None:
        published = (find_visible_day(blocks, title, read), "text")
    if published[0] is None and modified[0] is not None:
        published = (modified[0], f"modified {modified[1]}")
    return (
        published if published[0] is not None else (None, ""),
        modified if modified[0] is not None else (None, ""),
    )


def _first_day(read: Callable[[str], date | None], options: Sequence[Found]) -> DayFound:
    for text, where in options:
        day = read(text) if text else None
        if day is not None:
            return day, where
    return None, ""


def _day_of_elements(tree: PageTree, read: Callable[[str], date | None]) -> DayFound:
    """The day in microdata or in a ``time`` element, the one marked as publication first."""
    for tag in tree.marked:
        if str(tag.get("itemprop")).lower() != "datepublished":
            continue
        day = read(str(tag.get("content") or tag.get("datetime") or tag.get_text(" "))[:200])
        if day is not None:
            return day, "itemprop datePublished"
    times = [tag for tag in tree.marked if tag.name == "time"][:20]
    marked = [
        tag
        for tag in times
        if tag.get("pubdate") is not None or "publish" in str(tag.get("class") or "").lower()
    ]
    for tag in marked + times:
        day = read(str(tag.get("datetime") or "")[:80]) or read(tag.get_text(" ")[:200])
        if day is not None:
            return day, "time"
    return None, ""
