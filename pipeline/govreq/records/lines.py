"""Records as lines of JSON (JSONL): one record a line, the same bytes for the same record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ValidationError

from govreq.errors import RecordFileError
from govreq.records.record import Record

JsonValue = str | int | float | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]

_EXACT = 2**53
# Line ends that JSON allows inside a string, at which many readers would cut the line.
_LINE_ENDS = str.maketrans({"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def write_line(model: BaseModel) -> str:
    """A model as one line of JSON without its line end: sorted keys, text as it is.

    Whole numbers are written without a fraction: 27664, not 27664.0.
    """
    value = _plain(model.model_dump(mode="json"))
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return text.translate(_LINE_ENDS)


def plain_number(value: float) -> int | float:
    """The number as an integer where it is one.

    >>> plain_number(27664.0), plain_number(42.4)
    (27664, 42.4)
    """
    return int(value) if float(value).is_integer() and abs(value) < _EXACT else value


def read_records(path: Path) -> Iterator[Record]:
    """The records of a JSONL file, in its order; empty lines are passed over.

    Raises:
        RecordFileError: the file cannot be read, or a line is no record; the line is named.
    """
    for number, line in read_lines(path):
        try:
            yield Record.model_validate_json(line)
        except ValidationError as error:
            raise RecordFileError(describe_fault(path, number, error)) from error


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a text file that hold something, numbered from 1."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise RecordFileError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise RecordFileError(f"{path}: is not UTF-8 text, so not a file of records") from error


def describe_fault(path: Path, line: int, error: ValidationError) -> str:
    """One line that names the file, the line, the field and what is wrong with it."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "line"
    return f"{path}, line {line}: {field}: {first['msg']}"


def _plain(value: JsonValue) -> JsonValue:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return value
