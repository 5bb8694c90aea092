"""The page as a BeautifulSoup tree, without the subtrees that hold no text of anybody.

BeautifulSoup's objects are what costs time, so scripts, styles, drawings, navigation and form
controls never become objects: :class:`_PruningBuilder` stands between lxml's parser and
BeautifulSoup and drops them as they stream by. What it drops and what is still needed (JSON-LD,
``meta``, ``link``, the words of the navigation) is kept aside.
"""

from __future__ import annotations

import gc
import warnings as python_warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import Tag
from lxml.etree import LxmlError

from govreq.article.inline import BLOCK_TAGS
from govreq.errors import RefusedError
from govreq.settings import Settings

DEEPEST = 100_000
"""Elements within elements; beyond this a page is refused (``too_deep``)."""

_DEAD_NAMES = (
    "script style svg noscript template iframe object embed canvas audio video map select"
    " datalist math applet frameset dialog progress meter textarea"
)
_DEAD = frozenset(_DEAD_NAMES.split())
_NAVIGATION = frozenset(("nav", "footer", "button", "menu"))
_PLAIN = frozenset(("span", "font", "u", "small", "big", "abbr", "acronym", "label", "ins"))
"""Elements that say nothing where they have no attributes: only their text becomes objects."""

_FORMATTING = frozenset(("a", "b", "big", "em", "font", "i", "s", "small", "strong", "u"))
"""Elements that are often left unclosed, each then within the one before."""

_ESCAPING = frozenset(("h1", "article", "main", "p"))
"""Elements that navigation hardly holds: where they stand in it, it was not closed."""

_VOID_NAMES = "meta link img source input area base col wbr param track frame keygen"
_VOID = frozenset(_VOID_NAMES.split())
_KEPT_NAMES = (
    "class id href rowspan colspan scope role itemprop style hidden datetime rel content pubdate"
    " lang"
)
_KEPT_ATTRIBUTES = frozenset(_KEPT_NAMES.split())
_LONGEST_ATTRIBUTE = 2_000
_MOST_MARKED = 500
_MOST_ASIDE = 400
_LONGEST_ASIDE = 2_000


@dataclass(slots=True)
class PageTree:
    """A parsed page: the soup of what remains, and what was kept aside while parsing.

    ``meta`` holds (name or property or itemprop, content) in the page's order, ``links`` (rel,
    href), ``marked`` the elements that microdata, ``rel`` or their name mark as author, headline or
    date, ``json_ld`` the raw text of each JSON-LD script, ``navigation`` the words of each
    navigation, footer or button that was left out.
    """

    soup: BeautifulSoup
    meta: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    navigation: list[str] = field(default_factory=list)
    marked: list[Tag] = field(default_factory=list)
    language: str | None = None
    flattened: bool = False


class _TooDeepError(Exception):
    """Elements are nested beyond :data:`DEEPEST`."""


class _PruningBuilder(LXMLTreeBuilder):
    """Feeds BeautifulSoup what lxml reads, but for dead subtrees and nesting beyond a depth."""

    def __init__(self, max_depth: int) -> None:
        super().__init__(multi_valued_attributes=None)
        self.max_depth = max_depth

    def initialize_soup(self, soup: BeautifulSoup) -> None:
        """BeautifulSoup is about to be built: forget any earlier attempt."""
        super().initialize_soup(soup)
        self.page = PageTree(soup)
        self.building = soup
        self.open: list[tuple[str, int]] = []
        self.depth = 0
        self.skipped = 0
        self.muted = 0
        self.after_block = True
        self.aside: list[str] | None = None
        self.aside_kind = ""

    def start(  # type: ignore[override]
        self,
        tag: str,
        attrs: Iterable[tuple[str, str]] | dict[str, str],
        nsmap: dict[str, str] | None = None,  # noqa: ARG002 - lxml's signature
    ) -> None:
        """An element opens."""
        self.depth += 1
        if self.depth > DEEPEST and (tag not in _FORMATTING or self.depth > 4 * DEEPEST):
            raise _TooDeepError
        if self.skipped and not (tag in _ESCAPING and self.aside_kind in _NAVIGATION):
            self.skipped += 1
            if self.aside is not None:
                self._go_on_aside(tag)
            return
        if self.skipped:
            self._escape()
        if tag in _DEAD or tag in _NAVIGATION:
            self._skip(tag, dict(attrs))
            return
        if tag in _VOID:
            if tag in ("meta", "link"):
                self._keep_head(tag, dict(attrs))
            return
        kept = {
            name: value[:_LONGEST_ATTRIBUTE]
            for name, value in dict(attrs).items()
            if name in _KEPT_ATTRIBUTES
        }
        if tag == "html":
            self.page.language = kept.get("lang")
        if not kept and tag in _PLAIN:
            return
        self.after_block = tag in BLOCK_TAGS
        self._open(tag, self.depth, kept)

    def end(self, tag: str | bytes) -> None:  # noqa: ARG002 - lxml's signature
        """An element closes."""
        depth, self.depth = self.depth, self.depth - 1
        if self.skipped:
            self.skipped -= 1
            if self.skipped < self.muted:
                self.muted = 0
            if not self.skipped:
                self._put_aside()
        elif self.open and self.open[-1][1] == depth:
            self.after_block = self.open[-1][0] in BLOCK_TAGS
            self._close()

    def data(self, data: str | bytes) -> None:
        """Text between tags."""
        if not self.skipped:
            if self.after_block and data.isspace():
                return
            self.after_block = False
            self.building.handle_data(str(data))
        elif self.aside is not None and not self.muted:
            self.aside.append(str(data))

    def comment(self, text: str | bytes) -> None:
        """Comments are dropped."""

    def pi(self, target: str, data: str) -> None:
        """Processing instructions are dropped."""

    def doctype(self, name: str, pubid: str, system: str) -> None:
        """The document type is dropped."""

    def _open(self, tag: str, depth: int, attributes: dict[str, str]) -> None:
        if len(self.open) >= self.max_depth:
            self.page.flattened = True
            self._close()
        self.open.append((tag, depth))
        element = self.building.handle_starttag(tag, None, None, attributes)
        is_marked = (
            tag == "time" or "itemprop" in attributes or "author" in attributes.get("rel", "")
        )
        if is_marked and element is not None and len(self.page.marked) < _MOST_MARKED:
            self.page.marked.append(element)

    def _close(self) -> None:
        self.building.endData()
        self.building.handle_endtag(self.open.pop()[0], None)

    def _escape(self) -> None:
        """An unclosed navigation must not swallow the page: what follows stands within it."""
        depth = self.depth - self.skipped
        self.skipped = self.muted = 0
        self._put_aside()
        self._open(self.aside_kind, depth, {})

    def _skip(self, tag: str, attributes: dict[str, str]) -> None:
        self.skipped = 1
        self.aside, self.aside_kind = None, tag
        is_json_ld = tag == "script" and "ld+json" in attributes.get("type", "").lower()
        if is_json_ld or (tag in _NAVIGATION and len(self.page.navigation) < _MOST_ASIDE):
            self.aside = []

    def _go_on_aside(self, tag: str) -> None:
        """An element within navigation: its words are parted from the last, a script has none."""
        if self.aside:
            self.aside.append(" ")
        if tag in _DEAD and not self.muted:
            self.muted = self.skipped

    def _put_aside(self) -> None:
        if self.aside is None:
            return
        text = "".join(self.aside)
        if self.aside_kind == "script":
            self.page.json_ld.append(text)
        else:
            words = " ".join(text.split())[:_LONGEST_ASIDE]
            if words:
                self.page.navigation.append(words)
        self.aside = None

    def _keep_head(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "link":
            if attributes.get("rel") and attributes.get("href"):
                self.page.links.append((attributes["rel"].lower(), attributes["href"].strip()))
            return
        content = attributes.get("content", "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            if content and attributes.get(key):
                self.page.meta.append((attributes[key].strip().lower(), content[:2_000]))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No search for garbage while a tree is built: all of it is in use, and the search is slow."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def parse_page(text: str, source: str, settings: Settings) -> PageTree:
    """The tree of a page's characters.

    Elements nested deeper than ``settings.max_depth`` become siblings, their text kept.

    Raises:
        RefusedError: elements are nested over 100,000 deep (``too_deep``), or the parser gives up.
    """
    builder = _PruningBuilder(settings.max_depth)
    try:
        with python_warnings.catch_warnings(), _collector_paused():
            python_warnings.simplefilter("ignore")
            BeautifulSoup(text, builder=builder)
    except _TooDeepError as error:
        message = f"{source}: elements are nested over {DEEPEST:,} deep; not a page that is read"
        raise RefusedError(message, source, "too_deep") from error
    except (LxmlError, AssertionError) as error:
        raise RefusedError(f"{source}: cannot be parsed ({error})", source, "malformed") from error
    return builder.page
