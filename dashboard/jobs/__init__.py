"""The background jobs, and which process leads."""
