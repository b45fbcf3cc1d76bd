"""Support's pages: the one box, a purchase, and a Steam user."""

from dataclasses import replace

from flask import Blueprint, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from dashboard.purchases import candidates, identify, priority_store, store
from dashboard.support import look_up_page, lookup, purchase_page, user_page
from dashboard.support.lookup import IdAnswer
from dashboard.sync import refresh
from dashboard.sync.refresh_results import RefreshOutcome, RefreshResult
from dashboard.web.page import is_fragment, now, show

blueprint = Blueprint("lookup", __name__)

LONGEST_QUERY = 100_000
"""In characters: five hundred long links."""


@blueprint.get("/")
def look_up() -> AnyResponse:
    """The one box: recognise what was pasted and answer it, or open the purchase when there is exactly one."""
    text = request.args.get("q", "")
    if len(text) > LONGEST_QUERY:
        abort(413, f"That is {len(text):,} characters; at most {LONGEST_QUERY:,} can be looked up at once.")
    # While somebody types, only what is stored is searched: half an id is nothing to ask SkinsBack for.
    is_typing = is_fragment() and request.args.get("typing") == "1"
    found = lookup.answer_text(text, ask=not is_typing, batch_size=current_app.config["SKINSBACK_BATCH_SIZE"])
    # An address that typing left behind shows what was on the page; leading on from it would make Back a trap.
    may_lead_on = not is_typing and request.args.get("open") != "0"
    if may_lead_on and (target := look_up_page.only_target(found.answers)):
        return redirect(target)
    page = look_up_page.page(text, found, is_typing=is_typing)
    response = show("support/look_up.html", page, fragment="support/_results.html", status=_status_of(found.answers))
    if is_typing:
        response.headers["HX-Replace-Url"] = (
            url_for("lookup.look_up", q=text, open=0) if text else url_for("lookup.look_up")
        )
    return response


def _status_of(answers: list[IdAnswer]) -> int:
    """A single ID that SkinsBack could not be asked about is 503, as on the purchase's own page; a list is a list."""
    return 503 if len(answers) == 1 and answers[0].could_not_be_asked and not is_fragment() else 200


@blueprint.get("/purchases/<buy_id>")
def purchase(buy_id: str) -> Response:
    """One purchase. What is not stored here is asked of SkinsBack at once."""
    number = _buy_id(buy_id)
    page = purchase_page.page(number, purchase_page.asked_before(request.args.get("asked")))
    if page is None:
        asked = refresh.look_up(number)
        page = purchase_page.page(number)
        if page is None:
            return _no_purchase(number, asked)
    priority_store.note_watched([page.purchase], now())
    return show("support/purchase/page.html", page)


def _buy_id(text: str) -> int:
    found = candidates.buy_id(text)
    if found is None:
        abort(404, "A purchase ID (buy_id) is a whole number. Look the purchase up by what you have instead.")
    return int(found.value)


def _no_purchase(buy_id: int, asked: RefreshResult) -> Response:
    status = 404 if asked.outcome is RefreshOutcome.NOT_FOUND else 503
    page = purchase_page.absent_page(buy_id, asked)
    return show("support/purchase/absent.html", page, fragment="support/purchase/_absent.html", status=status)


@blueprint.get("/purchases/<buy_id>/panel")
def purchase_panel(buy_id: str) -> AnyResponse:
    """The part of a purchase's page that changes by itself. Never asks SkinsBack."""
    page = purchase_page.page(_buy_id(buy_id))
    if page is None:
        abort(404)
    priority_store.note_watched([page.purchase], now())
    return show("support/purchase/_panel.html", page)


@blueprint.post("/purchases/<buy_id>/refresh")
def refresh_purchase(buy_id: str) -> AnyResponse:
    number = _buy_id(buy_id)
    asked = refresh.refresh_now(number)
    if not is_fragment():
        return redirect(url_for("lookup.purchase", buy_id=number, asked=asked.outcome.value), code=303)
    page = purchase_page.page(number, asked)
    return _no_purchase(number, asked) if page is None else show("support/purchase/_panel.html", page)


@blueprint.post("/purchases/<buy_id>/notes")
def add_note(buy_id: str) -> AnyResponse:
    number, text = _buy_id(buy_id), request.form.get("text", "")
    page = purchase_page.page(number)
    if page is None:
        abort(404)
    try:
        store.add_note(number, g.user.email, text)
    except ValueError as error:
        return show("support/purchase/page.html", replace(page, note_text=text, note_error=str(error)), status=422)
    return redirect(url_for("lookup.purchase", buy_id=number, _anchor="history"), code=303)


@blueprint.get("/users/<steamid>")
def user(steamid: str) -> AnyResponse:
    """Everything about one Steam user, under any form of the Steam ID."""
    steamid64 = identify.steamid_in(steamid)
    if steamid64 is None:
        abort(
            404, "That is not the Steam ID of an account. Paste the profile link or the 17 digits into the look-up box."
        )
    if steamid64 != steamid:
        return redirect(url_for("lookup.user", steamid=steamid64))
    page = user_page.page(steamid64)
    priority_store.note_watched([line.purchase for line in page.lines], now())
    return show("support/user/page.html", page, fragment="support/user/_panel.html")
