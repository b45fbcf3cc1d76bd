"""Whether the pages are up to date, as ``/readyz``, ``/metrics`` and the page of the health say it."""

from datetime import UTC, datetime
from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from dashboard.db.extensions import MIGRATIONS, db
from dashboard.sync.cause_queries import find_causes


def find_problems() -> list[str]:
    """Return why the pages may be out of date, a sentence each; none when all is well."""
    try:
        if not _is_migrated():
            return ["The database is not migrated to this version: run flask --app wsgi db upgrade."]
        return [f"{cause.sentence} {cause.advice}".strip() for cause in find_causes(datetime.now(UTC))]
    except SQLAlchemyError as error:
        return [f"The database does not answer ({type(error).__name__})."]


@cache
def _newest_migrations() -> frozenset[str]:
    # The files do not change while a process runs, and reading all of them takes longer than the rest of the page.
    return frozenset(ScriptDirectory(str(MIGRATIONS)).get_heads())


def _is_migrated() -> bool:
    return set(MigrationContext.configure(db.session.connection()).get_current_heads()) == _newest_migrations()
