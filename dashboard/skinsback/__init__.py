"""The SkinsBack API as a client sees it: HTTP, signing, errors, JSON to records, pushed events and the websocket.

Nothing in this package knows Flask, SQL or any other room of the dashboard.
"""
