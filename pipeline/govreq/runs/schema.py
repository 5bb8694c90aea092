"""JSON Schemas of what govreq writes, generated from the models."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import BaseModel

from govreq.records.record import SCHEMA_VERSION, Record
from govreq.runs.report import DocumentReport, RejectedNumber

MODELS: Mapping[str, type[BaseModel]] = {
    "record": Record,
    "rejection": RejectedNumber,
    "extraction": DocumentReport,
}
"""Each schema's name, and the model that it is generated from."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_schema(name: str) -> str:
    """The JSON Schema ``name`` as text, ending in a line feed; the same bytes every time."""
    schema = MODELS[name].model_json_schema(mode="serialization")
    head = {"$schema": DIALECT, "$id": f"urn:govreq:schema:{name}:{SCHEMA_VERSION}"}
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"
