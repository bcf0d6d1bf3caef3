"""The JSON Schema that editors use, made from the very models that read the file (draft 7)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from scenarios.load import load_techniques
from scenarios.model import Scenario
from scenarios.names import KEBAB, LONGEST, SNAKE
from scenarios.techniques import OURS

COMMITTED: Final = Path(__file__).with_name("schema") / "scenario-1.json"
_DRAFT: Final = "http://json-schema.org/draft-07/schema#"


def schema_text() -> str:
    """The schema as JSON text, the same bytes on every run."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The schema as data."""
    made: dict[str, Any] = Scenario.model_json_schema(ref_template="#/definitions/{model}")
    made["definitions"] = made.pop("$defs")
    _texts_or_variants(made)
    made = _plain(made)
    names = sorted(load_techniques(OURS.read_bytes()).techniques)
    for name in ("Reply", "Silence"):
        items = made["definitions"][name]["properties"]["techniques"]["items"]
        items["examples"] = names
    _names(made["properties"], made["definitions"])
    return {"$schema": _DRAFT, "$id": "scenario-1.json", **made, "title": "Words First scenario, format 1"}


def _names(properties: dict[str, Any], definitions: dict[str, Any]) -> None:
    """Say to editors what the rules of one reading say of names, and what a reply and a moment must have."""
    kebab = {"pattern": f"^{KEBAB.pattern}$", "maxLength": LONGEST}
    for key in ("moments", "endings", "openings", "shared_replies"):
        properties[key]["propertyNames"] = kebab
    properties["facts"]["propertyNames"] = {"pattern": f"^{SNAKE.pattern}$", "maxLength": LONGEST}
    cues = definitions["Person"]["properties"]["cues"]
    cues |= {"propertyNames": {"pattern": "^([0-9]|10)$"}, "required": ["0"]}
    definitions["Reply"]["properties"]["id"] |= kebab
    definitions["Reply"]["oneOf"] = [{"required": ["say"]}, {"required": ["do"]}]
    definitions["Moment"]["anyOf"] = [{"required": [key]} for key in ("replies", "also", "silence")]


def _texts_or_variants(node: Any) -> None:
    """Say to editors what the models accept besides: one text for variants, true for a condition."""
    if isinstance(node, dict):
        for key, value in (node.get("properties") or {}).items():
            if key == "person" and "items" in str(value) and "Variant" in str(value):
                node["properties"][key] = _either(value)
            elif key in ("when", "then"):
                node["properties"][key] = {"type": ["string", "boolean"], "description": "A condition."}
        for value in node.values():
            _texts_or_variants(value)
    elif isinstance(node, list):
        for value in node:
            _texts_or_variants(value)


def _either(variants: dict[str, Any]) -> dict[str, Any]:
    items = {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/Variant"}}
    return {
        "anyOf": [{"type": "string", "minLength": 1}, items],
        "description": "One text, or lines with `when`.",
    }


_NOISE: Final = ("title", "default", "maxLength")


def _plain(node: Any, properties: bool = False) -> Any:
    """Without what editors would only show as noise, and without `null`: a key is written or left out."""
    if isinstance(node, list):
        return [_plain(value) for value in node if value != {"type": "null"}]
    if not isinstance(node, dict):
        return node
    kept = {
        key: _plain(value, properties=key in ("properties", "definitions"))
        for key, value in node.items()
        if properties or key not in _NOISE
    }
    choices = kept.get("anyOf")
    if not properties and isinstance(choices, list) and len(choices) == 1:
        del kept["anyOf"]
        return {**choices[0], **kept}
    return kept
