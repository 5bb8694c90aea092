"""Table: records for reading, each with the words that it was read from."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
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
# A page's text must not steer the terminal: every control character is shown as a space.
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")


@writer("table")
class TableWriter:
    """Writes a block for each document: its title, then its records with their evidence."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False)
        self._written = 0

    def write_records(self, records: Sequence[Record]) -> None:
        """Writes the block of one document; nothing where it has no record."""
        if not records:
            return
        self._console.print(_heading_of(records[0].document), style="bold")
        self._console.print(_row_of([Text(name, style="dim") for name in _HEADINGS]))
        for record in records:
            self._console.print(_row_of(_cells_of(record)))
            self._console.print(Padding(quote_evidence(record.evidence[0]), (0, 0, 1, 2)))
        self._written += len(records)

    def finish(self) -> None:
        """Says so where no document had a record."""
        if not self._written:
            self._console.print("no records")


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


def quote_evidence(evidence: Evidence) -> Text:
    """The words that state the fact on one line, with the figure marked."""
    text = Text(f"“{_show(evidence.quote)}”", style="dim", overflow="fold")
    figure = evidence.fields.get("value")
    if figure is not None:
        start = figure.start - evidence.start + 1
        text.stylize(_FIGURE_STYLE, start, start + figure.end - figure.start)
    return text


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
