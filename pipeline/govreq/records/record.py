"""The record: one stated fact about government demands, validated.

Field names and values are those of ``fixtures/gold/GUIDELINES.md``. One record is one row of a
database; what says where the fact was read is in ``document`` and ``evidence``.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from govreq.mentions.mention import Bound

SCHEMA_VERSION = "1.0"


class Statistic(StrEnum):
    """What sort of number a record is."""

    COUNT = "count"
    SHARE = "share"
    RATE = "rate"
    CHANGE = "change"


class Counted(StrEnum):
    """What is counted: the demands, the accounts that they name, or the items to be removed."""

    REQUESTS = "requests"
    ACCOUNTS = "accounts"
    ITEMS = "items"


class Outcome(StrEnum):
    """What became of the demands that the number counts."""

    RECEIVED = "received"
    DISCLOSED = "disclosed"
    DISCLOSED_FULL = "disclosed_full"
    DISCLOSED_PARTIAL = "disclosed_partial"
    REJECTED = "rejected"
    CHALLENGED = "challenged"
    GAGGED = "gagged"
    NOTIFIED = "notified"


class Subject(StrEnum):
    """What the demands ask for."""

    USER_DATA = "user_data"
    CONTENT_REMOVAL = "content_removal"
    PRESERVATION = "preservation"


class LegalProcess(StrEnum):
    """By which legal instrument the demands were made; ``all`` where that is unsaid."""

    ALL = "all"
    SUBPOENA = "subpoena"
    SEARCH_WARRANT = "search_warrant"
    COURT_ORDER = "court_order"
    WIRETAP = "wiretap"
    PEN_REGISTER = "pen_register"
    EMERGENCY = "emergency"
    NATIONAL_SECURITY = "national_security"
    NSL = "nsl"
    FISA = "fisa"
    MLAT = "mlat"
    GEOFENCE = "geofence"
    ORDINARY = "ordinary"
    CIVIL = "civil"


class DataKind(StrEnum):
    """Which data the demands concern; ``any`` where that is unsaid."""

    ANY = "any"
    CONTENT = "content"
    NON_CONTENT = "non_content"


class Grade(StrEnum):
    """How far a record can be trusted, as measured on the gold documents."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Frozen(BaseModel):
    """Base of the models below: immutable, finite, no field beside the declared ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ReportingPeriod(Frozen):
    """The time that a figure covers: first and last day, both inclusive."""

    start: datetime.date
    end: datetime.date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"period ends {self.end} before it starts {self.start}")
        return self


class FieldEvidence(Frozen):
    """Where one field was read: characters of the article's text, and the rule that read it."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    rule: str


class Evidence(Frozen):
    """One statement of the fact.

    ``quote`` is ``article.text[start:end]``: the sentence, list item or table row. ``fields`` maps
    a field's name to its own stretch of the text, which may lie in another sentence; a field that
    is missing there was not read but follows from the absence of a word (``legal_process`` "all").
    ``page`` is the number of the PDF's page that it begins on, null for other documents.
    """

    quote: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    fields: dict[str, FieldEvidence]
    page: Annotated[int, Field(ge=1)] | None = None


class Finding(Frozen):
    """A consistency check that the record took part in; it never changes the record."""

    check: str
    message: str
    records: tuple[str, ...] = ()


class DocumentReference(Frozen):
    """The document in which the fact was read.

    ``source`` is the path or URL that was read, ``url`` the page's canonical address, ``sha256``
    the hash of its bytes.
    """

    source: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Record(Frozen):
    """One fact: how many demands, to whom, from where, when, by which process, with what outcome.

    ``value`` is the number as stated (percent for share, rate and change), ``value_max`` the upper
    end of a range. ``company`` is null where no single company is meant, ``period`` is null where
    the document does not settle it. ``jurisdiction`` is an ISO 3166 code or one of ``WORLD``,
    ``EU``, ``EUROPE``, ``NON-US``, ``OTHER``.
    """

    record_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    statistic: Statistic
    value: float
    value_max: float | None = None
    bound: Bound
    counted: Counted
    outcome: Outcome
    subject: Subject
    legal_process: LegalProcess
    data: DataKind
    company: Annotated[str, StringConstraints(min_length=1)] | None
    jurisdiction: Annotated[
        str, StringConstraints(pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|WORLD|EUROPE|NON-US|OTHER)$")
    ]
    period: ReportingPeriod | None
    document: DocumentReference
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    confidence: Grade
    findings: tuple[Finding, ...] = ()
    schema_version: str = SCHEMA_VERSION

    @model_validator(mode="after")
    def _range_is_one(self) -> Self:
        if (self.bound is Bound.RANGE) != (self.value_max is not None):
            raise ValueError("bound 'range' and value_max go together")
        if self.value_max is not None and self.value_max < self.value:
            raise ValueError(f"range {self.value}..{self.value_max} is upside down")
        return self

    @model_validator(mode="after")
    def _value_fits_statistic(self) -> Self:
        if self.statistic is not Statistic.CHANGE and self.value < 0:
            raise ValueError(f"a {self.statistic} cannot be negative: {self.value}")
        if self.statistic in (Statistic.SHARE, Statistic.RATE) and self.value > 100:
            raise ValueError(f"a {self.statistic} is at most 100 percent: {self.value}")
        return self
