"""Why the database cannot be used, in a line that says what to do; for whoever typed a command."""

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from dashboard.db.database import is_deadlock
from dashboard.lib.formatting import one_line

_OF_SQLITE = {
    "NOTADB": "is not an SQLite database: name another file in DATABASE_URL, or restore this one from a backup",
    "CORRUPT": "is damaged: restore it from a backup",
    "CANTOPEN": "cannot be opened: name a file in DATABASE_URL in a directory that this user may write to",
    "READONLY": "cannot be written: let this user write it, and to its directory",
    "BUSY": "is kept locked by another process: try again, or end that process",
    "FULL": "cannot grow: make room on its disk",
    "IOERR": "cannot be read or written: check its disk",
}
"""By the first word of SQLite's names of errors."""

_OF_POSTGRESQL = {
    "42P01": "run flask --app wsgi db upgrade",
    "42501": "let an administrator of the server grant the user of DATABASE_URL what is missing",
    "25006": "name the server that can be written in DATABASE_URL",
}


def why_unusable(error: BaseException, database_url: str) -> str | None:
    """Return a line for an error of the database that is no mistake of ours, else None. It holds no password."""
    if not isinstance(error, DBAPIError):
        return None
    said = one_line(str(error.orig).partition("\n")[0], 300)
    if said.startswith("no such table"):
        return f"The database lacks tables ({said}): run flask --app wsgi db upgrade."
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        what = _OF_SQLITE.get(getattr(error.orig, "sqlite_errorname", "SQLITE_ERROR").split("_")[1])
        return f"The file {url.database} {what}." if what else None
    to_do = _OF_POSTGRESQL.get(getattr(error.orig, "sqlstate", None) or "")
    if to_do is None and isinstance(error, OperationalError) and not is_deadlock(error):
        to_do = "check that it runs, and the address, the name and the password in DATABASE_URL"
    return f"PostgreSQL cannot be used ({said}): {to_do}." if to_do else None
