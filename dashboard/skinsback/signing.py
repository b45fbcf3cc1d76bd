"""Pure: the older way to authenticate: a signature (API page "Generate a signature")."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any


def signed(parameters: Mapping[str, Any], client_id: str, client_secret: str) -> dict[str, Any]:
    """Return the parameters with ``shopid`` and ``sign`` added."""
    with_shop = {**parameters, "shopid": client_id}
    return {**with_shop, "sign": signature(with_shop, client_secret)}


def signature(parameters: Mapping[str, Any], client_secret: str) -> str:
    """Return the HMAC-SHA1, in hex, over ``key:value;`` of every parameter in ascending order of key.

    ``sign`` itself and every array or object are left out.
    """
    return hmac.new(client_secret.encode(), signed_text(parameters).encode(), hashlib.sha1).hexdigest()


def signed_text(parameters: Mapping[str, Any]) -> str:
    return "".join(
        f"{key}:{parameters[key]};"
        for key in sorted(parameters)
        if key != "sign" and not isinstance(parameters[key], (list, tuple, dict))
    )
