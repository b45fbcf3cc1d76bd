"""The balance: readings, and the bridge from one to the next."""
