"""The only readers of the database: plain arguments in, rows out. Each docstring defines its figure."""
