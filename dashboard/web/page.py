"""What all pages share: whole page or fragment, the navigation, the zone, the notices, and how values are written."""

import hashlib
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import Flask, Response, abort, current_app, g, make_response, render_template, request, url_for
from werkzeug.routing import IntegerConverter, Map

from dashboard import __version__
from dashboard.db.paging import PAGE_LENGTH
from dashboard.lib import formatting, periods, rates
from dashboard.lib.numbers import LARGEST_BIGINT
from dashboard.web.notices import Frame

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ZONE_COOKIE = "tz"

NAVIGATION: tuple[tuple[str, str, str | None], ...] = (
    ("Look up", "lookup.look_up", None),
    ("Purchases", "purchases.purchase_list", None),
    ("On hold", "purchases.holds", None),
    ("Operations", "ops.operations", "ops"),
    ("Alerts", "alerts.alerts", "ops"),
    ("Health", "ops.health", "ops"),
    ("Finance", "finance.finance", "finance"),
)
"""Label, endpoint, and the role that it is for besides administrators: None means everybody."""


class RowNumber(IntegerConverter):
    """An ``int`` in an address; one that no row can have leads to no page."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_BIGINT)


def register(app: Flask, frame_of: Callable[[datetime], Frame]) -> None:
    """Add the filters and the context that every template can count on; ``frame_of`` tells what the frame says now.

    Comes before the pages, whose addresses it reads.
    """
    app.url_map.converters["int"] = RowNumber
    app.extensions["frame"] = frame_of
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "exact": formatting.exact,
        "usd": formatting.usd,
        "not_known": formatting.not_known,
        "iso_z": formatting.iso_z,
        "count": formatting.count,
        "duration": formatting.duration_words,
        "percent": rates.percent_text,
        "share": rates.share_text,
        "local_time": lambda moment: formatting.local_time(moment, zone()),
        "ago": lambda moment: formatting.ago(moment, now()),
        "time_left": lambda moment: formatting.countdown_text(moment - now()),
        "is_late": lambda moment, seconds: now() - moment > timedelta(seconds=seconds),
    }
    app.add_template_global(purchase_page_url)
    app.add_template_global(user_page_url)
    app.jinja_env.globals["page_length"] = PAGE_LENGTH
    app.url_defaults(_add_content_hash)
    app.context_processor(_shared_context)


def is_fragment() -> bool:
    """Say whether only the part that changes is wanted: htmx asks, and not to restore a page from the history."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"


def show(
    page: str, shown: "DataclassInstance | None" = None, *, fragment: str | None = None, status: int = 200
) -> Response:
    """Render the whole page, or its fragment when htmx asks for it; the fields of what is shown are its names.

    A page about an error that has no fragment becomes one of ``errors``: htmx would put it inside the page.
    """
    if status >= 400 and fragment is None and is_fragment():
        abort(status, "Open the page by itself to see what is wrong.")
    template = fragment if fragment and is_fragment() else page
    names = {field.name: getattr(shown, field.name) for field in fields(shown)} if shown else {}
    response = make_response(render_template(template, **names), status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


def now() -> datetime:
    """Return the moment this request is answered at, the same one everywhere on the page."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    moment: datetime = g.now
    return moment


def zone() -> ZoneInfo:
    """Return the zone of the page: from the address, else from the cookie, else from the settings.

    An unknown name in the address is answered with 400, since the page would show other times than were asked for.
    """
    if "zone" not in g:
        g.zone = _chosen_zone()
    chosen: ZoneInfo = g.zone
    return chosen


def today() -> date:
    """Return the date of this moment in the zone of the page."""
    return periods.local_date(now(), zone())


def named_zone() -> str | None:
    """Return the zone as the address names it, for links to pages that should speak in it too; None for the usual."""
    return request.args.get("tz") or None


def asked_place(name: str) -> int | None:
    """Return the number in the address after or before which a list goes on; None where none that can be one stands."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class Pager(NamedTuple):
    """The ways on from a page of a list, as the macro ``pager`` takes them; the last page has no next."""

    is_first_page: bool
    first_url: str
    next_url: str


def pager(name: str, next_place: int | None, endpoint: str, **parameters: Any) -> Pager:
    """Return the ways on from this page of a list, where ``name`` in the address says at which place it goes on."""
    next_url = url_for(endpoint, **(parameters | {name: next_place})) if next_place else ""
    return Pager(asked_place(name) is None, url_for(endpoint, **parameters), next_url)


def _chosen_zone() -> ZoneInfo:
    asked = request.args.get("tz")
    if asked:
        try:
            return periods.zone_by_name(asked)
        except ValueError as error:
            # The page that says so needs a zone too.
            g.zone = _usual_zone()
            abort(400, str(error))
    return _usual_zone()


def _usual_zone() -> ZoneInfo:
    try:
        return periods.zone_by_name(request.cookies.get(ZONE_COOKIE) or current_app.config["TIMEZONE"])
    except ValueError:
        return periods.zone_by_name(current_app.config["TIMEZONE"])


def purchase_page_url(buy_id: int) -> str:
    """Return the address of a purchase's page, for lists: ``url_for`` costs more than a row."""
    return f"{_address_before('lookup.purchase', 'buy_id')}{buy_id}"


def user_page_url(steamid: str) -> str:
    return _address_before("lookup.user", "steamid") + quote(steamid, safe="")


def _address_before(endpoint: str, parameter: str) -> str:
    addresses: dict[str, str] = g.setdefault("addresses", {})
    if endpoint not in addresses:
        values: dict[str, Any] = {parameter: "0"}
        addresses[endpoint] = current_app.url_for(endpoint, **values).removesuffix("0")
    return addresses[endpoint]


def _add_content_hash(endpoint: str, values: dict[str, Any]) -> None:
    # Browsers keep static files for good, so a changed file needs a changed address.
    if endpoint == "static" and "filename" in values:
        values["v"] = _content_hash(str(current_app.static_folder), values["filename"])


@cache
def _content_hash(folder: str, filename: str) -> str:
    return hashlib.sha256((Path(folder) / filename).read_bytes()).hexdigest()[:12]


def _shared_context() -> dict[str, Any]:
    if g.get("user") is None:
        return {"user": None, "nav_items": (), "notices": (), "version": __version__, "page_zone": None}
    frame: Frame = current_app.extensions["frame"](now())
    return {
        "user": g.user,
        "nav_items": _places(),
        "notices": frame.notices,
        "reach": frame.reach,
        "last_success_at": frame.last_success_at,
        "server_now": now(),
        "page_zone": zone().key,
        "version": __version__,
    }


def _places() -> list[tuple[str, str, bool]]:
    urls = [(label, url_for(endpoint)) for label, endpoint, role in NAVIGATION if role is None or g.user.may(role)]
    # The alerts lie under the operations, and only the nearest of the two is where the reader is.
    around = [url for _, url in urls if request.path == url or request.path.startswith(f"{url}/")]
    here = max(around, key=len, default=None)
    return [(label, url, url == here) for label, url in urls]
