"""Gzip of any shape gives the bytes back, in time that grows with the size alone."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreq.errors import UnreadableError
from govreq.source.compressed import decompress


@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=5), st.integers(0, 9))
def test_members_are_read_as_one(parts: list[bytes], level: int) -> None:
    content = b"".join(gzip.compress(part, level) for part in parts)
    assert decompress(content, "x", 100_000) == b"".join(parts)


@given(st.binary(min_size=1, max_size=500), st.data())
def test_a_cut_is_never_taken_for_the_whole(content: bytes, data: st.DataObject) -> None:
    whole = gzip.compress(content)
    cut = data.draw(st.integers(3, len(whole) - 1))
    with pytest.raises(UnreadableError, match="damaged or cut short"):
        decompress(whole[:cut], "x", 100_000)


def test_many_tiny_members_are_quick() -> None:
    content = gzip.compress(b"a") * 50_000
    started = time.perf_counter()
    assert len(decompress(content, "x", 100_000)) == 50_000
    assert time.perf_counter() - started < 2
