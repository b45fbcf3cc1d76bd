"""Reports that somebody closed, and what has changed since."""
