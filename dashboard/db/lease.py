"""Pure: how long a lead lasts, and how often it is renewed."""

LENGTH = 20
"""In seconds. A dead leader is replaced within this and one look at the lease."""
RENEWED_EVERY = 5
"""In seconds. Three renewals may fail before the lead is lost."""
