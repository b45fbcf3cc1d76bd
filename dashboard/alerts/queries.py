"""Alert rules, alerts with their causes and deliveries; and what "failing" means, once for alerts and verdict."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, bindparam, case, false, func, or_, select

from dashboard.accounts.models import User
from dashboard.alerts.conditions import normal_share
from dashboard.alerts.figure_queries import normal_weeks
from dashboard.alerts.figures import Effect, Settings, Severity, Side
from dashboard.alerts.freezing import Freeze
from dashboard.alerts.kinds import KIND_BY_NAME, AlertKind, complete
from dashboard.alerts.lifecycle import OpenState, Sighting
from dashboard.alerts.models import (
    Alert,
    AlertCause,
    AlertComment,
    AlertDelivery,
    AlertFreeze,
    AlertRule,
    AlertSighting,
)
from dashboard.db.extensions import db
from dashboard.db.paging import page_of

FAILURE_RATE = "failure_rate"

_GRAVITY = case({severity.value: place for place, severity in enumerate(Severity)}, value=Alert.severity)
_CAUSES = (
    select(*AlertCause.__table__.columns)
    .where(AlertCause.alert_id.in_(bindparam("alert_ids", expanding=True)))
    .order_by(AlertCause.first_seen_at, AlertCause.id)
)
_RULES = select(*AlertRule.__table__.columns).order_by(AlertRule.id)
_ALERTS = select(
    *Alert.__table__.columns,
    AlertRule.name.label("rule_name"),
    AlertRule.kind.label("rule_kind"),
    AlertRule.muted_until,
).join(AlertRule, AlertRule.id == Alert.rule_id)


@dataclass(frozen=True)
class AlertRuleState:
    """A rule as it stands, its thresholds complete."""

    id: int
    key: str
    kind: AlertKind[Any]
    name: str
    settings: Settings
    is_enabled: bool
    muted_until: datetime | None
    muted_by: str
    updated_at: datetime
    updated_by: str

    def is_muted(self, now: datetime) -> bool:
        return self.muted_until is not None and now < self.muted_until


def find_rules() -> list[AlertRuleState]:
    """Return every rule of a kind that this version knows, the oldest first."""
    return [_rule(row) for row in db.session.execute(_RULES) if row.kind in KIND_BY_NAME]


def find_rule(rule_id: int) -> AlertRuleState | None:
    return next((rule for rule in find_rules() if rule.id == rule_id), None)


def _rule(row: Row[Any]) -> AlertRuleState:
    kind = KIND_BY_NAME[row.kind]
    return AlertRuleState(**{**row._mapping, "kind": kind, "settings": complete(kind, json.loads(row.settings))})


def count_rules_on() -> int:
    return int(db.session.execute(select(func.count()).where(AlertRule.is_enabled)).scalar_one())


@dataclass(frozen=True)
class CauseState:
    """A cause of an alert. ``latest`` is what the rule last said of it where that differs from its first sentence."""

    id: int
    alert_id: int
    cause: str
    kind: str
    severity: str
    sentence: str
    figures: tuple[tuple[str, str], ...]
    buy_ids: tuple[int, ...]
    link: str
    latest: str
    first_seen_at: datetime
    last_seen_at: datetime
    gone_at: datetime | None

    @property
    def said(self) -> str:
        return self.latest or self.sentence

    @property
    def is_there(self) -> bool:
        return self.gone_at is None


@dataclass(frozen=True)
class AlertState:
    """An alert as it stands. ``kind`` is the word that it is told as, ``rule_kind`` the name of its rule's kind;
    ``effect`` is what it makes of the verdict while it is open, ``needs_current`` whether its rule is not judged while
    the copy is not current. ``causes`` come in the order in which they came."""

    id: int
    rule_id: int
    rule_name: str
    rule_kind: str
    muted_until: datetime | None
    subject: str
    open_key: str | None
    kind: str
    severity: str
    effect: str
    needs_current: bool
    is_about_user: bool
    sentence: str
    figures: str
    buy_ids: str
    link: str
    opened_at: datetime
    seen_at: datetime
    calm_since: datetime | None
    closed_at: datetime | None
    closed_because: str
    acknowledged_at: datetime | None
    acknowledged_by: str
    assignee: str
    snoozed_until: datetime | None
    snoozed_by: str
    is_silent: bool
    causes: tuple[CauseState, ...]

    @property
    def state(self) -> str:
        if self.closed_at:
            return "closed"
        return "acknowledged" if self.acknowledged_at else "open"

    @property
    def newest(self) -> CauseState | None:
        """The newest cause that is still there, else the newest one."""
        there = [cause for cause in self.causes if cause.is_there]
        return next(reversed(there or self.causes), None)

    @property
    def said(self) -> str:
        """What is to be said of it now."""
        return self.newest.said if self.newest else self.sentence

    @property
    def in_lifecycle(self) -> OpenState:
        return OpenState(self.calm_since, {cause.cause: cause.is_there for cause in self.causes})

    def is_snoozed(self, now: datetime) -> bool:
        return self.snoozed_until is not None and now < self.snoozed_until


def open_alerts(most: int | None = None) -> list[AlertState]:
    """Return the open alerts: the gravest first, of these those nobody looks after, of these the newest."""
    order = (_GRAVITY, Alert.acknowledged_at.is_not(None), Alert.opened_at.desc(), Alert.id.desc())
    return _states(db.session.execute(_ALERTS.where(Alert.open_key.is_not(None)).order_by(*order).limit(most)).all())


def _states(rows: Sequence[Row[Any]]) -> list[AlertState]:
    causes = _causes_of([row.id for row in rows])
    return [_state(row, causes.get(row.id, ())) for row in rows]


def _state(row: Row[Any], causes: Iterable[CauseState]) -> AlertState:
    kind = KIND_BY_NAME.get(row.rule_kind)
    return AlertState(
        **row._mapping,
        effect=kind.effect.value if kind else Effect.NONE.value,
        needs_current=kind is not None and kind.needs_current,
        is_about_user=kind is not None and kind.is_about_users,
        causes=tuple(causes),
    )


def _causes_of(alert_ids: Sequence[int]) -> dict[int, list[CauseState]]:
    found: dict[int, list[CauseState]] = {}
    if alert_ids:
        for row in db.session.execute(_CAUSES, {"alert_ids": list(alert_ids)}):
            read = {"figures": tuple(map(tuple, json.loads(row.figures))), "buy_ids": tuple(json.loads(row.buy_ids))}
            found.setdefault(row.alert_id, []).append(CauseState(**{**row._mapping, **read}))
    return found


def count_open() -> int:
    return int(db.session.execute(select(func.count()).where(Alert.open_key.is_not(None))).scalar_one())


def count_open_by_kind() -> dict[tuple[str, str], int]:
    """Return how many alerts are open, by (kind, severity)."""
    rows = db.session.execute(
        select(Alert.kind, Alert.severity, func.count().label("open"))
        .where(Alert.open_key.is_not(None))
        .group_by(Alert.kind, Alert.severity)
    )
    return {(row.kind, row.severity): row.open for row in rows}


def count_causes_by_kind() -> dict[str, int]:
    """Return how many causes alerts have had, by kind; the numbers only grow."""
    rows = db.session.execute(select(AlertCause.kind, func.count().label("causes")).group_by(AlertCause.kind))
    return {row.kind: row.causes for row in rows}


def between(since: datetime, until: datetime) -> list[AlertState]:
    """Return the alerts that were open at some time of a stretch, the oldest first."""
    was_open = (Alert.opened_at < until) & or_(Alert.closed_at.is_(None), Alert.closed_at >= since)
    return _states(db.session.execute(_ALERTS.where(was_open).order_by(Alert.opened_at, Alert.id)).all())


def closed_alerts(before_id: int | None = None) -> tuple[list[AlertState], int | None]:
    """Return a page of the alerts that have closed, newest first, and what the next begins below."""
    statement = _ALERTS.where(Alert.open_key.is_(None)).order_by(Alert.id.desc())
    if before_id is not None:
        statement = statement.where(Alert.id < before_id)
    rows, next_before = page_of(statement, "id")
    return _states(rows), next_before


def find_alert(alert_id: int) -> AlertState | None:
    return next(iter(_states(db.session.execute(_ALERTS.where(Alert.id == alert_id)).all())), None)


def comments_on(alert_id: int) -> Sequence[Row[Any]]:
    """Return (author, at, text), the oldest first."""
    columns = (AlertComment.author, AlertComment.at, AlertComment.text)
    return db.session.execute(select(*columns).where(AlertComment.alert_id == alert_id).order_by(AlertComment.id)).all()


def find_assignees() -> Sequence[str]:
    """Return the e-mail addresses of the accounts that may sign in."""
    return db.session.execute(select(User.email).where(User.is_active).order_by(User.email)).scalars().all()


def find_sightings() -> dict[int, dict[Sighting, datetime]]:
    """Return what rules have found and not told yet, and since when, by rule."""
    found: dict[int, dict[Sighting, datetime]] = {}
    for row in db.session.execute(select(*AlertSighting.__table__.columns)):
        found.setdefault(row.rule_id, {})[row.subject, row.cause] = row.first_seen_at
    return found


def find_freeze() -> Freeze | None:
    row = db.session.execute(select(AlertFreeze.began_at, AlertFreeze.over_at)).one_or_none()
    return Freeze(row.began_at, row.over_at) if row else None


def deliveries_of(alert_id: int) -> Sequence[Row[Any]]:
    """Return the messages about an alert, each with the cause that it tells of, the oldest first."""
    return db.session.execute(
        select(*AlertDelivery.__table__.columns, AlertCause.cause)
        .outerjoin(AlertCause, AlertCause.id == AlertDelivery.cause_id)
        .where(AlertDelivery.alert_id == alert_id)
        .order_by(AlertDelivery.id)
    ).all()


def due_deliveries(now: datetime, limit: int) -> Sequence[Row[Any]]:
    """Return the messages whose time has come, at most ``limit`` to each receiver, with what they are about.

    Everybody's oldest come first, so that what waits for one receiver never keeps those of another from their turn.
    What is about a rule that is muted now, or an alert that is snoozed, waits until it no longer is: such as the end of
    an alert that was told. The sentence, figures and purchases are those of the cause that the message is about.
    """
    place = func.row_number().over(partition_by=AlertDelivery.receiver, order_by=AlertDelivery.id).label("place")
    is_silent = func.coalesce(AlertRule.muted_until > now, false()) | func.coalesce(Alert.snoozed_until > now, false())
    due = (
        select(AlertDelivery.id, place)
        .join(Alert, Alert.id == AlertDelivery.alert_id)
        .join(AlertRule, AlertRule.id == Alert.rule_id)
        .where(AlertDelivery.next_try_at <= now, ~is_silent)
        .subquery()
    )
    statement = (
        select(
            *AlertDelivery.__table__.columns, *map(_of_cause, ("sentence", "figures", "buy_ids", "kind", "severity")),
            AlertCause.cause, Alert.subject, Alert.opened_at, Alert.closed_at, Alert.closed_because,
            AlertRule.name.label("rule_name"),
        )
        .join(Alert, Alert.id == AlertDelivery.alert_id)
        .join(AlertRule, AlertRule.id == Alert.rule_id)
        .outerjoin(AlertCause, AlertCause.id == AlertDelivery.cause_id)
        .join(due, due.c.id == AlertDelivery.id)
        .where(due.c.place <= limit)
        .order_by(due.c.place, AlertDelivery.id)
    )  # fmt: skip
    return db.session.execute(statement).all()


def _of_cause(name: str) -> Any:
    """Return what a message says: of its cause, or, at the end and in the version before, of its alert."""
    return func.coalesce(getattr(AlertCause, name), getattr(Alert, name)).label(name)


def undelivered() -> int:
    """Return how many messages have failed at least once and are still to be sent."""
    waiting = (AlertDelivery.next_try_at.is_not(None)) & (AlertDelivery.tries > 0)
    return int(db.session.execute(select(func.count()).select_from(AlertDelivery).where(waiting)).scalar_one())


def normal_failure_rate(since: datetime, until: datetime) -> Decimal | None:
    """Return the share that usually fails at this time, as rules compare with it; None where there is too little."""
    return normal_share(Side.ALL, normal_weeks(since, until))
