"""The structure that a tagged PDF declares: its tables, and the blocks that its words belong to.

A tagged PDF names, for each stretch of its drawing, the element that it is part of, as HTML does.
Where tables are tagged, nothing about their cells needs to be guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from govreq.article.pdf_faults import FAULTS

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

MOST_ELEMENTS = 400_000
BLOCKS = frozenset(
    {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "LBody", "Caption", "BlockQuote", "Title"}
)
"""Types of elements that hold one block of text."""

CELLS = frozenset({"TH", "TD"})

Place = tuple[int, int]
"""A page's number, and that of a content mark on it."""


@dataclass(frozen=True, slots=True)
class TaggedCell:
    """One cell of a tagged table: where its words are drawn, and the places that it covers."""

    places: frozenset[Place]
    header: bool
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class TaggedTable:
    """A table's rows of cells, and the places of its caption."""

    rows: list[list[TaggedCell]] = field(default_factory=list)
    caption: set[Place] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class TaggedBlock:
    """A block of text: its number in the document, its type and how deep its list is nested."""

    number: int
    kind: str
    depth: int = 0


@dataclass(slots=True)
class Tags:
    """The tables of a PDF, and for each place of its drawing the block that it belongs to."""

    tables: list[TaggedTable] = field(default_factory=list)
    blocks: dict[Place, TaggedBlock] = field(default_factory=dict)


@dataclass(slots=True)
class _Element:
    kind: str
    page: int
    parent: _Element | None
    attributes: dict[str, Any]
    table: TaggedTable | None = None
    block: TaggedBlock | None = None
    cell: set[Place] | None = None
    caption: bool = False
    lists: int = 0


def read_tags(pdf: PDF) -> Tags:
    """The tags of an open PDF; none where it declares none, or a broken structure."""
    try:
        return _TagReader(pdf).read()
    except FAULTS:
        return Tags()


class _TagReader:
    """Walks the structure tree once, without recursion; an element met twice is passed over."""

    def __init__(self, pdf: PDF) -> None:
        from pdfminer.pdftypes import resolve1

        self.resolve = resolve1
        self.root: dict[str, Any] = resolve1(pdf.doc.catalog.get("StructTreeRoot")) or {}
        self.roles: dict[str, Any] = resolve1(self.root.get("RoleMap")) or {}
        self.pages = {page.page_obj.pageid: page.page_number for page in pdf.pages}
        self.tags = Tags()
        self.cells: list[tuple[TaggedTable, int, set[Place], _Element]] = []
        self.blocks = 0

    def read(self) -> Tags:
        """The tags of the document."""
        top = _Element("", 0, None, {})
        todo: list[tuple[Any, _Element]] = [(self.root.get("K"), top)]
        seen: set[int] = set()
        steps = 0
        while todo and steps < MOST_ELEMENTS:
            steps += 1
            reference, parent = todo.pop()
            number = getattr(reference, "objid", None)
            item = self.resolve(reference)
            if isinstance(item, int):
                self._note(parent, parent.page, item)
            elif isinstance(item, list):
                todo.extend((child, parent) for child in reversed(item))
            elif isinstance(item, dict) and "MCID" in item:
                self._note(parent, self._page_of(item, parent), int(item["MCID"]))
            elif isinstance(item, dict) and "S" in item and number not in seen:
                if number is not None:
                    seen.add(number)
                todo.append((item.get("K"), self._open(item, parent)))
        self._place_cells()
        return self.tags

    def _page_of(self, item: dict[str, Any], parent: _Element) -> int:
        page = getattr(item.get("Pg"), "objid", None)
        return parent.page if page is None else self.pages.get(page, 0)

    def _name_of(self, item: dict[str, Any]) -> str:
        name = str(getattr(self.resolve(item["S"]), "name", ""))
        role = self.resolve(self.roles.get(name))
        return str(getattr(role, "name", name)) if name not in BLOCKS | CELLS else name

    def _open(self, item: dict[str, Any], parent: _Element) -> _Element:
        kind = self._name_of(item)
        element = _Element(
            kind,
            self._page_of(item, parent),
            parent,
            self._attributes_of(item),
            parent.table,
            parent.block,
            parent.cell,
            parent.caption,
            parent.lists + (kind == "L"),
        )
        if kind == "Table":
            element.table = TaggedTable()
            element.cell = None
            self.tags.tables.append(element.table)
        elif element.table is not None and kind == "TR":
            element.table.rows.append([])
        elif element.table is not None and kind in CELLS and element.table.rows:
            element.cell = set()
            self.cells.append((element.table, len(element.table.rows) - 1, element.cell, element))
        elif element.table is not None and kind == "Caption" and element.cell is None:
            element.caption = True
        elif kind in BLOCKS and element.cell is None and not self._continues(parent, kind):
            self.blocks += 1
            element.block = TaggedBlock(self.blocks, kind, element.lists)
        return element

    def _continues(self, parent: _Element, kind: str) -> bool:
        """Whether a block is but the body of the list item or heading that it stands in."""
        if parent.block is None:
            return False
        if parent.block.kind in ("LI", "LBody"):
            return parent.lists == parent.block.depth and kind in ("LBody", "P")
        return kind in ("P", "LBody") or parent.block.kind.startswith("H")

    def _attributes_of(self, item: dict[str, Any]) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        found = self.resolve(item.get("A"))
        for one in found if isinstance(found, list) else [found]:
            one = self.resolve(one)
            if isinstance(one, dict):
                merged.update(one)
        return merged

    def _note(self, element: _Element, page: int, mark: int) -> None:
        place = (page, mark)
        if element.cell is not None:
            element.cell.add(place)
        elif element.caption and element.table is not None:
            element.table.caption.add(place)
        elif element.block is not None:
            self.tags.blocks[place] = element.block

    def _place_cells(self) -> None:
        for table, row, places, element in self.cells:
            header = element.kind == "TH"
            rows, columns = (self._span(element, name) for name in ("RowSpan", "ColSpan"))
            table.rows[row].append(TaggedCell(frozenset(places), header, rows, columns))

    def _span(self, element: _Element, name: str) -> int:
        value = self.resolve(element.attributes.get(name, 1))
        return value if isinstance(value, int) and value > 0 else 1
