"""What machines read: logs, metrics and readiness."""
