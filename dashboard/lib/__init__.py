"""Leaf helpers that know nothing of the product: periods, formatting, charts, sending mail, the id of a request."""
