"""Where SkinsBack pushes events to (API page ``api_event_webhook``)."""

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard.db.extensions import csrf
from dashboard.sync import pushed_events

blueprint = Blueprint("webhooks", __name__)

EVERY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE")
"""Whatever is not an event is refused here, rather than sent to the sign-in page of people."""


@blueprint.route("/webhooks/skinsback", methods=EVERY_METHOD)
@csrf.exempt  # type: ignore[untyped-decorator] # Flask-WTF has no types.
def skinsback() -> Response:
    """Take an event whose signature shows that SkinsBack sent it; 401 for everything else. The work is done later."""
    request.max_content_length = pushed_events.LARGEST_BODY
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        body = None
    if request.method != "POST" or body is None or not pushed_events.is_authentic(body, request.headers.get):
        return Response("The signature is missing or wrong.\n", status=401, mimetype="text/plain")
    if not pushed_events.receive_webhook(body):
        said = "Not taken: too many events are waiting. Send it again later.\n"
        return Response(said, status=503, mimetype="text/plain")
    return Response(status=204)
