"""Reports that somebody closed, so that they stay as they were signed, and what has changed since."""
