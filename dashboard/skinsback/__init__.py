"""The outside world: HTTP, signing, limits, errors and JSON of the SkinsBack API.

Nothing in this package knows Flask, SQL or any other room of the dashboard.
"""
