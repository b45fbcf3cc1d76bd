"""The database: engine, the one way to write, fence and lease, the clock all agree on, column types, migrations."""
