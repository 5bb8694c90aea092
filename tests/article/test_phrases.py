"""Each row of the phrase tables fires in its own examples and not in its counter-examples."""

from __future__ import annotations

import pytest

from govreq.article.class_words import ClassWordRow, Hint, hints_of
from govreq.article.phrases import Phrase, load_phrases, speaks_as_outlet
from govreq.article.runs import VoiceRow, words_of
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


@pytest.mark.parametrize("row", load_rows("appeal_voice", VoiceRow), ids=lambda row: row.words[0])
def test_voice_word_examples(row: VoiceRow) -> None:
    """An accepted sentence speaks as the outlet and has a word of the row; no refused one does."""
    words = set(row.words)
    assert [text for text in row.accepts if not words_of(text) & words] == []
    assert [text for text in row.accepts if not speaks_as_outlet(text)] == []
    assert [text for text in row.refuses if words_of(text) & words] == []
    assert row.refuses
    assert {word for word in words if words_of(word) != {word}} == set()


def test_voice_words_stand_in_one_row() -> None:
    words = [word for row in load_rows("appeal_voice", VoiceRow) for word in row.words]
    assert sorted(set(words)) == sorted(words)
