"""Addresses of the purchases that make a figure: the list, filtered to exactly them."""

from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import url_for
from markupsafe import Markup

from dashboard.lib.formatting import iso_z
from dashboard.lib.periods import Period
from dashboard.purchases.finality import Settlement


class ListLinks:
    """Makes the addresses of a page: put together here, because ``url_for`` costs more than a cell of the table.

    They are ``Markup``, escaped once for HTML, so no template escapes them again. Figures as of a past moment lead to
    the purchases as they were known then.
    """

    def __init__(self, zone: ZoneInfo, as_of: datetime | None = None) -> None:
        self._list = url_for("purchases.purchase_list")
        self._days = url_for("finance_history.known_purchases") if as_of else self._list
        self._zone = quote(zone.key) + (f"&amp;as_of={iso_z(as_of)}" if as_of else "")

    def days(self, first: date, last: date, part: Settlement | None = None) -> Markup:
        """Return the address of the purchases of these local days, both included, of one part or of all."""
        address = Markup(f"{self._days}?from={first}&amp;to={last}&amp;tz={self._zone}")  # noqa: S704 - Our own words.
        return of_part(address, part.value) if part else address

    def missing(self, first: date, last: date, what: str) -> Markup:
        """Return the address of the purchases of these days that came without ``debited`` or ``price``."""
        return Markup(f"{self.days(first, last)}&amp;missing={what}")  # noqa: S704 - Our own words and digits.


def of_part(address: Markup, part: str) -> Markup:
    """Return the address of those of the purchases of some days that belong to one part."""
    return Markup(f"{address}&amp;part={part}")  # noqa: S704 - Our own words and digits.


def days_of(period: Period) -> dict[str, Any]:
    """Return the parameters of the address for the days of a period, which show the same to anybody."""
    return {"from": period.first, "to": period.last, "tz": period.zone.key}
