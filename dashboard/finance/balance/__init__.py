"""The balance, day by day: the bridge from its last reading of one day to that of the next."""
