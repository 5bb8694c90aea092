"""Tokens and the dependency tree of one parsed sentence, indexed for quick questions."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from govreq.article.spans import Span
from govreq.mentions.sentence import Sentence, Token

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})


class TokenTree:
    """One sentence's tokens; indices are positions in ``tokens``.

    A sentence that was not parsed has no tokens: then every index is -1.
    """

    def __init__(self, sentence: Sentence) -> None:
        self.tokens: tuple[Token, ...] = sentence.tokens
        self._starts = [token.span.start for token in self.tokens]

    def index_of(self, offset: int) -> int:
        """The token that covers the character ``offset``, or the last one before it."""
        return bisect_right(self._starts, offset) - 1

    def last_of(self, span: Span) -> int:
        """The last token of ``span``."""
        return self.index_of(max(span.start, span.end - 1))

    def head_of(self, span: Span) -> int:
        """The token of ``span`` whose head lies outside it: the syntactic head of the mention."""
        first, last = self.index_of(span.start), self.last_of(span)
        for index in range(last, first - 1, -1):
            head = self.tokens[index].head
            if head < first or head > last or head == index:
                return index
        return last

    def ancestors_of(self, index: int) -> list[int]:
        """The token itself, its head, and so on to the root."""
        chain = [index]
        while self.tokens[index].head != index and len(chain) <= len(self.tokens):
            index = self.tokens[index].head
            chain.append(index)
        return chain

    def path_length(self, one: int, other: int) -> int:
        """Edges between two tokens in the dependency tree; 30 where no path was found."""
        if one < 0 or other < 0:
            return 30
        up = self._chains[one]
        places = {index: steps for steps, index in enumerate(up)}
        for steps, index in enumerate(self._chains[other]):
            if index in places:
                return places[index] + steps
        return 30

    def covers(self, ancestor: int, index: int) -> bool:
        """Whether ``index`` hangs (directly or not) under ``ancestor``, or is it."""
        return index >= 0 and ancestor in self._chains[index]

    def verb_over(self, index: int) -> int:
        """The nearest verb at or above the token, -1 where there is none."""
        for ancestor in self._chains[index] if index >= 0 else ():
            if self.tokens[ancestor].pos in VERB_TAGS:
                return ancestor
        return -1

    def noun_of(self, index: int) -> int:
        """The noun that a number modifies or, elided, stands for; the token itself if neither."""
        if index < 0:
            return -1
        token = self.tokens[index]
        if token.dep in ("nummod", "compound", "amod", "quantmod", "nmod", "npadvmod", "advmod"):
            head = token.head
            if self.tokens[head].pos.startswith("NN"):
                return head
            if self.tokens[head].dep in ("nummod", "compound", "quantmod"):
                return self.tokens[head].head
        return index

    @cached_property
    def _chains(self) -> list[list[int]]:
        return [self.ancestors_of(index) for index in range(len(self.tokens))]

    @cached_property
    def verbs_before(self) -> list[int]:
        """How many verbs stand before each token."""
        return self._counts(lambda token: token.pos in VERB_TAGS)

    def _counts(self, test) -> list[int]:  # type: ignore[no-untyped-def]
        counts = [0]
        for token in self.tokens:
            counts.append(counts[-1] + bool(test(token)))
        return counts
