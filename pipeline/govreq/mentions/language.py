"""The language model: one loader, and the tokens of the sentences that are worth a parse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from govreq.article.spans import Span
from govreq.errors import ModelError
from govreq.mentions.sentence import Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The tokenizer is quadratic in one long run without white space: cut such runs for its eyes.
_LONG_RUN = re.compile(r"\S{257,}")
_UNUSED = ["lemmatizer", "attribute_ruler"]
_NEEDED = ("tok2vec", "tagger", "parser")


@cache
def load_language(model: str) -> Language:
    """The installed spaCy package ``model``, reduced to what govreq uses.

    Raises:
        ModelError: it is not installed, or has no tagger and parser.
    """
    import spacy

    try:
        language = spacy.load(model, exclude=_UNUSED)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"language model {model!r} cannot be loaded ({error}); install it with pip"
        ) from error
    missing = [name for name in _NEEDED if name not in language.pipe_names]
    if missing:
        raise ModelError(f"language model {model!r} lacks {', '.join(missing)}")
    return language


def parse_sentences(text: str, spans: Sequence[Span], model: str) -> list[tuple[Token, ...]]:
    """The tokens of each span of ``text``, tagged and parsed; offsets are those of ``text``."""
    language = load_language(model)
    with language.select_pipes(disable=[name for name in language.pipe_names if name == "ner"]):
        docs = language.pipe(_readable(span.of(text)) for span in spans)
        return [_tokens_of(doc, span.start) for doc, span in zip(docs, spans, strict=True)]


def find_organisations(text: str, spans: Sequence[Span], model: str) -> list[list[Span]]:
    """Spans that the model takes for organisations, for each span of ``text``."""
    language = load_language(model)
    if "ner" not in language.pipe_names:
        return [[] for _ in spans]
    others = [name for name in language.pipe_names if name != "ner"]
    with language.select_pipes(disable=others):
        docs: Iterable[Doc] = language.pipe(_readable(span.of(text)) for span in spans)
        return [
            [
                Span(entity.start_char, entity.end_char).shifted(span.start)
                for entity in doc.ents
                if entity.label_ == "ORG"
            ]
            for doc, span in zip(docs, spans, strict=True)
        ]


def _readable(sentence: str) -> str:
    """The sentence with the tail of each overlong run blanked: same length, same offsets."""
    return _LONG_RUN.sub(lambda run: run.group()[:256] + " " * (len(run.group()) - 256), sentence)


def _tokens_of(doc: Doc, offset: int) -> tuple[Token, ...]:
    return tuple(
        Token(
            span=Span(token.idx, token.idx + len(token)).shifted(offset),
            text=token.text,
            pos=token.tag_,
            dep=token.dep_,
            head=token.head.i,
        )
        for token in doc
    )
