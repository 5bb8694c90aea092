"""The views that an analyst asks for: current_records, facts, requests_by_period."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

_CURRENT_RECORDS = """
CREATE VIEW current_records AS
SELECT r.document_id, r.record_id, r.statistic, r.value, r.value_max, r.bound, r.counted,
       r.outcome, r.subject, r.legal_process, r.data, r.company, r.jurisdiction, r.period_start,
       r.period_end, r.confidence, d.source, d.url, d.title, d.publisher, d.published, e.quote
FROM records r
JOIN documents d ON d.document_id = r.document_id
LEFT JOIN evidence e
  ON e.document_id = r.document_id AND e.record_id = r.record_id AND e.position = 0
WHERE NOT r.closed
"""

_FACT = """statistic, value, value_max, bound, counted, outcome, subject, legal_process, data,
       company, jurisdiction, period_start, period_end"""

_FACTS = """
CREATE VIEW facts AS
SELECT {fact}, COUNT(*) AS documents, MIN(published) AS first_published, {sources} AS sources
FROM (SELECT * FROM current_records ORDER BY source) stated
GROUP BY {fact}
"""
_LISTED = {
    "sqlite": "group_concat(source, char(10))",
    "postgresql": "string_agg(source, chr(10) ORDER BY source)",
}

_BY_PERIOD = """
CREATE VIEW requests_by_period AS
SELECT company, jurisdiction, period_start, period_end, subject, counted, legal_process,
       MAX(CASE WHEN outcome = 'received' THEN value END) AS received,
       MIN(CASE WHEN outcome = 'received' THEN value END) AS received_least,
       MAX(CASE WHEN outcome = 'disclosed' THEN value END) AS disclosed,
       MAX(CASE WHEN outcome = 'rejected' THEN value END) AS rejected,
       COUNT(DISTINCT document_id) AS documents
FROM current_records
WHERE statistic = 'count' AND bound IN ('exact', 'approx') AND data = 'any'
GROUP BY company, jurisdiction, period_start, period_end, subject, counted, legal_process
"""


def upgrade() -> None:
    """Makes the views."""
    listed = _LISTED[op.get_context().dialect.name]
    for view in (_CURRENT_RECORDS, _FACTS.format(fact=_FACT, sources=listed), _BY_PERIOD):
        op.execute(view)
