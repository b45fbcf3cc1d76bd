"""The guards around every page: sign-in, roles, hardened sessions and the headers a browser obeys."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response as AnyResponse

from dashboard.accounts.store import Role, SignedIn, end_session, find_signed_in, start_session
from dashboard.lib.trace import ROUTE, USER_ID

OPEN_ENDPOINTS = frozenset(
    {
        "static", "account.login", "account.sign_in", "system.healthz", "system.readyz", "system.metrics",
        "webhooks.skinsback",
    }
)  # fmt: skip
"""What needs no session: the sign-in itself, what machines read, and what SkinsBack pushes, which is signed."""

IDLE_LIMIT = timedelta(hours=12)

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

P = ParamSpec("P")
R = TypeVar("R")


class SessionInterface(SecureCookieSessionInterface):
    """Marks the cookie Secure whenever the page came over HTTPS, so that plain HTTP inside a machine still works."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure or app.config["SESSION_COOKIE_SECURE"]


def register(app: Flask) -> None:
    app.session_interface = SessionInterface()
    app.before_request(require_sign_in)
    app.after_request(add_headers)


def require_sign_in() -> AnyResponse | None:
    """Let a signed-in user pass; send everybody else to the sign-in page and back afterwards."""
    g.user = None
    request.environ[ROUTE] = request.url_rule.rule if request.url_rule else ""
    if request.endpoint in OPEN_ENDPOINTS:
        return None
    g.user = _user_of_session()
    if g.user is not None:
        request.environ[USER_ID] = g.user.id
        return None
    session.clear()
    return _to_sign_in()


def _user_of_session() -> SignedIn | None:
    now = int(datetime.now(UTC).timestamp())
    token, seen = session.get("token"), session.get("seen", 0)
    if not isinstance(token, str) or now - seen > IDLE_LIMIT.total_seconds():
        return None
    # Written at most once a minute, since every change sends the cookie again. A page that polls by itself is not a
    # person at work, and must not keep a session alive for ever.
    if now - seen > 60 and not is_poll():
        session["seen"] = now
    return find_signed_in(token)


def begin_session(user: SignedIn) -> None:
    """Begin a fresh session for the browser; nothing of the one before survives."""
    session.clear()
    session.update(token=start_session(user), seen=int(datetime.now(UTC).timestamp()))


def finish_session() -> None:
    token = session.get("token")
    if isinstance(token, str):
        end_session(token)
    session.clear()


def is_poll() -> bool:
    """Say whether a panel asked by itself, without anybody clicking."""
    return "HX-Request" in request.headers and request.args.get("poll") == "1"


def _to_sign_in() -> AnyResponse:
    if request.headers.get("HX-Request") == "true":
        # The page that the person is on is where to come back to, not the fragment's own address; but what is being
        # typed stands in the latter alone.
        page = request.headers.get("HX-Current-URL") if "typing" not in request.args else None
        there = urlsplit(page or request.full_path.rstrip("?"))
        back = f"{there.path}?{there.query}" if there.query else there.path
        response = Response(status=200)
        response.headers["HX-Redirect"] = url_for("account.login", next=local_path(back))
        return response
    # A form that was sent without a session cannot be repeated by following a link.
    back = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else "/"
    return redirect(url_for("account.login", next=local_path(back)))


def local_path(path: str | None) -> str:
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or not path.isprintable() or "\\" in path:
        return "/"
    parts = urlsplit(path)
    return "/" if parts.scheme or parts.netloc else path


def requires(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only these roles, and administrators, see a page; others get the 403 page."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            if g.user is None or not g.user.may(*roles):
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return decorate


def add_headers(response: Response) -> Response:
    """Add the headers that keep a browser from doing what no page here needs."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        # Purchases and customers do not belong into a shared computer's cache.
        headers.setdefault("Cache-Control", "no-store")
    return response
