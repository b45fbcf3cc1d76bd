"""The tables, by reader. Columns, keys and indexes; rules about them live in the rooms that use them.

Fields of the API carry the API's own names. Money is in US dollars (``columns.Money``), times are in UTC
(``columns.UtcDateTime``).
"""

from dashboard.models.accounts import SignInFailure, User, UserSession
from dashboard.models.finance import (
    BalanceReading,
    ClosedReport,
    Finding,
    FindingCheck,
    FindingResolution,
    Reconciliation,
    ReconciliationBlock,
    SentReport,
)
from dashboard.models.machinery import HistoryImport, JobRun, Lease, RequestBudget, RequestSlot, SkinsBackState
from dashboard.models.operations import Alert, AlertDelivery, AlertRule, PushedEventMinute, RequestMinute, SlowStatement
from dashboard.models.purchases import (
    Drift,
    Purchase,
    PurchaseAnswer,
    PurchaseNote,
    PurchaseVersion,
    SetAsideRecord,
    WantedPurchase,
)
from dashboard.models.totals import HoldTotal, MoneyTotal, OutcomeTotal

__all__ = [
    "Alert",
    "AlertDelivery",
    "AlertRule",
    "BalanceReading",
    "ClosedReport",
    "Drift",
    "Finding",
    "FindingCheck",
    "FindingResolution",
    "HistoryImport",
    "HoldTotal",
    "JobRun",
    "Lease",
    "MoneyTotal",
    "OutcomeTotal",
    "Purchase",
    "PurchaseAnswer",
    "PurchaseNote",
    "PurchaseVersion",
    "PushedEventMinute",
    "Reconciliation",
    "ReconciliationBlock",
    "RequestBudget",
    "RequestMinute",
    "RequestSlot",
    "SentReport",
    "SetAsideRecord",
    "SignInFailure",
    "SkinsBackState",
    "SlowStatement",
    "User",
    "UserSession",
    "WantedPurchase",
]
