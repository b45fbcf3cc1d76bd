"""Sums kept as purchases change: what they are, one place that writes them, one that reads them."""
