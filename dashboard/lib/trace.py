"""What belongs to one request or one job run: its id for log lines and calls, and a request's route and user."""

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

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """Return the id of the request or run that this thread works for; empty outside of any."""
    return _current.get()


def begin(offered: str | None = None) -> str:
    """Work from now on under an id, and return it: the offered one if it is well-formed, else a new one.

    Well-formed are 8 to 64 plain letters, digits, ``.``, ``_`` and ``-``: anything else that a stranger sends could
    forge lines of the log.
    """
    request_id = offered if offered and _WELL_FORMED.fullmatch(offered) else uuid.uuid4().hex
    _current.set(request_id)
    return request_id


def end() -> None:
    """Work for nothing in particular again. An answer may be closed where it was not begun, so nothing is restored."""
    _current.set("")


@contextmanager
def scope(request_id: str | None = None) -> Iterator[str]:
    """Work under an id, a new one unless one is given, for as long as the block lasts."""
    try:
        yield begin(request_id)
    finally:
        end()
