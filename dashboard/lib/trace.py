"""What belongs to one request or one job run: its ids for log lines and calls, and a request's route and user."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

USER_ID = "dashboard.user_id"
"""Where in the WSGI environment the sign-in leaves the number of the user."""

ROUTE = "dashboard.route"
"""Where in it the rule of the address is left, such as ``/purchases/<int:buy_id>``."""

_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
# The form of W3C Trace Context: version ff is none, version 00 has nothing more, and ids of zeros are none.
_TRACEPARENT = re.compile(
    r"(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-[!-~]*)?"
)

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_trace_id: ContextVar[str] = ContextVar("trace_id", default="")


def current() -> str:
    """Return the id of the request or run that this thread works for; empty outside of any."""
    return _request_id.get()


def current_trace() -> str:
    """Return the id of the trace that the request is part of; empty where the caller named none."""
    return _trace_id.get()


def begin(offered: str | None = None, traceparent: str | None = None) -> str:
    """Work from now on under an id, and return it: the offered one, else that of the caller's trace, else a new one.

    Only a well-formed one is taken: 8 to 64 plain letters, digits, ``.``, ``_`` and ``-``. Anything else that a
    stranger sends could forge lines of the log.
    """
    found = _TRACEPARENT.fullmatch(traceparent or "")
    trace_id = found[1] if found else ""
    request_id = offered if offered and _WELL_FORMED.fullmatch(offered) else trace_id or uuid.uuid4().hex
    _request_id.set(request_id)
    _trace_id.set(trace_id)
    return request_id


def end() -> None:
    """Work for nothing in particular again. An answer may be closed where it was not begun, so nothing is restored."""
    _request_id.set("")
    _trace_id.set("")


@contextmanager
def scope(request_id: str | None = None) -> Iterator[str]:
    """Work under an id, a new one unless one is given, for as long as the block lasts."""
    try:
        yield begin(request_id)
    finally:
        end()
