"""Companies in running text, ambiguous words, products and references."""

import time

import pytest

from govreq.article.spans import Span
from govreq.mentions.company import find_companies, list_company_sorts


def found(text: str) -> list[tuple[str, str, str]]:
    mentions = find_companies(text, Span(0, len(text)))
    return [(item.span.of(text), item.value.name, item.value.sort) for item in mentions]


def names(text: str) -> list[str]:
    return [name for _, name, _ in found(text) if name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Amazon Web Services got 3, Amazon 9.", ["Amazon Web Services", "Amazon"]),
        ("AT&T's report and Verizon Wireless", ["AT&T", "Verizon Wireless"]),
        ("GOOGLE AND FACEBOOK", ["Google", "Facebook"]),
        ("Yahoo! and Amazon.com, Inc.", ["Yahoo", "Amazon"]),
        ("mailbox.org got 79.", ["mailbox.org"]),
        ("Meta received 12, WhatsApp 3.", ["Meta", "WhatsApp"]),
        ("Elon Musk's X received 90.", ["X"]),
        ("X (formerly Twitter) complied.", ["X", "Twitter"]),
        ("Snap, Meta and Reddit", ["Snapchat", "Meta", "Reddit"]),
        ("Orders to Facebook, X and TikTok", ["Facebook", "X", "TikTok"]),
        ("the video app TikTok", ["TikTok"]),
        ("The report is out.Google got 12.", ["Google"]),
        ("T-Mobile, Sprint and 23andMe", ["T-Mobile", "Sprint", "23andMe"]),
    ],
)
def test_names_are_found(text: str, expected: list[str]) -> None:
    assert names(text) == expected
    assert len(found(text)) == len(expected)


def test_spans_are_exact_and_possessives_stay_outside() -> None:
    text = "Last week Google's report and Amazon.com's came out."
    assert [name for name, _, _ in found(text) if name[0].isupper()] == ["Google", "Amazon.com"]


def test_owner_and_product() -> None:
    (ring,) = find_companies("Ring received 12.", Span(0, 17))
    assert (ring.value.name, ring.value.parent, ring.value.sort) == ("Ring", "Amazon", "")
    assert found("12 Gmail users") == [("Gmail", "Google", "product")]
    assert found("In May the iPhone maker answered.") == [("the iPhone maker", "Apple", "epithet")]


@pytest.mark.parametrize(
    "text",
    [
        "Ring finger prints were taken.",
        "Signal strength fell.",
        "Section X applies.",
        "Box office sales fell.",
        "The Amazon rainforest burns.",
        "Mike Rogers, a senator, asked.",
        "He said so in a Facebook post.",
        "They google it.",
        "Read more in Google News.",
        "Carnival Cruise Line announces a ship to Japan.",
        "Mike Rogers said customers may ask. He met Mike Rogers.",
        "Their Gorilla's Nest is in Rwanda.",
        "Write to @Twitter or me@Google.com.",
        "",
    ],
)
def test_what_names_no_company(text: str) -> None:
    assert names(text) == []


def test_an_ambiguous_word_is_cleared_by_the_rest_of_the_document() -> None:
    text = "Rogers numbers fell. In 2015 Rogers received 86,238 requests about customers."
    first = Span(0, 20)
    assert [item.value.name for item in find_companies(text, first)] == ["Rogers"]
    assert find_companies(text[:20], first) == ()


@pytest.mark.parametrize(
    ("text", "reference", "sort"),
    [
        ("Last year the company got 12.", "the company", "company"),
        ("The Sydney-based tech giant got 12.", "The Sydney-based tech giant", "company"),
        (
            "In May the popular social network got 12.",
            "the popular social network",
            "social network",
        ),
        ("The crypto exchange's data", "The crypto exchange", "exchange"),
        ("Its report", "Its", "pronoun"),
        ("Our report", "Our", "first person"),
    ],
)
def test_references_have_a_sort_and_no_name(text: str, reference: str, sort: str) -> None:
    mentions = [item for item in find_companies(text, Span(0, len(text))) if item.value.generic]
    assert [(item.span.of(text), item.value.sort) for item in mentions] == [(reference, sort)]


@pytest.mark.parametrize(
    "text",
    [
        "A company got 12.",
        "The Secret Service asked.",
        "The companies got 12.",
        "IT and US",
        "Contact Us",
    ],
)
def test_what_refers_to_no_company(text: str) -> None:
    assert found(text) == []


def test_sorts_of_a_company() -> None:
    assert "retailer" in list_company_sorts("Amazon")
    assert list_company_sorts("Nobody") == ()


def test_hostile_text_takes_linear_time() -> None:
    text = "Ring " * 20_000 + "the " * 20_000 + "X-" * 20_000
    began = time.perf_counter()
    find_companies(text, Span(0, len(text)))
    assert time.perf_counter() - began < 10
