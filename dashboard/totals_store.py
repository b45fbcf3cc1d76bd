"""The only writer of the totals by period: ``store`` moves them with each transaction, ``recount`` makes them anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, FromClause, bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from dashboard import totals_sql
from dashboard.database import writing
from dashboard.models import HoldTotal, MoneyTotal, OutcomeTotal
from dashboard.totals import Changes


def _upsert(table: FromClause, dialect: Any) -> Any:
    statement = dialect.insert(table)
    sums = [column.name for column in table.columns if not column.primary_key]
    return statement.on_conflict_do_update(
        index_elements=[column.name for column in table.primary_key],
        set_={name: table.c[name] + statement.excluded[name] for name in sums},
    )


_TABLES = (MoneyTotal.__table__, OutcomeTotal.__table__, HoldTotal.__table__)
# Made once: putting a statement together costs more than a row.
_UPSERTS = {
    name: [_upsert(table, dialect) for table in _TABLES]
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
_DELETE_EMPTY_HOLDS = delete(HoldTotal).where(
    HoldTotal.count == 0, HoldTotal.starts_at.in_(bindparam("starts", expanding=True))
)


def write_totals(connection: Connection, changes: Changes) -> None:
    """Add the changes to the totals, inside the transaction that changes the purchases.

    Tables and keys are taken in one order by everybody, so that two writers never wait for each other in a circle.
    """
    rows = (_money_rows(changes), _outcome_rows(changes), _hold_rows(changes))
    for statement, changed in zip(_UPSERTS[connection.dialect.name], rows, strict=True):
        if changed:
            connection.execute(statement, changed)
    if changes.holds:
        connection.execute(_DELETE_EMPTY_HOLDS, {"starts": sorted(changes.holds)})


def _money_rows(changes: Changes) -> list[dict[str, Any]]:
    return [
        {
            "span": span, "starts_at": starts_at, "part": part, "count": change.count, "debited": change.debited,
            "price": change.price, "price_missing": change.price_missing, "debited_missing": change.debited_missing,
        }
        for (span, starts_at, part), change in _sorted(changes.money)
    ]  # fmt: skip


def _outcome_rows(changes: Changes) -> list[dict[str, Any]]:
    return [
        {
            "span": span, "starts_at": starts_at, "offer_status": status, "error_reason": reason,
            "count": change.count, "debited": change.debited,
        }
        for (span, starts_at, status, reason), change in _sorted(changes.outcomes)
    ]  # fmt: skip


def _hold_rows(changes: Changes) -> list[dict[str, Any]]:
    return [
        {"starts_at": starts_at, "count": change.count, "debited": change.debited, "estimates": change.estimates}
        for starts_at, change in _sorted(changes.holds)
    ]


def _sorted(changes: Mapping[Any, Any]) -> Iterable[tuple[Any, Any]]:
    return sorted((key, change) for key, change in changes.items() if not change.is_nothing)


@dataclass(frozen=True)
class Recount:
    """How many rows of the totals differed from what the purchases say, by table. All are right afterwards."""

    differences: dict[str, int]

    @property
    def is_right(self) -> bool:
        """Whether the totals were as they should be."""
        return not any(self.differences.values())


def recount() -> Recount:
    """Make the totals anew from the purchases, in one transaction, and say what differed.

    Other writers wait meanwhile: seconds for a million purchases.
    """
    differences = {}
    with writing() as connection:
        name = connection.dialect.name
        if name == "postgresql":
            # A writer that has moved the totals and not yet committed is waited for; one that comes later adds its
            # changes to the new totals, which do not hold its purchases yet.
            connection.exec_driver_sql("LOCK TABLE money_totals, outcome_totals, hold_totals IN EXCLUSIVE MODE")
        for table, statements in totals_sql.recount_statements(name).items():
            for statement in statements.make:
                connection.exec_driver_sql(statement)
            differences[table] = connection.exec_driver_sql(statements.count_differences).scalar_one()
            for statement in statements.replace:
                connection.exec_driver_sql(statement)
    return Recount(differences)
