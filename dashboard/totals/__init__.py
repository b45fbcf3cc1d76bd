"""Sums of purchases by period and part, kept as purchases change: what they are, who writes and who reads them."""
