"""Spans: half-open character ranges of one article's text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters ``text[start:end]``: offsets in Unicode code points, end exclusive.

    >>> Span(4, 9).of("the words")
    'words'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """The same stretch, ``by`` characters further on."""
        return Span(self.start + by, self.end + by)

    def joined(self, other: Span) -> Span:
        """The shortest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))
