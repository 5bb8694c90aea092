"""Sentences end where a reader would end them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreq.article.spans import Span
from govreq.mentions.split import split_sentences


def sentences_of(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It got 12. Spain sent 3.", ["It got 12.", "Spain sent 3."]),
        ("It rose 3.5 per cent in the U.S. data.", ["It rose 3.5 per cent in the U.S. data."]),
        ("It rose in the U.S. The rest fell.", ["It rose in the U.S.", "The rest fell."]),
        ("Facebook Inc. Wednesday said 9.", ["Facebook Inc. Wednesday said 9."]),
        (
            "On Jan. 5 Sen. Wyden wrote. “No.” He left.",
            ["On Jan. 5 Sen. Wyden wrote.", "“No.”", "He left."],
        ),
        ("1. Turkey - 30,183", ["1. Turkey - 30,183"]),
        ("He asked: “Why?” Nobody knew.", ["He asked: “Why?”", "Nobody knew."]),
        ("Apple v. FBI was closed. It ended.", ["Apple v. FBI was closed.", "It ended."]),
    ],
)
def test_sentences_end_at_full_stops_not_at_abbreviations(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


@given(st.text(alphabet="aB.!? \n”(1U", max_size=60))
def test_spans_lie_in_order_and_lose_nothing_but_white_space(text: str) -> None:
    spans = split_sentences(text, Span(0, len(text)))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


def test_only_the_given_stretch_is_split() -> None:
    text = "One. Two. Three."
    assert [span.of(text) for span in split_sentences(text, Span(5, 9))] == ["Two."]
