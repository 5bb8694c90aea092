"""The tables of a database of records; the same on SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Integer, primary_key=True),
    Column("started", String(32), nullable=False),  # UTC, ISO 8601
    Column("version", String(32), nullable=False),
    Column("settings", Text, nullable=False),  # JSON
)
"""One row a load that changed something: what it was done with."""

documents = Table(
    "documents",
    metadata,
    Column("document_id", String(16), primary_key=True),
    Column("source", Text, nullable=False),
    Column("sha256", String(64)),
    Column("status", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("url", Text),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", Date),
    Column("digest", String(64), nullable=False),  # of the report: equal digest, nothing to do
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),  # that changed it last
)
"""One row a source. Its id is a hash of the source as the user gave it."""

records = Table(
    "records",
    metadata,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("record_id", String(16), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("statistic", String(16), nullable=False),
    Column("value", Float, nullable=False),
    Column("value_max", Float),
    Column("bound", String(16), nullable=False),
    Column("counted", String(16), nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("subject", String(32), nullable=False),
    Column("legal_process", String(32), nullable=False),
    Column("data", String(16), nullable=False),
    Column("company", Text),
    Column("jurisdiction", String(8), nullable=False),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("confidence", String(16), nullable=False),
    Column("findings", Text, nullable=False),  # JSON
    Column("schema_version", String(16), nullable=False),
    Column("closed", Boolean, nullable=False),  # its document no longer states it
    Column("run_id", ForeignKey("runs.run_id"), nullable=False),  # that changed it last
    Index(None, "company", "jurisdiction", "period_start"),
    Index("ix_records_record_id", "record_id"),
)
"""One row a fact in a document; one that its document no longer states is closed, not deleted."""

evidence = Table(
    "evidence",
    metadata,
    Column("document_id", String(16), primary_key=True),
    Column("record_id", String(16), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("fields", Text, nullable=False),  # JSON
    Column("page", Integer),  # of a PDF
    ForeignKeyConstraint(
        ["document_id", "record_id"], ["records.document_id", "records.record_id"]
    ),
)
"""One row a statement of a fact; offsets are those of the article's text."""

rejections = Table(
    "rejections",
    metadata,
    Column("document_id", ForeignKey("documents.document_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("reason", String(64), nullable=False),
    Column("rule", Text, nullable=False),
)
"""One row a number that became no record."""
