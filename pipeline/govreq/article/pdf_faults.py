"""What may go wrong within the parser of PDFs."""

from __future__ import annotations

import struct
import zlib

FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What the parser raises for damaged files: it trusts what a file says of itself."""
