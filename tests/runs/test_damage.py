"""Damaged pages through the whole flow: a status each, never a fault of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govreq.extraction import Status
from govreq.runs.pool import run_document

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Google’s demands rise</title>
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2021-08-02"}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Google’s demands rise</h1>
<p>Google received 1,204 government requests for user data from Germany in the first half of
2021, up from 903 requests a year earlier.</p>
<table><tr><th>Country<th>Requests<tr><td>Spain<td>310<tr><td>Italy<td>287</table>
<p>Some data were handed over in response to 61% of the requests.</p></article></body></html>
""".encode()
GOOD = {Status.OK, Status.PARTIAL, Status.EMPTY, Status.REFUSED}
CUTS = 50


@pytest.mark.parametrize("part", range(CUTS))
def test_a_page_cut_anywhere_has_a_status(tmp_path: Path, part: int) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE[: len(PAGE) * part // CUTS])
    result = run_document(str(path))
    assert result.extraction.status in GOOD, result.extraction.message
    stated = {1204, 903, 310, 287, 61}
    assert {record.value for record in result.extraction.records} <= stated | {
        value for number in (*stated, 2021) for value in _beginnings(number)
    }


def _beginnings(number: int) -> list[int]:
    """What a number reads as when the page ends within it."""
    return [int(str(number)[:length]) for length in range(1, len(str(number)))]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(noise=st.binary(max_size=30), place=st.integers(0, len(PAGE)))
def test_noise_anywhere_has_a_status(tmp_path: Path, noise: bytes, place: int) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE[:place] + noise + PAGE[place + len(noise) :])
    result = run_document(str(path))
    assert result.extraction.status in GOOD, result.extraction.message
