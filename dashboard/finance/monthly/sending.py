"""The monthly report by mail: on the first working day after the month, and again when the month has become final.

When a purchase keeps a month from becoming final for too long, a report says so.

A report arrives at least once (``db.outbox_store``). Should it come twice, both copies carry the same Message-ID, by
which mail programs show them once. That can happen only when a process dies between the server's word and the mark.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import Row

from dashboard.db.database import Fence
from dashboard.finance import queries as reports
from dashboard.finance.monthly import message as report_mail
from dashboard.finance.monthly import queries as sent_reports
from dashboard.finance.monthly.message import Before, Delay
from dashboard.finance.monthly.store import OUTBOX, DueReport, claim_report
from dashboard.finance.report import Report
from dashboard.lib import formatting, mail, periods
from dashboard.lib.mail import Attachment, MailError
from dashboard.lib.periods import By
from dashboard.purchases.finality import HOLD_LENGTH, Settlement
from dashboard.sync import freshness_queries as freshness

logger = logging.getLogger(__name__)

FIRST, FINAL, OVERDUE = "first", "final", "overdue"

OVERDUE_AFTER = HOLD_LENGTH + timedelta(days=30)
"""After the month's end: when its last protection must have ended, and as long again as a barred account waits at
Steam, within which SkinsBack has settled what was unclear. What is open after that stays so until somebody acts."""

SENT_FROM = timedelta(hours=6)
"""After the beginning of the working day, so that the night's purchases have settled a little."""

MOST_MONTHS_LATE = 12


@dataclass
class SentReports:
    """What one run did: the reports it sent, and what kept others from being sent."""

    sent: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def did_something(self) -> bool:
        return bool(self.sent or self.problems)

    def __str__(self) -> str:
        told = [f"sent {', '.join(self.sent)}"] if self.sent else []
        return "; ".join(told + self.problems) or "nothing was due"


def _name_of(due: DueReport) -> str:
    return f"the {due.kind} report of {formatting.month_words(due.month)}"


def send_due_reports(now: datetime, *, fence: Fence | None = None) -> SentReports:
    """Send every report that is due and was not sent. Safe to run twice at once, and to kill anywhere.

    Failures of the mail are returned and tried again later. Raises LeadLost when the fence's lead has passed on.
    """
    done = SentReports()
    if not current_app.config["REPORT_RECIPIENTS"]:
        return done
    for due in _due(now, periods.zone_by_name(current_app.config["TIMEZONE"])):
        message = claim_report(due, fence)
        if message is not None:
            _send(due, message, fence, done)
    return done


def first_working_day(month: date) -> date:
    """Return the first Monday to Friday of the month after. Public holidays are not known here."""
    day = periods.next_period(month, By.MONTH)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


def _due(now: datetime, zone: ZoneInfo) -> Iterator[DueReport]:
    """Yield the reports that may be due; the claim decides whether they were sent before.

    The first report is about the last month, and about those after the newest one sent if some were missed. The
    final one follows for months whose first was sent, and before it, when that is late, the one that says why.
    """
    for month in _months_waiting(now, zone):
        if now >= periods.day_start(first_working_day(month), zone) + SENT_FROM:
            yield DueReport(month, FIRST, zone, now)
    for month, kinds in sent_reports.kinds_sent().items():
        if any(row.is_final for row in kinds.values()):
            continue
        period = sent_reports.month_period(month, zone)
        if sent_reports.find_waiting(period).is_over:
            yield DueReport(month, FINAL, zone, now)
        elif OVERDUE not in kinds and now >= period.interval.until + OVERDUE_AFTER:
            yield DueReport(month, OVERDUE, zone, now)


def _months_waiting(now: datetime, zone: ZoneInfo) -> list[date]:
    today = periods.local_date(now, zone)
    last = periods.period_before(periods.month_start(today), periods.month_end(today))[0]
    newest = max((month for month, kinds in sent_reports.kinds_sent().items() if FIRST in kinds), default=None)
    first = periods.next_period(newest, By.MONTH) if newest else last
    return [*periods.period_starts(first, last, By.MONTH)][-MOST_MONTHS_LATE:] if first <= last else []


def _send(due: DueReport, message: Row[Any], fence: Fence | None, done: SentReports) -> None:
    report = reports.find_report(sent_reports.month_period(due.month, due.zone))
    is_final = report.moving.count == 0 and sent_reports.holds_all(report.period)
    recipients = current_app.config["REPORT_RECIPIENTS"]
    try:
        refused = _mail(due, report, recipients, is_final=is_final)
    except MailError as error:
        logger.warning("%s was not sent: %s", _name_of(due).capitalize(), error)
        done.problems.append(f"{_name_of(due)} was not sent: {error}")
        OUTBOX.mark_failed(message, due.now, str(error), fence)
        return
    problem = "; ".join(f"{address}: {answer}" for address, answer in refused.items())
    figures = json.dumps({part.value: str(sums.debited) for part, sums in report.parts.items()})
    OUTBOX.mark_sent(
        message, due.now, fence, problem,
        is_final=is_final, figures=figures, recipients="\n".join(recipients), zone=due.zone.key,
    )  # fmt: skip
    done.sent.append(_name_of(due))
    if problem:
        logger.warning("%s was refused for %s", _name_of(due).capitalize(), problem)
        done.problems.append(f"{_name_of(due)} was refused for {problem}")


def _mail(due: DueReport, report: Report, recipients: list[str], *, is_final: bool) -> dict[str, str]:
    attached = Attachment(f"debited-{due.key}-{due.kind}.csv", "text/csv", report_mail.csv_file(report))
    delay = None
    if due.kind == OVERDUE:
        delay = Delay(sent_reports.purchases_waited_for(report.period), sent_reports.holds_all(report.period))
    text = report_mail.body(
        report, due.now, before=_sent_before(due), reach=_reach(), dashboard_url=current_app.config["DASHBOARD_URL"],
        is_final=is_final, delay=delay,
    )  # fmt: skip
    subject = report_mail.subject(report, is_final=is_final, delay=delay)
    return mail.send_mail(recipients, subject, text, attachments=[attached], name=f"debited-{due.key}-{due.kind}")


def _sent_before(due: DueReport) -> Before | None:
    row = sent_reports.kinds_sent().get(due.month, {}).get(FIRST)
    if due.kind == FIRST or row is None:
        return None
    return Before(row.sent_at, {Settlement(part): Decimal(value) for part, value in json.loads(row.figures).items()})


def _reach() -> str:
    reach = freshness.find_reach()
    if reach is None:
        return "The history has not been imported, so purchases may be missing."
    return f"The copy holds every purchase from {formatting.iso_z(reach.since)} to {formatting.iso_z(reach.until)}."
