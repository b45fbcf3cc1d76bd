"""Reading the parameters of a request: a JSON object, or a form as PHP reads it."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

_ARRAY_KEY = re.compile(r"^([^\[\]]+)\[[^\[\]]*\]$")


def parse_parameters(content_type: str, body: bytes) -> dict[str, Any]:
    """The parameters; none at all when the body cannot be read, which then fails the check of who is asking."""
    text = body.decode("utf-8", "replace")
    if "json" in content_type.lower():
        return _parse_json(text)
    return _parse_form(text)


def _parse_json(text: str) -> dict[str, Any]:
    try:
        parameters = json.loads(text)
    except ValueError:
        return {}
    return parameters if isinstance(parameters, dict) else {}


def _parse_form(text: str) -> dict[str, Any]:
    """``buy_ids[]=1&buy_ids[]=2`` and ``buy_ids[0]=1`` make a list; of a plain name the last value counts."""
    parameters: dict[str, Any] = {}
    for key, value in parse_qsl(text, keep_blank_values=True):
        array = _ARRAY_KEY.match(key)
        if array is None:
            parameters[key] = value
            continue
        values = parameters.setdefault(array.group(1), [])
        if isinstance(values, list):
            values.append(value)
    return parameters
