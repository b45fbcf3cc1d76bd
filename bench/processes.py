"""Real processes to measure: a simulated SkinsBack in this one, the pages and the background jobs in their own."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.simulator import Simulator

ROOT = Path(__file__).parent.parent
EMAIL, PASSWORD = "bench@example.com", "bench-password"


class House:
    """The environment that the processes share, and the processes started in it."""

    def __init__(self, skinsback: Simulator, folder: Path, **settings: str) -> None:
        self.environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder / 'dashboard.sqlite'}",
            "SECRET_KEY": "bench-only-bench-only-bench-only",
            "SKINSBACK_API_URL": skinsback.api_url,
            "SKINSBACK_WEBSOCKET_URL": skinsback.websocket_url,
            "SKINSBACK_CLIENT_ID": skinsback.client_id,
            "SKINSBACK_CLIENT_SECRET": skinsback.client_secret,
            "LOG_LEVEL": "WARNING",
        }
        self.environment |= settings
        self.processes: list[subprocess.Popen[bytes]] = []

    def flask(self, *arguments: str) -> None:
        """Run a command of the dashboard to its end."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        subprocess.run(command, check=True, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL)

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        """Start the background jobs."""
        return self._start([sys.executable, "-m", "flask", "--app", "wsgi", "scheduler"])

    def start_pages(self) -> str:
        """Start the pages; return their address once they answer."""
        port = _free_port()
        self.environment |= {"HOST": "127.0.0.1", "PORT": str(port)}
        self._start([sys.executable, "-m", "gunicorn", "wsgi:app"])
        address = f"http://127.0.0.1:{port}"
        give_up_at = time.monotonic() + 60
        while time.monotonic() < give_up_at:
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                    return address
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the pages did not start within a minute")

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        self.processes.append(process)
        return process

    def end(self) -> None:
        """End every process."""
        for process in self.processes:
            process.terminate()
        for process in list(self.processes):
            self.end_one(process)

    def end_one(self, process: subprocess.Popen[bytes]) -> None:
        """End one process, by force when it does not end by itself."""
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self.processes.remove(process)


@contextmanager
def house(skinsback: Simulator, **settings: str) -> Iterator[House]:
    """A migrated, empty database and what is started on it, ended and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="dashboard-bench-"))
    built = House(skinsback, folder, **settings)
    try:
        built.flask("db", "upgrade")
        built.flask("users", "create", EMAIL, "--role", "admin", "--password", PASSWORD)
        yield built
    finally:
        built.end()
        shutil.rmtree(folder, ignore_errors=True)


def resident_megabytes(pid: int) -> float:
    """Return how much memory a process holds at the moment."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
