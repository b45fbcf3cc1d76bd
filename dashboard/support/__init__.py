"""What support asks: look-up, the answer for the customer, a purchase's page and a Steam user's page."""
