"""A table's grid: which rows and columns are headers, which rows name a group, what holds figures.

``<th>`` is a hint and no more: many pages head their tables with plain or bold cells, and some mark
every cell as a header. What decides is where the figures stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from govreq.article.article import Cell, Table
from govreq.candidates.cell_figure import find_cell_figure, is_year, states_nothing
from govreq.mentions.mention import Mention, Quantity

MOST_COLUMNS = 500
"""Columns beyond this are not looked at."""

MOST_HEADER_ROWS = 8
MOST_GROUPS = 4


class CellKind(Enum):
    """What a cell holds."""

    EMPTY = 0
    FIGURE = 1
    MISSING = 2  # N/A, a dash
    YEAR = 3
    TEXT = 4


STATES = (CellKind.FIGURE, CellKind.MISSING)


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row with figures: its number, the header rows and the group rows that hold for it."""

    row: int
    header_rows: tuple[int, ...]
    groups: tuple[Cell, ...]


class TableGrid:
    """One table, resolved into header rows, header columns and rows of data."""

    def __init__(self, table: Table, text: str) -> None:
        self.text = text
        self.rows: dict[int, dict[int, Cell]] = {}
        # Keyed by the cells' identity: the table keeps them, and their hashes are slow.
        self._kinds: dict[int, CellKind] = {}
        self._filled: dict[int, list[Cell]] = {}
        self._figures: dict[int, Mention[Quantity]] = {}
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.rows):
                places = self.rows.setdefault(row, {})
                for column in range(cell.column, min(cell.column + cell.columns, MOST_COLUMNS)):
                    places.setdefault(column, cell)
        self.order = sorted(self.rows)
        self.width = max((max(places) + 1 for places in self.rows.values() if places), default=0)

    def kind(self, cell: Cell) -> CellKind:
        """What the cell holds."""
        kind = self._kinds.get(id(cell))
        if kind is None:
            kind = self._kinds[id(cell)] = self._read_kind(cell)
        return kind

    def _read_kind(self, cell: Cell) -> CellKind:
        words = cell.span.of(self.text).strip()
        if not words:
            return CellKind.EMPTY
        if is_year(words):
            return CellKind.YEAR
        if states_nothing(words):
            return CellKind.MISSING
        return CellKind.FIGURE if self.figure_of(cell) else CellKind.TEXT

    def figure_of(self, cell: Cell) -> Mention[Quantity] | None:
        """The figure that the cell states, if it states one."""
        figure = self._figures.get(id(cell)) or find_cell_figure(self.text, cell.span)
        if figure is not None:
            self._figures[id(cell)] = figure
        return figure

    def filled_cells(self, row: int) -> list[Cell]:
        """The distinct cells that cover the row and are not empty, from left to right."""
        filled = self._filled.get(row)
        if filled is None:
            places = self.rows[row]
            found: dict[int, Cell] = {}
            for column in sorted(places):
                found.setdefault(id(places[column]), places[column])
            filled = [c for c in found.values() if self.kind(c) is not CellKind.EMPTY]
            self._filled[row] = filled
        return filled

    @cached_property
    def data_rows(self) -> tuple[DataRow, ...]:
        """The rows below the headers that hold figures, or the marks that stand for them."""
        found: list[DataRow] = []
        header: list[int] = []
        groups: list[Cell] = []
        fresh = True
        grouping = False
        for row in self.order:
            if self._heads(row, header, fresh):
                if not fresh:
                    header, groups = [], groups[-1:] if grouping else []
                header, fresh = [*header, row], True
                continue
            title = self._group_of(row)
            if title is not None:
                groups = self._with_group(groups, title, grouping)
                grouping = True
                fresh = fresh and not header
                continue
            fresh = grouping = False
            found.append(DataRow(row, tuple(header), tuple(groups)))
        return tuple(found)

    @cached_property
    def header_columns(self) -> tuple[int, ...]:
        """The leading columns that head their rows."""
        columns: list[int] = []
        for column in range(self.width):
            cells = [self.rows[data.row].get(column) for data in self.data_rows]
            if column in self.rank_columns:
                continue
            if not self._heads_rows(column, cells):
                break
            columns.append(column)
        if not columns and self.width == 2 and self._heads_rows(1, self._column(1)):
            return (1,)
        return tuple(columns) if len(columns) < self.width else tuple(columns[:1])

    @cached_property
    def rank_columns(self) -> frozenset[int]:
        """The first column where it numbers the rows."""
        return frozenset({0} if self._is_rank(0, self._column(0)) else ())

    def _column(self, column: int) -> list[Cell | None]:
        return [self.rows[data.row].get(column) for data in self.data_rows]

    def _heads_rows(self, column: int, cells: list[Cell | None]) -> bool:
        held = [cell for cell in cells if cell is not None]
        kinds = {self.kind(cell) for cell in held}
        if column == 0 and held and all(cell.header for cell in held):
            return True
        if CellKind.FIGURE in kinds or not kinds & {CellKind.TEXT, CellKind.YEAR}:
            return False
        if CellKind.YEAR in kinds and column > 0 and CellKind.TEXT not in kinds:
            return False
        return column == 0 or CellKind.MISSING not in kinds

    def _is_rank(self, column: int, cells: list[Cell | None]) -> bool:
        """Whether the column numbers the rows: 1, 2, 3 ..."""
        if column > 0 or len(cells) < 2 or self.width < 3:
            return False
        words = [cell.span.of(self.text).strip(" .#") if cell else "" for cell in cells]
        return words == [str(number) for number in range(1, len(words) + 1)]

    def _heads(self, row: int, header: list[int], fresh: bool) -> bool:
        """Whether the row heads the columns below it."""
        cells = self.filled_cells(row)
        if len(cells) < 2 or len(header) >= MOST_HEADER_ROWS:
            return False
        if any(self.kind(cell) in STATES for cell in cells):
            return False
        starts = [cell for cell in cells if cell.row == row]
        marked = bool(starts) and all(cell.header for cell in starts)
        if not fresh:
            return marked and len(cells) > 2
        if any(self.kind(cell) is CellKind.YEAR for cell in cells):
            return self._years_head(row, cells)
        return not header or marked or self._continues_header(row, header)

    def _years_head(self, row: int, cells: list[Cell]) -> bool:
        """Whether years in a row head columns: all of them, or marked, and none twice."""
        first = self.rows[row].get(0)
        rest = [cell for cell in cells if cell is not first]
        if all(cell.header for cell in rest):
            return True
        words = [cell.span.of(self.text) for cell in rest]
        if len(words) < 2:
            return first is None or self.kind(first) is CellKind.EMPTY
        return len(set(words)) == len(words)

    def _continues_header(self, row: int, header: list[int]) -> bool:
        """Whether the header row above has cells that span this row or several columns of it."""
        first = self.rows[row].get(0)
        spanned = any(cell.columns > 1 for cell in self.filled_cells(header[-1]))
        untitled = first is None or first.row < row or self.kind(first) is CellKind.EMPTY
        return spanned and untitled

    def _group_of(self, row: int) -> Cell | None:
        """The one cell that a row holds, if it is words: it names the rows below it."""
        cells = self.filled_cells(row)
        if len(cells) != 1 or cells[0].row != row or self.width < 2:
            return None
        if cells[0].column > 0 and cells[0].columns < self.width - 1:
            return None
        return cells[0] if self.kind(cells[0]) in (CellKind.TEXT, CellKind.YEAR) else None

    @staticmethod
    def _with_group(groups: list[Cell], title: Cell, grouping: bool) -> list[Cell]:
        """The groups with a new one: beneath the last if it follows at once, else for its like."""
        if grouping:
            return [*groups, title][-MOST_GROUPS:]
        for place, group in enumerate(groups):
            if (group.header, group.columns) == (title.header, title.columns):
                return [*groups[:place], title]
        return [title]
