"""Keeping our copy of SkinsBack's purchases true: asking within the request budget, import, events, balance, age."""
