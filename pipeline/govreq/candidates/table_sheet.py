"""From a table to its places: each figure with its row headers, column headers and groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from govreq.article.article import Cell, Table
from govreq.article.spans import Span
from govreq.candidates.cell_figure import find_bracketed_figure
from govreq.candidates.grid import CellKind, DataRow, TableGrid
from govreq.candidates.labels import LabelReader, LabelReading
from govreq.candidates.sheet import Label, Place, Sheet, Tier

DEPENDENT = re.compile(
    r"\s*(?:…|\.\.\.|[-–—•↳]\s|(?:of|among) (?:which|these|those|whom|them)\b|thereof\b|where\b"
    r"|whereof\b|in which\b|that\b|incl(?:uding|\.)|with\b)",
    re.IGNORECASE,
)
"""A label that goes on from the one before. Accepts: "… where data was given", "of which denied".
Refuses: "Requests where data was given"."""

DIGIT = re.compile(r"\d")

BARE_PERCENT = re.compile(r"\s*(?:%|percent(?:age)?s?|in %|pct\.?|rate)\s*", re.IGNORECASE)
"""A column that only says "percent": it speaks of the column on its left. Accepts: "%".
Refuses: "% of requests"."""


def read_table(
    table: Table,
    reader: LabelReader,
    around: tuple[Label, ...],
    statement_of: Callable[[Span], Span],
) -> Sheet:
    """The sheet of a table; ``statement_of`` gives the row's own stretch of the text."""
    return _TableReader(TableGrid(table, reader.text), reader, around, statement_of).read()


class _TableReader:
    def __init__(
        self,
        grid: TableGrid,
        reader: LabelReader,
        around: tuple[Label, ...],
        statement_of: Callable[[Span], Span],
    ) -> None:
        self.grid = grid
        self.reader = reader
        self.text = grid.text
        self.around = around
        self.statement_of = statement_of
        self.siblings: dict[str, dict[Span, Label]] = {}
        self.column_paths: dict[tuple[tuple[int, ...], int], tuple[Cell, ...]] = {}
        self.column_labels: dict[tuple[tuple[int, ...], int], list[Label]] = {}

    def read(self) -> Sheet:
        grid = self.grid
        columns = [c for c in range(grid.width) if c not in grid.header_columns]
        figures = [column for column in columns if column not in grid.rank_columns]
        row_parents = self._row_parents()
        standing = self._standing_labels()
        places: list[Place] = []
        for index, data in enumerate(grid.data_rows):
            rows = self._row_labels(data)
            parent = row_parents.get(index, ())
            groups = list(standing.get(index, ()))
            groups += (Label(cell.span, Tier.GROUP, "group") for cell in reversed(data.groups))
            corner = self._corner(data)
            for column in figures:
                cell = grid.rows[data.row].get(column)
                if cell is None or cell.row != data.row or cell.column != column:
                    continue
                if grid.kind(cell) not in (CellKind.FIGURE, CellKind.YEAR):
                    continue
                heads = self._column_labels(data, column, columns)
                labels = (*rows, *heads, *parent, *groups, *corner)
                places.extend(self._places_of(cell, labels))
        siblings = {axis: tuple(labels.values()) for axis, labels in self.siblings.items()}
        return Sheet(tuple(places), siblings, self.around, tuple(self._remarks(columns)))

    def _remarks(self, columns: Sequence[int]) -> Iterator[tuple[Span, str]]:
        """Cells of words that hold a number, and the numbers that count the rows."""
        for data in self.grid.data_rows:
            for column in columns:
                cell = self.grid.rows[data.row].get(column)
                if cell is None or cell.row != data.row or cell.column != column:
                    continue
                if column in self.grid.rank_columns:
                    yield cell.span, "rank"
                elif self.grid.kind(cell) is CellKind.TEXT and DIGIT.search(
                    cell.span.of(self.text)
                ):
                    yield cell.span, "remark"

    def _places_of(self, cell: Cell, labels: tuple[Label, ...]) -> list[Place]:
        figure = self.grid.figure_of(cell)
        if figure is None:
            return []
        statement = self.statement_of(cell.span)
        found = [Place(figure, statement, labels)]
        bracketed = find_bracketed_figure(self.text, cell.span)
        if bracketed is not None:
            found.append(Place(bracketed, statement, labels))
        return found

    def _label(self, cell: Cell, tier: Tier, axis: str) -> Label:
        label = Label(cell.span, tier, axis)
        return self.siblings.setdefault(axis, {}).setdefault(cell.span, label)

    def _row_cells(self, data: DataRow) -> list[Cell]:
        """The row's header cells, the nearest to the figures first."""
        places = self.grid.rows[data.row]
        cells = [places[c] for c in reversed(self.grid.header_columns) if c in places]
        return [cell for cell in cells if self.grid.kind(cell) is not CellKind.EMPTY]

    def _row_labels(self, data: DataRow) -> list[Label]:
        return [self._label(cell, Tier.ROW, f"row{cell.column}") for cell in self._row_cells(data)]

    def _corner(self, data: DataRow) -> list[Label]:
        found: dict[Span, Label] = {}
        for column in reversed(self.grid.header_columns):
            for row in reversed(data.header_rows):
                cell = self.grid.rows[row].get(column)
                if cell and self.grid.kind(cell) is CellKind.TEXT:
                    found.setdefault(cell.span, Label(cell.span, Tier.CORNER, "corner"))
        return list(found.values())

    def _row_parents(self) -> dict[int, tuple[Label, ...]]:
        """For each data row whose label goes on from another row's, that row's labels.

        Empty places in the first header column go on from the last one that was filled.
        """
        rows = self.grid.data_rows
        keys = [tuple(self._words(cell) for cell in self._row_cells(row)) for row in rows]
        counts = Counter((row.groups, key) for row, key in zip(rows, keys, strict=True))
        parents: dict[int, tuple[Label, ...]] = {}
        last: tuple[int, tuple[Cell, ...]] | None = None
        filled: Cell | None = None
        for index, (row, key) in enumerate(zip(rows, keys, strict=True)):
            if last is not None and rows[last[0]].groups != row.groups:
                last, filled = None, None
            goes_on = bool(key) and (
                DEPENDENT.match(key[0]) is not None or counts[(row.groups, key)] > 1
            )
            cells = self._row_cells(row)
            if goes_on and last is not None:
                parents[index] = tuple(
                    Label(c.span, Tier.PARENT, f"row{c.column}") for c in last[1]
                )
            elif cells:
                last = (index, tuple(cells))
            first = self.grid.rows[row.row].get(0)
            if first is not None and self.grid.kind(first) is not CellKind.EMPTY:
                filled = first
            elif filled is not None and len(self.grid.header_columns) > 1:
                above = Label(filled.span, Tier.PARENT, f"row{filled.column}")
                parents[index] = (*parents.get(index, ()), above)
        return parents

    def _standing_labels(self) -> dict[int, tuple[Label, ...]]:
        """For each data row, the period or country of a row above that holds for it as well.

        "January - June 2015 | 762" over "Subpoenas | 353" is the sum of the rows below it.
        """
        rows = self.grid.data_rows
        cells = [self._row_cells(row)[-1:] for row in rows]
        names = [self.reader.read(cell[0].span) if cell else None for cell in cells]
        standing: dict[int, list[Label]] = {}
        for wanted in ("is_period", "place"):
            named = [name is not None and bool(getattr(name, wanted)) for name in names]
            if all(named) or not any(named):
                continue
            last: Label | None = None
            for index, name in enumerate(names):
                if named[index] and name is not None:
                    total = name.place is not None and name.place.code in ("WORLD", "OTHER")
                    last = None if total else Label(name.span, Tier.GROUP, "group")
                elif name is not None and ("total" in name.marks or "other" in name.marks):
                    last = last if wanted == "is_period" else None
                elif (
                    last is not None
                    and name is not None
                    and (wanted == "is_period" or _measures(name))
                ):
                    standing.setdefault(index, []).append(last)
        return {index: tuple(labels) for index, labels in standing.items()}

    def _words(self, cell: Cell) -> str:
        return " ".join(cell.span.of(self.text).lower().split())

    def _path(self, data: DataRow, column: int) -> tuple[Cell, ...]:
        """The column's header cells, the deepest first."""
        key = (data.header_rows, column)
        path = self.column_paths.get(key)
        if path is None:
            cells = [self.grid.rows[row].get(column) for row in reversed(data.header_rows)]
            path = tuple(
                dict.fromkeys(
                    c for c in cells if c is not None and self.grid.kind(c) is not CellKind.EMPTY
                )
            )
            self.column_paths[key] = path
        return path

    def _column_labels(self, data: DataRow, column: int, columns: Sequence[int]) -> list[Label]:
        key = (data.header_rows, column)
        labels = self.column_labels.get(key)
        if labels is None:
            path = self._path(data, column)
            labels = [self._label(cell, Tier.COLUMN, f"column{cell.row}") for cell in path]
            labels += [
                Label(cell.span, Tier.PARENT, f"column{cell.row}")
                for cell in self._column_parent(data, column, columns)
            ]
            self.column_labels[key] = labels
        return labels

    def _column_parent(
        self, data: DataRow, column: int, columns: Sequence[int]
    ) -> tuple[Cell, ...]:
        """The header of the column on the left that this column's header goes on from."""
        path = self._path(data, column)
        if not path:
            return ()
        key = self._path_words(path)
        before = [other for other in columns if other < column]
        keys = [self._path_words(self._path(data, other)) for other in columns]
        goes_on = DEPENDENT.match(key[0]) or BARE_PERCENT.fullmatch(key[0]) or keys.count(key) > 1
        if not goes_on:
            return ()
        for other in reversed(before):
            left = self._path(data, other)
            words = self._path_words(left)
            if words and not BARE_PERCENT.fullmatch(words[0]) and keys.count(words) == 1:
                return left if path[1:] == left[1:] else ()
        return ()

    def _path_words(self, path: tuple[Cell, ...]) -> tuple[str, ...]:
        return tuple(self._words(cell) for cell in path)


def _measures(name: LabelReading) -> bool:
    """Whether the label says what is counted, as opposed to naming one more place."""
    return any(name.cues_of(field) for field in ("counted", "legal_process", "outcome"))
