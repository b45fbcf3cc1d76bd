"""Running the rooms' background jobs in the one process that leads, and the log of their runs."""
