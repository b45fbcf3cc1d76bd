"""Keeping the copy true: asking SkinsBack within the request budget, importing, events, balance, freshness."""
