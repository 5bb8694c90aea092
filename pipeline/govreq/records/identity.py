"""Identity: what makes two statements one fact, and the stable id of a record."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from govreq.candidates.candidate import Candidate
from govreq.mentions.mention import Period


@dataclass(frozen=True, slots=True)
class Fact:
    """What a record says, without where it was said: equal facts are one record."""

    statistic: str
    value: float
    value_max: float | None
    counted: str
    outcome: str
    subject: str
    legal_process: str
    data: str
    company: str | None
    jurisdiction: str
    period: Period | None


def fact_of(candidate: Candidate) -> Fact:
    """The fact that a candidate states."""
    return Fact(
        statistic=candidate.statistic.value or "",
        value=candidate.value,
        value_max=candidate.value_max,
        counted=candidate.counted.value or "",
        outcome=candidate.outcome.value or "",
        subject=candidate.subject.value or "",
        legal_process=candidate.legal_process.value or "",
        data=candidate.data.value or "",
        company=candidate.company.value,
        jurisdiction=candidate.jurisdiction.value or "",
        period=candidate.period.value,
    )


def identify_record(document: str, fact: Fact) -> str:
    """A stable id of 16 hexadecimal digits: the same fact in the same document has the same id.

    ``document`` is the page's canonical URL, or the source that was read where it names none.
    """
    period = [fact.period.start.isoformat(), fact.period.end.isoformat()] if fact.period else None
    parts = [
        document,
        fact.statistic,
        fact.value,
        fact.value_max,
        fact.counted,
        fact.outcome,
        fact.subject,
        fact.legal_process,
        fact.data,
        fact.company,
        fact.jurisdiction,
        period,
    ]
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]
