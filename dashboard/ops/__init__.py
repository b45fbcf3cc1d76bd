"""Do deliveries work: rates, verdict, work lists, and the dashboard's own health."""
