"""The sums debited in a period, by whether they are final or can still come back, and the calendar of releases."""
