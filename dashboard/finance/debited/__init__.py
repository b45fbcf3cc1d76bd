"""The debited sums of a period by part, and the calendar of releases."""
