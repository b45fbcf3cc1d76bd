"""Look-up, the answer card, a purchase's page and a Steam user's page."""
