"""Closing a finance report: its figures are kept as they are, with who closed it and when."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import insert

from dashboard.db.database import writing
from dashboard.db.extensions import db
from dashboard.finance import queries as reports
from dashboard.finance.closed import figures as closed_figures
from dashboard.finance.models import ClosedReport
from dashboard.lib.periods import Period


def close_report(period: Period, closed_by_email: str) -> int:
    """Keep the figures of a period as of this moment, and return the id of the closed report.

    No purchase is being written at the moment that the figures are of: whoever calculates them again from the history
    finds exactly these.
    """
    with writing() as connection:
        if connection.dialect.name == "postgresql":
            # Waits for writers that have begun and holds off others; SQLite has one writer at a time anyway. A writer
            # locks its purchases before it takes the time of its versions, which it may write a while later.
            connection.exec_driver_sql("LOCK TABLE purchases IN EXCLUSIVE MODE")
        as_of = datetime.now(UTC)
        report = replace(reports.find_report(period, as_of), as_of=as_of)
        values = {
            "closed_by_email": closed_by_email, "as_of": as_of, "first_day": period.first.isoformat(),
            "last_day": period.last.isoformat(), "zone": period.zone.key, "cut_by": period.by.value,
            "count": report.total.count, "debited": report.total.debited,
            "debited_missing": report.total.debited_missing, "figures": closed_figures.written(report),
        }  # fmt: skip
        inserted = connection.execute(insert(ClosedReport).values(values).returning(ClosedReport.id))
        report_id = int(inserted.scalar_one())
    # The look at the database that the figures came from is over; the next one sees the closed report.
    db.session.rollback()
    return report_id
