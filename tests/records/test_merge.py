"""Statements of one fact become one record, the exact one; different facts stay apart."""

from dataclasses import replace

from govreq.article.spans import Span
from govreq.candidates.candidate import Candidate, PeriodSlot, Slot
from govreq.mentions.mention import Bound, Mention, Quantity, Unit
from govreq.records.identity import fact_of, identify_record
from govreq.records.merge import merge_candidates


def candidate(start: int, value: float, bound: Bound = Bound.EXACT, place: str = "US") -> Candidate:
    span = Span(start, start + 5)
    quantity = Quantity(value, None, bound, Unit.NUMBER, span)

    def slot(value: str) -> Slot:
        return Slot(value, None, "test")

    return Candidate(
        figure=Mention(span, quantity, "test"),
        statement=Span(start, start + 50),
        value=value,
        value_max=None,
        statistic=slot("count"),
        counted=slot("requests"),
        outcome=slot("received"),
        subject=slot("user_data"),
        legal_process=slot("all"),
        data=slot("any"),
        company=slot("Amazon"),
        jurisdiction=slot(place),
        period=PeriodSlot(None, None, "test"),
    )


def test_equal_facts_are_one_group_in_the_order_of_the_text() -> None:
    groups = merge_candidates([candidate(0, 12), candidate(90, 9), candidate(300, 12)])
    assert [[c.figure.span.start for c in group] for group in groups] == [[0, 300], [90]]


def test_the_rounded_form_of_an_exact_fact_is_evidence_of_it() -> None:
    rough, exact = candidate(0, 28000, Bound.APPROX), candidate(90, 27664)
    (group,) = merge_candidates([rough, exact])
    assert group == (exact, rough)


def test_a_bound_that_the_exact_value_breaks_is_another_fact() -> None:
    groups = merge_candidates([candidate(0, 28000, Bound.MIN), candidate(90, 27664)])
    assert len(groups) == 2


def test_facts_of_two_countries_stay_apart() -> None:
    assert len(merge_candidates([candidate(0, 12), candidate(90, 12, place="DE")])) == 2


def test_the_identity_of_a_fact_is_stable_and_its_own() -> None:
    one = fact_of(candidate(0, 12))
    again = fact_of(candidate(400, 12))
    other = replace(one, jurisdiction="DE")
    assert identify_record("a.html", one) == identify_record("a.html", again)
    assert identify_record("a.html", one) != identify_record("a.html", other)
    assert identify_record("a.html", one) != identify_record("b.html", one)
