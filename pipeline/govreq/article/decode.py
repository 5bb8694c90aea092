"""The characters of a page: which encoding its bytes are in, and how sure that is."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from govreq.errors import RefusedError
from govreq.source.document import Document

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED_WITHIN = 8 * 1024
_SAMPLE = 64 * 1024
"""A guess reads at most this much of the bytes that are not ASCII."""

_WEB_NAMES = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "utf8": "utf-8",
    "unicode": "utf-8",
}
"""What browsers read under a declared name (a superset of what the name means)."""

# Accepts <meta charset="utf-8">, content="text/html; charset=latin1", <?xml encoding="utf-8"?>;
# refuses charset without a value.
_DECLARATION = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})")

# What is left of UTF-8 that was read as a one-byte encoding: "Ã©", "â€™", "Â£".
_MOJIBAKE = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


@dataclass(frozen=True, slots=True)
class DecodedPage:
    """A page's characters, the encoding that was used, and what is uncertain about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode_page(document: Document) -> DecodedPage:
    """The characters of a document.

    In this order: byte order mark, the transport's declaration, the page's own declaration, UTF-8,
    a guess. A declaration that the bytes contradict is passed over with the warning
    ``encoding_contradicted``; a guess is marked ``encoding_guessed``, bytes that no encoding
    explains ``encoding_damaged`` (they stand as U+FFFD).

    Raises:
        RefusedError: the bytes are ``empty`` or ``binary``.
    """
    content = document.content
    if not content.strip(b" \t\r\n\x00"):
        raise RefusedError(
            f"{document.source}: is empty; save the page again", document.source, "empty"
        )
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode_marked(content[len(mark) :], encoding)
    wide = _wide_encoding(content)
    if wide:
        return _clean(content.decode(wide, "replace"), wide, ("encoding_guessed",))
    if _is_binary(content):
        raise RefusedError(
            f"{document.source}: is binary data, not a page", document.source, "binary"
        )
    return _decode_declared(content, document.encoding)


def _decode_marked(content: bytes, encoding: str) -> DecodedPage:
    try:
        return _clean(content.decode(encoding), encoding, ())
    except UnicodeDecodeError:
        return _clean(content.decode(encoding, "replace"), encoding, ("encoding_damaged",))


def _decode_declared(content: bytes, transport: str | None) -> DecodedPage:
    found = _DECLARATION.search(content[:_DECLARED_WITHIN])
    names = [transport, found.group(1).decode("ascii") if found else None]
    declared = [name for name in map(_codec_name, names) if name]
    warnings: tuple[str, ...] = ()
    for encoding in declared:
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            warnings = ("encoding_contradicted",)
            continue
        if encoding != "utf-8" and _MOJIBAKE.search(text):
            again = _decode_strictly(content, "utf-8")
            if again is not None:
                return _clean(again, "utf-8", ("encoding_contradicted",))
        return _clean(text, encoding, warnings)
    text_or_none = _decode_strictly(content, "utf-8")
    if text_or_none is not None:
        return _clean(text_or_none, "utf-8", warnings)
    return _decode_damaged(content, declared, warnings)


def _decode_damaged(content: bytes, declared: list[str], warnings: tuple[str, ...]) -> DecodedPage:
    """Neither the declaration nor UTF-8 fits every byte: nearly UTF-8, or a guess."""
    text = content.decode("utf-8", "replace")
    beyond_ascii = sum(1 for byte in content[:_SAMPLE] if byte >= 0x80)
    damaged = text[:_SAMPLE].count("\ufffd")
    if damaged * 8 < beyond_ascii or (declared[:1] == ["utf-8"] and damaged * 2 < beyond_ascii):
        return _clean(text, "utf-8", (*warnings, "encoding_damaged"))
    for encoding in declared:
        if encoding != "utf-8":
            return _clean(
                content.decode(encoding, "replace"), encoding, (*warnings, "encoding_damaged")
            )
    encoding = _guess_encoding(content)
    return _clean(content.decode(encoding, "replace"), encoding, (*warnings, "encoding_guessed"))


def _guess_encoding(content: bytes) -> str:
    """The likeliest encoding, judged by the lines that hold bytes beyond ASCII."""
    lines: list[bytes] = []
    size = 0
    for line in re.split(rb"[\r\n<>]+", content):
        if not line.isascii():
            lines.append(line[:2000])
            size += min(len(line), 2000)
            if size > _SAMPLE:
                break
    sample = b"\n".join(lines)
    western = _decode_strictly(sample, "cp1252")
    if western is not None and _reads_western(western):
        return "cp1252"
    best = from_bytes(sample, steps=5, chunk_size=512).best()
    return best.encoding if best is not None else "cp1252"


def _reads_western(text: str) -> bool:
    """Whether what is beyond ASCII is single letters within words and quotation marks."""
    beyond = [char for char in text if ord(char) >= 0x80]
    usual = sum(
        1 for char in beyond if char in "’‘“”–—…éèêëàâäáãåçñöôóòõøüûúùïîíìßæœÉÀÄÖÜÅØ£€©®·\u00a0«»°½"
    )
    runs = len(re.findall("[\u0080-\u00ff]{3,}", text))
    return bool(beyond) and usual >= 0.9 * len(beyond) and runs * 10 < len(beyond)


def _decode_strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _codec_name(declared: str | None) -> str | None:
    """The Python codec of a declared name, else None.

    >>> _codec_name("ISO-8859-1"), _codec_name("UTF-16"), _codec_name("klingon")
    ('cp1252', 'utf-8', None)
    """
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()
    name = _WEB_NAMES.get(name, name)
    if name.startswith(("utf-16", "utf16", "utf-32", "utf32")):
        return "utf-8"  # a page whose declaration could be read as ASCII is in no wide encoding
    try:
        info = codecs.lookup(name)
    except LookupError:
        return None
    # Codecs such as "hex" and "rot13" turn no bytes into characters.
    return info.name if getattr(info, "_is_text_encoding", True) else None


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without its mark: text whose every second byte is zero."""
    head = content[:2048]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even * 10 < odd:
        return "utf-16-le"
    if even > 0.4 * len(head) / 2 and odd * 10 < even:
        return "utf-16-be"
    return None


def _is_binary(content: bytes) -> bool:
    head = content[: 16 * 1024]
    controls = sum(head.count(byte) for byte in b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10")
    return controls > 0.02 * len(head)


def _clean(text: str, encoding: str, warnings: tuple[str, ...]) -> DecodedPage:
    if "\ufffd" in text and "encoding_damaged" not in warnings:
        warnings = (*warnings, "encoding_damaged")
    return DecodedPage(text.replace("\x00", "").removeprefix("\ufeff"), encoding, warnings)
