"""The heart: purchases with their statuses, finality, identifiers, schedule, lists, holds, notes and exports."""
