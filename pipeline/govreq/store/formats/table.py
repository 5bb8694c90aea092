"""Table: records for reading, each with the words that it was read from."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from itertools import groupby
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from govreq.mentions.mention import Bound
from govreq.records.lines import plain_number
from govreq.records.record import DocumentReference, Evidence, Record, ReportingPeriod, Statistic
from govreq.store.writers import writer

_HEADINGS = ("Figure", "Company", "From", "Period", "Process", "Outcome")
_RATIOS = (6, 5, 3, 6, 5, 5)
_BOUNDS = {Bound.EXACT: "", Bound.APPROX: "~", Bound.MIN: "> ", Bound.MAX: "< ", Bound.RANGE: ""}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PARTS_OF_YEAR = {
    (1, 12): "",
    (1, 6): "H1",
    (7, 12): "H2",
    (1, 3): "Q1",
    (4, 6): "Q2",
    (7, 9): "Q3",
    (10, 12): "Q4",
}
_FIGURE_STYLE = "bold reverse"
_QUOTE_STYLE = "dim"
_INDENT = "  "
_WIDEST = 120
# A page's text must not steer the terminal: every control character is shown as a space.
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")


@writer("table")
class TableWriter:
    """Writes a block for each document: its title, then its records with their evidence.

    Records that one sentence states stand together, above that sentence.
    """

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False)
        self._console.width = min(self._console.width, _WIDEST)
        self._written = 0

    def write_records(self, records: Sequence[Record]) -> None:
        """Writes the block of one document; nothing where it has no record."""
        if not records:
            return
        self._console.print(_heading_of(records[0].document), style="bold")
        self._console.print(_row_of([Text(name, style="dim") for name in _HEADINGS]))
        for _, together in groupby(records, key=_statement_of):
            self._write_statement(list(together))
        self._written += len(records)

    def finish(self) -> None:
        """Says so where no document had a record."""
        if not self._written:
            self._console.print("no records")

    def _write_statement(self, records: Sequence[Record]) -> None:
        """Writes the records of one sentence, then the sentence with their figures marked."""
        for record in records:
            self._console.print(_row_of(_cells_of(record)))
        plain = self._console.color_system is None
        quote = quote_evidence([record.evidence[0] for record in records], plain=plain)
        for line in quote.wrap(self._console, self._console.width - len(_INDENT)):
            line.rstrip()
            self._console.print(Text.assemble(_INDENT, line))
        self._console.print()


def describe_figure(record: Record) -> str:
    """The number as a reader would write it: "27,664 requests", "~ 42%", "+56%"."""
    number = _number(record.value)
    if record.value_max is not None:
        number = f"{number}–{_number(record.value_max)}"
    if record.statistic is Statistic.COUNT:
        return f"{_BOUNDS[record.bound]}{number} {record.counted}"
    sign = "+" if record.statistic is Statistic.CHANGE and record.value > 0 else ""
    return f"{_BOUNDS[record.bound]}{sign}{number}% {record.statistic}"


def describe_period(period: ReportingPeriod | None) -> str:
    """The period in its shortest usual form: "2020", "H1 2020", "Q3 2020", "Jan–Apr 2020"."""
    if period is None:
        return "–"
    start, end = period.start, period.end
    last_day = calendar.monthrange(end.year, end.month)[1]
    if start.year != end.year or start.day != 1 or end.day != last_day:
        return f"{start} – {end}"
    months = (start.month, end.month)
    if months in _PARTS_OF_YEAR:
        return f"{_PARTS_OF_YEAR[months]} {start.year}".strip()
    first, last = _MONTHS[start.month - 1], _MONTHS[end.month - 1]
    return f"{first} {start.year}" if first == last else f"{first}–{last} {start.year}"


def quote_evidence(statements: Sequence[Evidence], *, plain: bool) -> Text:
    """The words that state the facts, as one line with the figures marked.

    ``statements`` have one quote. Figures are set off by style, or by asterisks if ``plain``.
    """
    quote, start = statements[0].quote, statements[0].start
    fields = [item.fields["value"] for item in statements if "value" in item.fields]
    spans = sorted({(field.start - start, field.end - start) for field in fields})
    parts: list[tuple[str, str]] = [("“", "")]
    place = 0
    for first, last in spans:
        if place <= first < last <= len(quote):
            last += quote.startswith("%", last)
            figure = _show(quote[first:last])
            parts.append((_show(quote[place:first]), _QUOTE_STYLE))
            parts.append((f"*{figure}*" if plain else figure, _FIGURE_STYLE))
            place = last
    parts += [(_show(quote[place:]), _QUOTE_STYLE), ("”", "")]
    return Text.assemble(*parts)


def _show(text: str) -> str:
    return text.translate(_CONTROLS)


def _number(value: float) -> str:
    plain = plain_number(value)
    return f"{plain:,}"


def _heading_of(document: DocumentReference) -> Text:
    parts = [document.title or document.source, document.publisher or ""]
    parts.append(document.published.isoformat() if document.published else "")
    if document.title:
        parts.append(document.source)
    return Text(" · ".join(_show(part) for part in parts if part))


def _statement_of(record: Record) -> tuple[int, int]:
    return record.evidence[0].start, record.evidence[0].end


def _cells_of(record: Record) -> list[Text]:
    process = "" if record.legal_process == "all" else record.legal_process.replace("_", " ")
    subject = "" if record.subject == "user_data" else record.subject.replace("_", " ")
    data = "" if record.data == "any" else record.data.replace("_", "-")
    kind = ", ".join(part for part in (process, subject, data) if part) or "all"
    return [
        Text(describe_figure(record), style="bold"),
        Text(_show(record.company or "–")),
        Text(record.jurisdiction),
        Text(describe_period(record.period)),
        Text(kind),
        Text(record.outcome.replace("_", " ")),
    ]


def _row_of(cells: Sequence[Text]) -> Table:
    row = Table.grid(padding=(0, 1), expand=True)
    for ratio in _RATIOS:
        row.add_column(ratio=ratio, overflow="fold")
    row.add_row(*cells)
    return row
