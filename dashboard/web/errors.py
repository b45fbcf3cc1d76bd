"""Pages, and fragments for htmx, for what went wrong: each says what happened and what to do."""

import logging
from collections.abc import Sequence
from contextlib import suppress

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError

from dashboard.db.database import is_unavailable
from dashboard.web.page import is_fragment, zone

logger = logging.getLogger(__name__)

WRITTEN = ("text", "reason")
"""The fields of forms that somebody writes at length. What stands in them is given back with a refusal."""

WITH_OWN_PAGE = frozenset({400, 403, 404, 405, 413, 429, 500, 503})


def register(app: Flask) -> None:
    app.register_error_handler(CSRFError, _form_expired)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def _form_expired(_error: CSRFError) -> Response:
    why = "This form is no longer valid, because you signed in again or it was opened elsewhere."
    written = [request.form[name] for name in WRITTEN if request.form.get(name)]
    return _page(400, f"{why} Reload the page and send it again.", written)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    # What werkzeug says of every error of a kind repeats the page's own heading.
    detail = "" if error.description == type(error).description else error.description
    response = _page(error.code or 500, detail or "")
    for name, value in error.get_headers(request.environ):
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    if is_unavailable(error):
        logger.error("the database is not available: %s", type(error).__name__)
        return _standalone(503)
    logger.exception("unexpected error on %s %s", request.method, request.path)
    return _standalone(500)


def _page(status: int, detail: str, written: Sequence[str] = ()) -> Response:
    if status not in WITH_OWN_PAGE:
        status = 400 if status < 500 else 500
    if status == InternalServerError.code:
        return _standalone(500)
    try:
        with suppress(BadRequest):
            # A zone in the address that does not exist is another mistake; the page speaks in the usual one then.
            zone()
        return _rendered(status, detail, written)
    except Exception as error:  # An error page must come out even when the database behind its frame is gone.
        if not is_unavailable(error):
            logger.exception("the error page for %s failed", status)
        return _standalone(503)


def _standalone(status: int) -> Response:
    g.user = None
    return _rendered(status, "")


def _rendered(status: int, detail: str, written: Sequence[str] = ()) -> Response:
    frame = "web/errors/_fragment.html" if is_fragment() else "web/errors/error.html"
    page = render_template(f"web/errors/{status}.html", frame=frame, status=status, detail=detail, written=written)
    response = make_response(page, status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response
