"""Constructions of the sentences that state records, told by their words: for the error table."""

from __future__ import annotations

import re

CONSTRUCTIONS: dict[str, re.Pattern[str]] = {
    "brackets": re.compile(r"\([^)]*\d[^)]*\)"),
    "respectively": re.compile(r"\brespectively\b"),
    "each, both": re.compile(r"\b(?:each|apiece|both)\b"),
    "comparison": re.compile(r"\b(?:up|down|compared|rose|fell|from) (?:from|with|to)\b|\bthan\b"),
    "growth": re.compile(r"\b(?:increase|rise|rose|grew|jump|doubl|tripl|fold|drop|fell|decline)"),
    "of which, the rest": re.compile(
        r"\bof (?:which|those|these|them|whom)\b|\bthe (?:rest|others)\b"
    ),
    "list item": re.compile(r"^\s*[•*–-]|^\d+\."),
    "range": re.compile(r"\d[–-]\d|\bbetween [\d,]+ and\b"),
    "number words": re.compile(
        r"\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|half|third)\b"
    ),
    "enumeration": re.compile(r"\d[^;]*,[^;]*\d[^;]*,[^;]*\d"),
    "relative period": re.compile(
        r"\b(?:last|previous|earlier|before|preceding|same|this) (?:year|half|period|six)"
    ),
    "reference": re.compile(r"\b(?:it|its|they|their|the company|the firm|there)\b", re.IGNORECASE),
}
"""Name of a construction: what shows it in a sentence."""


def constructions_of(sentence: str) -> list[str]:
    """The constructions that a sentence shows; ``plain`` where there is none."""
    found = [name for name, pattern in CONSTRUCTIONS.items() if pattern.search(sentence)]
    return found or ["plain"]
