"""Vocabulary tables: TOML files whose rows carry their own examples.

A table is ``vocabulary/<name>.toml``, an array of tables named ``row``. Each row is validated by a
pydantic model derived from :class:`Row`; ``accepts`` holds sentences in which the row must fire,
``refuses`` sentences in which it must not. ``tests/vocabulary`` checks both for every row.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from govreq.errors import VocabularyError


class Row(BaseModel):
    """What every vocabulary row has: sentences in which it fires, and in which it does not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accepts: tuple[str, ...]
    refuses: tuple[str, ...] = ()


R = TypeVar("R", bound=Row)


@cache
def load_rows(table: str, model: type[R]) -> tuple[R, ...]:
    """The rows of ``vocabulary/<table>.toml``, in the order of the file.

    Raises:
        VocabularyError: the table does not exist, is not TOML, or a row breaks its model.
    """
    try:
        source = (files("govreq.vocabulary") / f"{table}.toml").read_text(encoding="utf-8")
        return tuple(model.model_validate(row) for row in tomllib.loads(source)["row"])
    except (OSError, KeyError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise VocabularyError(f"{table}.toml: {error}") from error
