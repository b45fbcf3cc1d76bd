"""Leaf helpers that know nothing of the product: periods, formatting, charts, mail, deadlines."""
