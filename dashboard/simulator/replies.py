"""An HTTP answer before it is sent, with what shall go wrong on the way."""

import json
from dataclasses import dataclass
from typing import Any

from dashboard.simulator.faults import Faults

BAD_GATEWAY = b"""<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>
</html>
"""


@dataclass(slots=True)
class Reply:
    """What to send, and how."""

    body: bytes = b""
    http_status: int = 200
    content_type: str = "application/json; charset=utf-8"
    latency: float = 0.0
    """Seconds to wait first."""
    drip: float = 0.0
    """Seconds over which the body is spread."""
    reset: bool = False
    """Reset the connection instead of answering."""
    cut_off: bool = False
    """End the connection in the middle of the body."""


def json_reply(content: Any, http_status: int = 200) -> Reply:
    """An answer with JSON in it."""
    return Reply(body=json.dumps(content, indent=1).encode() + b"\n", http_status=http_status)


def disturb(reply: Reply, faults: Faults, method: str) -> str:
    """Apply the faults between server and client; returns the name of the one that spoiled the answer, if any."""
    reply.latency = faults.take("latency", method) or 0.0
    reply.drip = faults.take("drip", method) or 0.0
    for name in ("reset", "html_502", "empty_body", "truncated_json", "cut_off"):
        if faults.take(name, method) is not None:
            _SPOILERS[name](reply)
            return name
    return ""


def _reset(reply: Reply) -> None:
    reply.reset = True


def _html_502(reply: Reply) -> None:
    reply.body, reply.http_status, reply.content_type = BAD_GATEWAY, 502, "text/html"


def _empty_body(reply: Reply) -> None:
    reply.body = b""


def _truncated_json(reply: Reply) -> None:
    reply.body = reply.body[: len(reply.body) // 2]


def _cut_off(reply: Reply) -> None:
    reply.cut_off = True


_SPOILERS = {
    "reset": _reset,
    "html_502": _html_502,
    "empty_body": _empty_body,
    "truncated_json": _truncated_json,
    "cut_off": _cut_off,
}
