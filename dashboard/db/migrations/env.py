"""How Alembic reaches the application's database and compares its models."""

from typing import Any

from alembic import context
from flask import current_app

from dashboard.db.columns import Money, UtcDateTime
from dashboard.db.extensions import db

target_metadata = db.metadata


def _render_item(kind: str, item: Any, autogen_context: Any) -> str | bool:
    if kind == "type" and isinstance(item, (Money, UtcDateTime)):
        autogen_context.imports.add("from dashboard.db.columns import Money, UtcDateTime")
        return f"{type(item).__name__}()"
    return False


def _run() -> None:
    options: dict[str, Any] = {
        "target_metadata": target_metadata,
        "render_as_batch": True,
        "compare_type": True,
        "render_item": _render_item,
    }
    if context.is_offline_mode():
        url = db.engine.url.render_as_string(hide_password=False)
        context.configure(url=url, literal_binds=True, **options)
        with context.begin_transaction():
            context.run_migrations()
        return
    # SQLite begins a transaction late unless told; two processes that migrate at once must not interleave.
    with db.engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7365637)")
            context.run_migrations()


assert current_app, "migrations run inside the application: flask --app wsgi db upgrade"
_run()
