"""Sheets: tables, definition lists, tiles and bullet lists as figures with the labels over them.

A :class:`Place` is one figure and the labels that speak for it, the nearest first. Where a label
stands (its :class:`Tier`) decides how much it is trusted, whatever kind of sheet it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from govreq.article.spans import Span
from govreq.mentions.mention import Mention, Quantity


class Tier(StrEnum):
    """Where a label stands, seen from the figure."""

    ROW = "row"  # the header of its own row, or a list item's own words
    COLUMN = "column"  # the headers of its own column, the deepest first
    PARENT = "parent"  # the row, column or item that a dependent label belongs to
    GROUP = "group"  # a row that names the rows below it
    CORNER = "corner"  # the header over the row headers
    CAPTION = "caption"
    HEADING = "heading"  # the headings that the sheet stands under, the nearest first
    INTRODUCTION = "introduction"  # paragraphs above the sheet, the nearest first
    TITLE = "title"


OWN = (Tier.ROW, Tier.COLUMN)
NEAR = (*OWN, Tier.PARENT, Tier.GROUP)
SHEET = (*NEAR, Tier.CORNER, Tier.CAPTION)


@dataclass(frozen=True, slots=True)
class Label:
    """The words at ``span`` as seen from a figure.

    ``axis`` is shared by the labels that stand beside each other (one column of row headers, one
    row of column headers), so that a label can be read by its siblings. ``depth`` counts headings
    and introductions outwards, 0 is the nearest.
    """

    span: Span
    tier: Tier
    axis: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of a sheet, the statement that it stands in, and its labels, the nearest first."""

    figure: Mention[Quantity]
    statement: Span
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table or list: its places, the labels beside each other, and what stands around it.

    ``siblings`` holds, for each axis, its labels in order. ``around`` are the captions, headings,
    introductions and the title, each nearest first. ``remarks`` are the cells that hold numbers and
    are no figures, with the reason.
    """

    places: tuple[Place, ...]
    siblings: dict[str, tuple[Label, ...]]
    around: tuple[Label, ...] = ()
    remarks: tuple[tuple[Span, str], ...] = ()
