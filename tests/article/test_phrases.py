"""Each row of the phrase tables fires in its own examples and not in its counter-examples."""

from __future__ import annotations

import pytest

from govreq.article.class_words import ClassWordRow, Hint, hints_of
from govreq.article.phrases import Phrase, load_phrases, speaks_as_outlet
from govreq.vocabulary.loader import load_rows


def fires(phrase: Phrase, text: str) -> bool:
    words = text.count(" ") + 1
    possible = not phrase.row.needs or any(need in text.lower() for need in phrase.row.needs)
    return possible and phrase.fires(text, words, True, lambda: speaks_as_outlet(text))


@pytest.mark.parametrize("phrase", load_phrases(), ids=lambda phrase: phrase.name)
def test_phrase_examples(phrase: Phrase) -> None:
    assert [text for text in phrase.row.accepts if not fires(phrase, text)] == []
    assert [text for text in phrase.row.refuses if fires(phrase, text)] == []
    assert phrase.row.refuses


@pytest.mark.parametrize("row", load_rows("class_words", ClassWordRow), ids=lambda row: row.hint)
def test_class_word_examples(row: ClassWordRow) -> None:
    hint = Hint[row.hint.upper()]
    assert [names for names in row.accepts if not hints_of(names) & hint] == []
    assert [names for names in row.refuses if hints_of(names) & hint] == []
