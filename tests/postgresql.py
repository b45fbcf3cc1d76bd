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


class Server:
    """A running server, which can be stopped and started again."""

    def __init__(self, programs: Path, directory: Path) -> None:
        self.url = f"postgresql+psycopg://tests@/postgres?host={directory}"
        self._programs = programs
        self._directory = directory
        # PostgreSQL refuses to run as root, so root runs it as the user that the package made for it.
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            os.chown(directory, pwd.getpwnam(self._user).pw_uid, -1)

    def make(self) -> None:
        """Make its files."""
        self._run("initdb", "--username=tests", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        """Start it and wait until it answers."""
        place = f"-c listen_addresses='' -c unix_socket_directories={self._directory}"
        options = f"{place} -c fsync=off -c full_page_writes=off"
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self._directory}/log", f"--options={options}")

    def stop(self) -> None:
        """End it at once, as if it were killed, when it runs."""
        if (self._directory / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--mode=immediate", "--silent")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "-D", str(self._directory / "data"), *arguments]
        subprocess.run(
            command, user=self._user, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=SECONDS_TO_START
        )


@contextmanager
def own_server() -> Iterator[Server]:
    """Run a server."""
    programs = server_programs()
    if programs is None:
        raise RuntimeError("no PostgreSQL server is installed")
    directory = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    running = Server(programs, directory)
    try:
        running.make()
        running.start()
        yield running
    finally:
        running.stop()
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def server() -> Iterator[str]:
    """Run a server and yield the SQLAlchemy URL of its database ``postgres``."""
    with own_server() as running:
        yield running.url
