"""Addresses of the purchases behind a figure: the list, filtered to exactly them."""

from datetime import date
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from flask import url_for

from dashboard.finality import Part


class ListLinks:
    """Makes the addresses of a page: put together here, because ``url_for`` costs more than a cell of the table."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._list = url_for("purchases.purchase_list")
        self._zone = quote(zone.key)

    def days(self, first: date, last: date, part: Part | None = None) -> str:
        """Return the address of the purchases of these local days, both included, of one part or of all."""
        address = f"{self._list}?from={first}&to={last}&tz={self._zone}"
        return f"{address}&part={part.value}" if part else address

    def releases(self, first: date | None, last: date | None) -> str:
        """Return the address of what is on hold until one of these local days, both included."""
        days = {"hold": "1", "released_from": first, "released_to": last, "sort": "hold_ends_at"}
        return f"{self._list}?{urlencode({name: day for name, day in days.items() if day})}&tz={self._zone}"
