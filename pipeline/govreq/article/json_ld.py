"""JSON-LD of a page: what its scripts say about the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ARTICLE_NAMES = (
    "article newsarticle blogposting report reportagenewsarticle analysisnewsarticle"
    " opinionnewsarticle backgroundnewsarticle reviewnewsarticle liveblogposting techarticle"
    " scholarlyarticle socialmediaposting advertisercontentarticle medicalwebpage"
)
_ARTICLE_TYPES = frozenset(_ARTICLE_NAMES.split())
_PAGE_TYPES = frozenset(("webpage", "itempage", "collectionpage", "aboutpage", "creativework"))
_LONGEST_SCRIPT = 2_000_000
_MOST_NODES = 5_000

# Accepts "<![CDATA[", "]]>", "<!--", "-->" around a script; refuses other markup.
_WRAPPER = re.compile(
    r"^\s*(?:<!--|/[/*]\s*<!\[CDATA\[\W*|<!\[CDATA\[)|(?:-->|[/*]*\s*\]\]>\W*)\s*$"
)

JsonObject = dict[str, object]


@dataclass(frozen=True, slots=True)
class LinkedData:
    """What JSON-LD says of the page's article; empty strings where it says nothing."""

    headline: str = ""
    published: str = ""
    modified: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    body: str = ""


def read_linked_data(scripts: Sequence[str]) -> LinkedData:
    """The article that the JSON-LD ``scripts`` describe; broken scripts are passed over."""
    nodes = [node for script in scripts for node in _nodes_of(script)]
    articles = [node for node in nodes if _types(node) & _ARTICLE_TYPES]
    pages = [node for node in nodes if _types(node) & _PAGE_TYPES]
    chosen = articles[:1] + [node for node in articles[1:] if node.get("articleBody")] + pages[:1]
    names = {node["@id"]: _name(node) for node in nodes if isinstance(node.get("@id"), str)}
    first = articles[:1]
    return LinkedData(
        headline=_first_text(first, "headline") or _first_text(first, "name"),
        published=_first_text(chosen, "datePublished") or _first_text(first, "dateCreated"),
        modified=_first_text(chosen, "dateModified"),
        author=_first_name(first, ("author", "creator"), names),
        publisher=_first_name(chosen, ("publisher", "sourceOrganization"), names),
        url=_url_of(chosen),
        language=_first_text(chosen, "inLanguage"),
        body=_first_text(articles, "articleBody"),
    )


def _nodes_of(script: str) -> Iterator[JsonObject]:
    """Every object of a script, outermost first."""
    try:
        root = json.loads(_WRAPPER.sub("", script[:_LONGEST_SCRIPT].strip()), strict=False)
    except (ValueError, RecursionError):
        return
    todo: list[object] = [root]
    count = 0
    while todo and count < _MOST_NODES:
        node = todo.pop(0)
        count += 1
        if isinstance(node, list):
            todo[:0] = node[:200]
        elif isinstance(node, dict):
            yield node
            todo.extend(
                value
                for key, value in node.items()
                if key
                in (
                    "@graph",
                    "mainEntity",
                    "mainEntityOfPage",
                    "hasPart",
                    "author",
                    "publisher",
                    "itemListElement",
                    "item",
                )
            )


def _types(node: JsonObject) -> frozenset[str]:
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return frozenset(str(item).rpartition("/")[2].lower() for item in values if item)


def _first_text(nodes: Sequence[JsonObject], key: str) -> str:
    for node in nodes:
        value = node.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("name") or value.get("@value")
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def _name(value: object) -> str:
    if isinstance(value, list):
        value = next((item for item in value if item), None)
    if isinstance(value, dict):
        value = value.get("name")
        if isinstance(value, list):
            value = next((item for item in value if item), None)
    return value.strip() if isinstance(value, str) else ""


def _first_name(nodes: Sequence[JsonObject], keys: Sequence[str], names: dict[object, str]) -> str:
    for node in nodes:
        for key in keys:
            value = node.get(key)
            if isinstance(value, list):
                value = next((item for item in value if item), None)
            name = _name(value)
            if not name and isinstance(value, dict):
                name = names.get(value.get("@id"), "")
            if name and not name.startswith(("http://", "https://")):
                return name
    return ""


def _url_of(nodes: Sequence[JsonObject]) -> str:
    for node in nodes:
        for key in ("mainEntityOfPage", "url", "@id"):
            value = node.get(key)
            if isinstance(value, dict):
                value = value.get("@id") or value.get("url")
            if isinstance(value, str) and value.startswith(("http://", "https://")):
                return value
    return ""
