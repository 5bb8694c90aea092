"""Names and numbers of two enumerations belong together by their place."""

import re

import pytest

from govreq.article.spans import Span
from govreq.candidates.series import align_series


def spans_of(pattern: str, text: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(pattern, text)]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "Germany and India made 188 and 142 demands, respectively.",
            "Germany|India",
            {("188", "Germany"), ("142", "India")},
        ),
        (
            "471, 500 and 633 were blocked in 2014, 2015 and 2016.",
            "20\\d\\d",
            {("471", "2014"), ("500", "2015"), ("633", "2016")},
        ),
        ("Germany made 188 and 142 demands.", "Germany", set()),
        ("Germany, India and Peru made 188 and 142 demands.", "Germany|India|Peru", set()),
        ("Germany made 188 demands and India 142.", "Germany|India", set()),
    ],
)
def test_series_of_one_length_are_aligned(
    text: str, names: str, expected: set[tuple[str, str]]
) -> None:
    numbers = spans_of(r"\b\d{3}\b", text)
    aligned = align_series(text, numbers, spans_of(names, text))
    pairs = {(n.of(text), m.of(text)) for (n, m), same in aligned.items() if same}
    assert pairs == expected
