"""An uploaded file on its way: compared at once where all about it is sure, else kept until somebody has chosen."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import IO
from zoneinfo import ZoneInfo

from dashboard.finance.reconcile import upload_store as uploads
from dashboard.finance.reconcile.choices import Choices, choices_in
from dashboard.finance.reconcile.shop_list import Asked, TheirList, read_list
from dashboard.finance.reconcile.store import reconcile
from dashboard.finance.reconcile.upload_store import KeptUpload
from dashboard.finance.reconcile.what_was_read import NO_AMOUNTS_CHOSEN
from dashboard.finance.reconcile.wording import Refusal
from dashboard.lib import periods
from dashboard.lib.periods import Interval
from dashboard.spreadsheets.sheets import FileProblem
from dashboard.spreadsheets.uploads import sheets_of


@dataclass(frozen=True)
class Upload:
    """A file and what was sent with it. ``must_ask``: the person wants to choose, however sure the columns are."""

    file: IO[bytes]
    name: str
    period: Interval | None
    must_ask: bool


@dataclass(frozen=True)
class Asking:
    """A kept file, and what is asked about it."""

    kept: KeptUpload
    asked: Asked
    from_: str
    to: str
    """The days of the period as they were typed."""


def read_period(first: str, last: str, zone: ZoneInfo) -> Interval | None:
    """Return the period of two dates, both included, or None when neither is given. Raises FileProblem."""
    first, last = first.strip(), last.strip()
    if not first and not last:
        return None
    if not first or not last:
        raise FileProblem(Refusal.ONE_DATE.of())
    try:
        return periods.day_bounds(periods.parse_date(first), periods.parse_date(last), zone)
    except (ValueError, OverflowError) as error:
        raise FileProblem(str(error)) from None


def take_in(upload: Upload, *, email: str, zone: str) -> int | Asking:
    """Return the comparison that a file became, or what is asked before. Raises FileProblem."""
    read = read_list(sheets_of(upload.file), must_ask=upload.must_ask)
    if not isinstance(read, Asked):
        return reconcile(read, upload.period, file_name=upload.name, made_by_email=email, zone=zone)
    upload.file.seek(0)
    kept = uploads.keep(upload.file.read(), upload.period, file_name=upload.name, email=email, zone=zone)
    return Asking(kept, read, *_days(kept))


def ask_again(kept: KeptUpload) -> Asking:
    """Return what can be chosen about a kept file. Raises FileProblem."""
    return _asking(kept, _read(kept, None, must_ask=True), *_days(kept))


def answer(kept: KeptUpload, form: Mapping[str, str], *, email: str) -> int | Asking | None:
    """Return the comparison that a form makes of a kept file, or what is still to be asked.

    The same form sent twice makes one comparison: who comes second waits for it. None when that takes too long. Raises
    FileProblem, also when the file was compared as another form says.
    """
    mark = _mark(form)
    if not uploads.claim(kept.key, mark):
        made = uploads.wait_for_outcome(kept.key)
        if made is not None and made[1] not in ("", mark):
            raise FileProblem(Refusal.COMPARED_OTHERWISE.of(number=made[0]))
        return made[0] if made is not None else None
    try:
        outcome = _answered(kept, form, email)
    except BaseException:
        uploads.let_go(kept.key)
        raise
    if isinstance(outcome, Asking):
        uploads.let_go(kept.key)
    return outcome


def _mark(form: Mapping[str, str]) -> str:
    """Return a text that is the same for forms that say the same."""
    said = sorted((name, value) for name, value in form.items() if name != "csrf_token")
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _answered(kept: KeptUpload, form: Mapping[str, str], email: str) -> int | Asking:
    days = form.get("from", ""), form.get("to", "")
    try:
        period = read_period(*days, periods.zone_by_name(kept.zone))
    except FileProblem as problem:
        asking = _asking(kept, _read(kept, choices_in(form), must_ask=True), *days)
        asking.asked.problems[:0] = problem.sentences
        return asking
    read = _read(kept, choices_in(form))
    if isinstance(read, Asked):
        return Asking(kept, read, *days)
    if not read.has_amounts:
        read.read = replace(read.read, amounts=NO_AMOUNTS_CHOSEN)
    return reconcile(read, period, file_name=kept.file_name, made_by_email=email, zone=kept.zone, upload_key=kept.key)


def _days(kept: KeptUpload) -> tuple[str, str]:
    """Return the days of the period that was chosen with a file, both included, empty for none."""
    if kept.period is None:
        return "", ""
    zone = periods.zone_by_name(kept.zone)
    last = periods.local_date(kept.period.until - timedelta(microseconds=1), zone)
    return periods.local_date(kept.period.since, zone).isoformat(), last.isoformat()


def _asking(kept: KeptUpload, read: TheirList | Asked, from_: str, to: str) -> Asking:
    if not isinstance(read, Asked):
        raise TypeError("a list that must be asked about was not")
    return Asking(kept, read, from_, to)


def _read(kept: KeptUpload, choices: Choices | None, *, must_ask: bool = False) -> TheirList | Asked:
    content = uploads.content_of(kept.key)
    if content is None:
        raise FileProblem(Refusal.GONE.of())
    return read_list(sheets_of(io.BytesIO(content)), choices, must_ask=must_ask)
