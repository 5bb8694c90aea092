"""Slots of labelled figures: which label filled them, and by which rule."""

from __future__ import annotations

from govreq.article.spans import Span
from govreq.candidates.candidate import Slot
from govreq.candidates.sheet import Label
from govreq.mentions.mention import Cue, Mention


def slot_of(value: str, cue: Mention[Cue], label: Label) -> Slot:
    """A slot read from a cue of a label."""
    return Slot(value, cue.span, f"{label.tier}:{cue.rule}")


def mark_slot(value: str, mark: str, span: Span, label: Label) -> Slot:
    """A slot read from a word of tables."""
    return Slot(value, span, f"{label.tier}:table_labels:{mark}")


def default_slot(value: str) -> Slot:
    """A slot that nothing speaks for."""
    return Slot(value, None, "default")
