"""Purchases: their tables, statuses, finality, identifiers, schedule, lists, holds, notes, exports and drift."""
