"""A sentence with its tokens and mentions: what the candidates stage reads."""

from __future__ import annotations

from dataclasses import dataclass

from govreq.article.article import BlockKind
from govreq.article.spans import Span
from govreq.mentions.mention import (
    CompanyName,
    Cue,
    JurisdictionName,
    Mention,
    PeriodExpression,
    Quantity,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a parsed sentence.

    ``head`` is the index, within the sentence, of the token that it depends on (its own index for
    the root); ``pos`` is the fine-grained Penn Treebank tag, ``dep`` the dependency label.
    """

    span: Span
    text: str
    pos: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one block, with its mentions in the order of the text, by kind.

    ``tokens`` is empty where the sentence was not parsed (no number, or no gate word).
    """

    span: Span
    block: int
    kind: BlockKind
    tokens: tuple[Token, ...] = ()
    quantities: tuple[Mention[Quantity], ...] = ()
    periods: tuple[Mention[PeriodExpression], ...] = ()
    companies: tuple[Mention[CompanyName], ...] = ()
    jurisdictions: tuple[Mention[JurisdictionName], ...] = ()
    cues: tuple[Mention[Cue], ...] = ()
