"""The tables: runs, documents, records, evidence, rejections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables of the first schema."""
    _make_runs_and_documents()
    _make_records()
    _make_evidence()
    op.create_table(
        "rejections",
        sa.Column("document_id", sa.String(16)),
        sa.Column("position", sa.Integer),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_rejections"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.document_id"], name="fk_rejections_documents"
        ),
    )


def _make_runs_and_documents() -> None:
    op.create_table(
        "runs",
        sa.Column("run_id", sa.Integer),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_runs"),
    )
    op.create_table(
        "documents",
        sa.Column("document_id", sa.String(16)),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_documents"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name="fk_documents_runs"),
    )


def _make_records() -> None:
    op.create_table(
        "records",
        sa.Column("document_id", sa.String(16)),
        sa.Column("record_id", sa.String(16)),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("statistic", sa.String(16), nullable=False),
        sa.Column("value", sa.Float, nullable=False),
        sa.Column("value_max", sa.Float),
        sa.Column("bound", sa.String(16), nullable=False),
        sa.Column("counted", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("legal_process", sa.String(32), nullable=False),
        sa.Column("data", sa.String(16), nullable=False),
        sa.Column("company", sa.Text),
        sa.Column("jurisdiction", sa.String(8), nullable=False),
        sa.Column("period_start", sa.Date),
        sa.Column("period_end", sa.Date),
        sa.Column("confidence", sa.String(16), nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("schema_version", sa.String(16), nullable=False),
        sa.Column("closed", sa.Boolean, nullable=False),
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "record_id", name="pk_records"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.document_id"], name="fk_records_documents"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name="fk_records_runs"),
    )
    op.create_index("ix_records_company", "records", ["company", "jurisdiction", "period_start"])
    op.create_index("ix_records_record_id", "records", ["record_id"])


def _make_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("document_id", sa.String(16)),
        sa.Column("record_id", sa.String(16)),
        sa.Column("position", sa.Integer),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "record_id", "position", name="pk_evidence"),
        sa.ForeignKeyConstraint(
            ["document_id", "record_id"],
            ["records.document_id", "records.record_id"],
            name="fk_evidence_records",
        ),
    )
