"""Gold documents and predicted records, as far as scoring needs them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path, PurePath

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from govreq.errors import RecordFileError
from govreq.records.lines import describe_fault, read_lines
from govreq.vocabulary.loader import Row, load_rows

_LEGAL_FORMS = (" inc.", " inc", " ltd", " llc", " corporation", " corp", " plc", " ag")


class SameCompany(Row):
    """Names of one business; ``name`` and ``aliases`` are in lower case, without a legal form."""

    name: str
    aliases: tuple[str, ...]


class Lenient(BaseModel):
    """Base of the models below: what scoring does not need is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class StatedPeriod(Lenient):
    """A period as a file writes it; only the days of the two dates are compared."""

    start: str
    end: str


class NamedCompany(Lenient):
    """A company that is written as an object."""

    name: str | None


class NamedSource(Lenient):
    """The document of a record."""

    source: str


class ScoredRecord(Lenient):
    """A gold or a predicted record, with the fields that are compared."""

    statistic: str
    value: float
    value_max: float | None = None
    bound: str | None = None
    counted: str | None = None
    outcome: str | None = None
    subject: str | None = None
    legal_process: str | None = None
    data: str | None = None
    company: str | NamedCompany | None = None
    jurisdiction: str | None = None
    period: StatedPeriod | None = None
    document: NamedSource | str | None = None
    evidence: JsonValue = None

    def figure(self) -> tuple[str, float, float | None]:
        """What must be equal for two records to be about one number."""
        upper = None if self.value_max is None else round(self.value_max, 4)
        return self.statistic, round(self.value, 4), upper

    def compared(self, field: str) -> str | tuple[str, str] | None:
        """The value of ``field`` in the form in which two records are compared."""
        if field == "company":
            named = self.company
            return normalize_company(named.name if isinstance(named, NamedCompany) else named)
        if field == "period":
            return (self.period.start[:10], self.period.end[:10]) if self.period else None
        value = getattr(self, field)
        return value if isinstance(value, str) else None


class GoldDocument(Lenient):
    """A document with every record that it states."""

    id: str
    records: tuple[ScoredRecord, ...]


def normalize_company(name: str | None) -> str | None:
    """The name in lower case, without its legal form, by the business's common name.

    >>> normalize_company("X Corp"), normalize_company("Amazon.com, Inc.")
    ('twitter', 'amazon')
    """
    if name is None:
        return None
    plain = " ".join(name.lower().replace(",", " ").replace(".com", "").split())
    for form in _LEGAL_FORMS:
        plain = plain.removesuffix(form)
    return _same_companies().get(plain, plain)


def load_gold(folder: Path) -> dict[str, GoldDocument]:
    """The gold documents of a folder (its ``*.json`` files) by their id.

    Raises:
        RecordFileError: there is none, or one is not of the expected form.
    """
    found: dict[str, GoldDocument] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            document = GoldDocument.model_validate_json(path.read_bytes())
        except OSError as error:
            raise RecordFileError(f"{path}: cannot be read ({error.strerror})") from error
        except ValidationError as error:
            raise RecordFileError(describe_fault(path, 1, error)) from error
        found[document.id] = document
    if not found:
        raise RecordFileError(f"{folder}: holds no gold document (*.json)")
    return found


def load_predictions(path: Path) -> dict[str, list[ScoredRecord]]:
    """The records of a JSONL file by the stem of the file that each was read from.

    Raises:
        RecordFileError: the file cannot be read, or a line is no record.
    """
    by_document: dict[str, list[ScoredRecord]] = defaultdict(list)
    for number, line in read_lines(path):
        try:
            record = ScoredRecord.model_validate_json(line)
        except ValidationError as error:
            raise RecordFileError(describe_fault(path, number, error)) from error
        document = record.document
        source = document.source if isinstance(document, NamedSource) else document
        by_document[PurePath(source or "").stem].append(record)
    return by_document


@cache
def _same_companies() -> dict[str, str]:
    rows = load_rows("same_companies", SameCompany)
    return {alias: row.name for row in rows for alias in row.aliases}
