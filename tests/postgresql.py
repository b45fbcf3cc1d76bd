"""A PostgreSQL server of the tests' own: made in a temporary directory, reached by a socket, thrown away at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS_TO_START = 60


def server_programs() -> Path | None:
    """Return the directory with initdb and pg_ctl, or None when no PostgreSQL server is installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """Run a server and yield the SQLAlchemy URL of its database ``postgres``."""
    programs = server_programs()
    if programs is None:
        raise RuntimeError("no PostgreSQL server is installed")
    directory = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    # PostgreSQL refuses to run as root, so root runs it as the user that the package made for it.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        os.chown(directory, pwd.getpwnam(user).pw_uid, -1)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(directory / "data"), *arguments]
        subprocess.run(command, user=user, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=SECONDS_TO_START)

    try:
        run("initdb", "--username=tests", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
        options = f"-c listen_addresses='' -c unix_socket_directories={directory} -c fsync=off -c full_page_writes=off"
        run("pg_ctl", "start", "--wait", "--silent", f"--log={directory}/log", f"--options={options}")
        yield f"postgresql+psycopg://tests@/postgres?host={directory}"
    finally:
        if (directory / "data" / "postmaster.pid").exists():
            run("pg_ctl", "stop", "--mode=immediate", "--silent")
        shutil.rmtree(directory, ignore_errors=True)
