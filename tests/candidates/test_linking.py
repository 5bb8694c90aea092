"""Constructions that must link right in general: each a small article of our own."""

from __future__ import annotations

from datetime import date

import pytest

import govreq

PAGE = (
    '<html><head><title>{title}</title><meta property="article:published_time"'
    ' content="2021-09-14"></head><body><article><h1>{title}</h1>{body}</article></body></html>'
)
TWITTER = (
    "Twitter received 4,120 requests for user data from governments around"
    " the world in the first half of 2021, its transparency report says."
)


def facts_of(*paragraphs: str) -> dict[float, dict[str, object]]:
    """The records of an article about one company, by their value."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = PAGE.format(title="Twitter hears from more governments", body=body)
    extraction = govreq.extract(page.encode())
    return {
        record.value: {
            "statistic": record.statistic.value,
            "jurisdiction": record.jurisdiction,
            "outcome": record.outcome.value,
            "counted": record.counted.value,
            "period": record.period and (record.period.start, record.period.end),
            "legal_process": record.legal_process.value,
            "company": record.company,
        }
        for record in extraction.records
    }


H1 = (date(2021, 1, 1), date(2021, 6, 30))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Germany accounted for 42% of them, Spain for 18% and Italy for 11%.",
            {42: "DE", 18: "ES", 11: "IT"},
        ),
        (
            "Of the requests, 31% came from Japan, 12% came from Brazil and 4% came from France.",
            {31: "JP", 12: "BR", 4: "FR"},
        ),
        (
            "Germany (900), India (710) and Brazil (155) sent the most.",
            {900: "DE", 710: "IN", 155: "BR"},
        ),
        ("Germany and India made 188 and 142 requests, respectively.", {188: "DE", 142: "IN"}),
    ],
)
def test_each_number_of_an_enumeration_has_its_own_country(
    sentence: str, expected: dict[float, str]
) -> None:
    facts = facts_of(TWITTER, sentence)
    assert {value: facts[value]["jurisdiction"] for value in expected} == expected


def test_a_figure_that_another_is_compared_with_keeps_its_own_period() -> None:
    facts = facts_of(TWITTER, "That was up from 3,222 requests in the second half of 2020.")
    assert facts[4120]["period"] == H1
    assert facts[3222]["period"] == (date(2020, 7, 1), date(2020, 12, 31))


def test_accounts_beside_requests_are_told_apart() -> None:
    facts = facts_of(TWITTER, "The US sent 1,310 requests, which concerned 2,475 accounts.")
    assert (facts[1310]["counted"], facts[2475]["counted"]) == ("requests", "accounts")
    assert facts[2475]["jurisdiction"] == "US"


def test_a_rate_has_the_outcome_that_its_verb_says() -> None:
    facts = facts_of(TWITTER, "It complied with 61% of the requests and rejected 12% of them.")
    assert (facts[61]["statistic"], facts[61]["outcome"]) == ("rate", "disclosed")
    assert facts[12]["outcome"] == "rejected"


def test_legal_processes_are_read_from_the_counted_noun() -> None:
    facts = facts_of(
        TWITTER, "They included 812 subpoenas, 404 search warrants and 77 court orders."
    )
    processes = {value: facts[value]["legal_process"] for value in (812, 404, 77)}
    assert processes == {812: "subpoena", 404: "search_warrant", 77: "court_order"}


def test_what_counts_no_demand_becomes_no_record() -> None:
    facts = facts_of(
        TWITTER,
        "The company, which has 330 million users and 5,500 employees, was fined $150 million.",
        "It works with 2,000 police departments in 48 states.",
    )
    assert set(facts) == {4120.0}
