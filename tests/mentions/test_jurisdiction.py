"""Jurisdictions in running text and in table cells."""

import pytest

from govreq.article.spans import Span
from govreq.mentions.jurisdiction import find_jurisdictions, resolve_jurisdiction_name


def found(text: str) -> list[tuple[str, str, str]]:
    mentions = find_jurisdictions(text, Span(0, len(text)))
    return [(item.span.of(text), item.value.code, item.value.form) for item in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Germany's police sent 9.", [("Germany", "DE", "name")]),
        ("It got 40 from the U.S. and 3 from the U.K.", ["US", "GB"]),
        ("Brazil (12), Türkiye (9) and Côte d’Ivoire (1)", ["BR", "TR", "CI"]),
        ("INDIA TOPS THE LIST", [("INDIA", "IN", "name")]),
        (
            "Germans and Swiss authorities",
            [("Germans", "DE", "demonym"), ("Swiss", "CH", "demonym")],
        ),
        ("The FBI sent 12.", [("FBI", "US", "place")]),
        ("Requests from the Republic of the Congo", ["CG"]),
        ("South Korea, North Korea and Korea", ["KR", "KP", "KR"]),
        ("New Mexico, Mexico and Niger, not Nigeria", ["US-NM", "MX", "NE", "NG"]),
        ("Northern Ireland and Ireland", ["GB-NIR", "IE"]),
        ("the rest of the world sent 30", ["OTHER"]),
        ("outside of the United States", [("outside of the United States", "NON-US", "group")]),
        ("Foreign governments and EU member states", ["NON-US", "EU"]),
        ("across the globe", [("across the globe", "WORLD", "group")]),
        ("Authorities there asked", [("there", "", "generic")]),
        ("Asia Pacific (223)", [("Asia Pacific", "OTHER", "region")]),
    ],
)
def test_names_are_found_with_code_and_exact_span(text: str, expected: list[object]) -> None:
    if all(isinstance(item, str) for item in expected):
        assert [code for _, code, _ in found(text) if code] == expected
    else:
        assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The American company got 12.", "US"),
        ("US-based Amazon got 12.", "US"),
        ("The Chinese-owned app got 12.", "CN"),
        ("It is headquartered in Switzerland.", "CH"),
        ("The EU-US agreement lapsed.", "EU"),
    ],
)
def test_a_place_that_did_not_ask_is_an_attribute(text: str, code: str) -> None:
    forms = {form for _, at, form in found(text) if at == code}
    assert forms == {"attribute"}


@pytest.mark.parametrize(
    "text",
    [
        "Give us the data.",
        "CONTACT US",
        "There were 30 requests.",
        "The New York Times and The Times of India",
        "The report is written in German.",
        "Michael Jordan and Chad Smith",
        "The American Civil Liberties Union",
        "They polish and chile and turkey.",
        "Anti-American posts",
        "It paid US$5 million.",
        "The Vancouver Sun and the Ottawa Citizen",
        "",
    ],
)
def test_what_names_no_jurisdiction(text: str) -> None:
    assert [item for item in found(text) if item[2] != "attribute"] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NEW DELHI: The government asked.", "IN"),
        ("BERLIN -- Police asked.", "DE"),
        ("MANILA, Philippines — Police asked.", "PH"),
        ("SINGAPORE, May 2 (Reuters) - Police asked.", "SG"),
    ],
)
def test_a_dateline_is_told_from_a_place_that_asked(text: str, code: str) -> None:
    assert {form for _, at, form in found(text) if at == code} == {"dateline"}


def test_a_line_of_a_list_is_no_dateline() -> None:
    assert found("Berlin: 34 requests")[0][2] == "place"
    assert found("GERMANY – 34")[0][2] == "name"


def test_only_the_given_range_is_read() -> None:
    text = "France sent 3. Spain sent 4. Italy sent 5."
    (spain,) = find_jurisdictions(text, Span(15, 28))
    assert (spain.span, spain.span.of(text), spain.value.code) == (Span(15, 20), "Spain", "ES")


def test_a_name_cut_off_by_the_range_is_not_guessed() -> None:
    text = "South Korea sent 3."
    assert [item.value.code for item in find_jurisdictions(text, Span(6, 19))] == ["KR"]


def test_georgia_is_a_state_among_states_and_a_country_elsewhere() -> None:
    assert [code for _, code, _ in found("Florida and Georgia sent 3.")] == ["US-FL", "US-GA"]
    assert [code for _, code, _ in found("Armenia and Georgia sent 3.")] == ["AM", "GE"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Korea, Republic of", "KR"),
        ("Korea, Democratic People's Republic of", "KP"),
        ("United States of America", "US"),
        ("UNITED KINGDOM", "GB"),
        ("Viet Nam", "VN"),
        ("Türkiye", "TR"),
        ("Turkiye", "TR"),
        ("Hong Kong SAR", "HK"),
        ("Cote d’Ivoire", "CI"),
        ("Netherlands, The", "NL"),
        ("Taiwan (Province of China)", "TW"),
        ("Germany*", "DE"),
        ("Germany [1]", "DE"),
        ("Germany ²", "DE"),
        ("🇩🇪 Germany", "DE"),
        ("Trinidad & Tobago", "TT"),
        ("CONGO - KINSHASA", "CD"),
        ("IN", "IN"),
        ("Other", "OTHER"),
        ("Unknown", "OTHER"),
        ("All", "WORLD"),
        ("Grand Total", "WORLD"),
        ("Global", "WORLD"),
        ("International", "NON-US"),
        ("European Union", "EU"),
        ("Bavaria", "DE-BY"),
    ],
)
def test_a_cell_with_a_name_is_resolved(cell: str, code: str) -> None:
    name = resolve_jurisdiction_name(cell)
    assert name is not None
    assert name.code == code


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "12",
        "*",
        "Requests",
        "in",
        "No",
        "Search warrants",
        "Country",
        "H1 2020",
        "—",
        "US$",
        "12%",
    ],
)
def test_a_cell_without_a_name_is_not(cell: str) -> None:
    assert resolve_jurisdiction_name(cell) is None
