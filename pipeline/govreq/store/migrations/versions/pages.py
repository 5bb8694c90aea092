"""Evidence of PDFs: the page that a quote stands on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the column; documents without pages have none."""
    op.add_column("evidence", sa.Column("page", sa.Integer))
