"""Signing in and out, and what a person prefers."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dashboard.accounts import store as accounts
from dashboard.accounts.guards import begin_session, finish_session, local_path
from dashboard.accounts.store import SignIn
from dashboard.lib import periods
from dashboard.web.page import ZONE_COOKIE, show

blueprint = Blueprint("account", __name__)

YEAR = 365 * 24 * 3600

REFUSED = "Wrong e-mail address or password. Check both; passwords are case-sensitive."
THROTTLED = "Too many failed tries. Wait 15 minutes, or ask an administrator for a new password."


@dataclass(frozen=True)
class SignInForm:
    next: str
    email: str = ""
    error: str | None = None


@blueprint.get("/login")
def login() -> Response:
    return show("accounts/login.html", SignInForm(local_path(request.args.get("next"))))


@blueprint.post("/login")
def sign_in() -> AnyResponse:
    email, next_path = request.form.get("email", ""), local_path(request.form.get("next"))
    outcome, user = accounts.sign_in(email, request.form.get("password", ""), request.remote_addr or "unknown")
    if outcome is SignIn.DONE and user is not None:
        begin_session(user)
        return redirect(next_path, code=303)
    status, error = (429, THROTTLED) if outcome is SignIn.THROTTLED else (401, REFUSED)
    return show("accounts/login.html", SignInForm(next_path, email[:254], error), status=status)


@blueprint.post("/logout")
def logout() -> AnyResponse:
    finish_session()
    return redirect(url_for("account.login"), code=303)


@blueprint.post("/preferences")
def preferences() -> AnyResponse:
    """Remember the zone in which this browser shows times."""
    try:
        zone = periods.zone_by_name(request.form.get("tz", ""))
    except ValueError as error:
        abort(400, str(error))
    response = redirect(local_path(request.form.get("next")), code=303)
    response.set_cookie(ZONE_COOKIE, zone.key, max_age=YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    return response
