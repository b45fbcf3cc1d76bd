"""Lists read page by page: one row more than a page tells whether there is another."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select

from dashboard.db.extensions import db

PAGE_LENGTH = 50


def page_of(statement: Select[Any], key: str) -> tuple[Sequence[Row[Any]], int | None]:
    """Return PAGE_LENGTH rows, and the ``key`` of the last one if there are more: the next page goes on behind it."""
    rows = db.session.execute(statement.limit(PAGE_LENGTH + 1)).all()
    page = rows[:PAGE_LENGTH]
    return page, getattr(page[-1], key) if len(rows) > PAGE_LENGTH else None
