"""Pure: the figures of a report as text that keeps them for good, and back. Sums are written as plain decimals."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from dashboard.finance.report import BySettlement, Report, Row
from dashboard.lib.formatting import exact
from dashboard.lib.periods import Days, Period
from dashboard.purchases.finality import Settlement
from dashboard.totals.sums import Sums


def written(report: Report) -> str:
    """Return a report's figures as JSON."""
    rows = [asdict(row.days) | {"parts": _parts_written(row.parts)} for row in report.rows]
    return json.dumps({"rows": rows, "before": _parts_written(report.before)}, default=_text)


def _parts_written(parts: BySettlement) -> dict[str, Any]:
    return {part.value: sums._asdict() for part, sums in parts.items()}


def _text(value: Decimal | date) -> str:
    return exact(value) if isinstance(value, Decimal) else value.isoformat()


def read(text: str, period: Period) -> Report:
    """Return the report of a period whose figures were written as this JSON."""
    kept = json.loads(text)
    rows = []
    for row in kept["rows"]:
        days = (date.fromisoformat(row[name]) for name in ("starts", "first", "last"))
        rows.append(Row(Days(*days), _parts_read(row["parts"])))
    return Report(period, rows, _parts_read(kept["before"]))


def _parts_read(parts: Mapping[str, Any]) -> BySettlement:
    return {Settlement(name): _sums_read(**sums) for name, sums in parts.items()}


def _sums_read(debited: str, price: str, **counts: int) -> Sums:
    return Sums(debited=Decimal(debited), price=Decimal(price), **counts)
