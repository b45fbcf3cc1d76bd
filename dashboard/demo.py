"""``make demo``: the dashboard beside a simulated SkinsBack, on a fresh SQLite file, with one command.

Everything it makes lies in ``.demo`` and is made anew at every start, because the simulated purchases live relative to
the moment of the start.
"""

import argparse
import os
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from honcho.manager import Manager

from dashboard.config import ROOT

HOME = ROOT / ".demo"
EMAIL, PASSWORD = "demo@example.com", "demo-password"
CLIENT_ID, CLIENT_SECRET = "demo-client", "demo-secret"
SECONDS_TO_START = 90


def main() -> int:
    """Run the demo until it is stopped; return the exit status."""
    options = _options()
    if options.scheduler_after:
        return _schedule_after(options.scheduler_after)
    if not _is_free(options.port):
        sys.stderr.write(f"Port {options.port} is in use. Choose another: make demo PORT={options.port + 1}\n")
        return 1
    api_port = _two_free_ports()
    environment = _environment(options.port, api_port)
    _prepare(environment)
    manager = Manager()
    for name, command in _processes(options, api_port).items():
        manager.add_process(name, shlex.join(command), cwd=str(ROOT), env=environment)
    threading.Thread(target=_announce, args=(options.port,), daemon=True).start()
    manager.loop()
    return int(manager.returncode or 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description="The dashboard beside a simulated SkinsBack.")
    parser.add_argument("--port", type=int, default=8000, help="of the dashboard (8000)")
    parser.add_argument("--purchases", type=int, default=2000, help="in the simulated past (2000)")
    parser.add_argument("--speed", type=int, default=60, help="how many times faster purchases live (60)")
    parser.add_argument("--scheduler-after", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def _schedule_after(port: int) -> int:
    """Become the scheduler as soon as the simulated SkinsBack listens; before that it would only warn of silence."""
    give_up_at = time.monotonic() + SECONDS_TO_START
    while _is_free(port) and time.monotonic() < give_up_at:
        time.sleep(0.1)
    os.execv(sys.executable, [*_flask(), "scheduler"])  # noqa: S606 - Our own words; no shell is meant.


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _two_free_ports() -> int:
    """Return a free port whose next one is free too: the simulated websocket listens there."""
    for port in range(8900, 9900, 2):
        if _is_free(port) and _is_free(port + 1):
            return port
    sys.exit("No two neighbouring free ports between 8900 and 9900 for the simulated SkinsBack.")


def _environment(port: int, api_port: int) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{HOME / 'dashboard.sqlite'}",
        "SECRET_KEY": secrets.token_hex(32),
        "SKINSBACK_API_URL": f"http://127.0.0.1:{api_port}/api.php",
        "SKINSBACK_WEBSOCKET_URL": f"ws://127.0.0.1:{api_port + 1}/ws/",
        "SKINSBACK_CLIENT_ID": CLIENT_ID,
        "SKINSBACK_CLIENT_SECRET": CLIENT_SECRET,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        # A line for every request and job run would push the login out of sight.
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
        "LOG_FORMAT": "text",
    }


def _prepare(environment: dict[str, str]) -> None:
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    for command in (["db", "upgrade"], ["users", "create", EMAIL, "--role", "admin", "--password", PASSWORD]):
        subprocess.run([*_flask(), *command], check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def _flask() -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi"]


def _processes(options: argparse.Namespace, api_port: int) -> dict[str, list[str]]:
    population = ["--purchases", str(options.purchases), "--speed", str(options.speed)]
    return {
        "skinsback": [*_flask(), "simulator", "--port", str(api_port), *population],
        "scheduler": [sys.executable, "-m", "dashboard.demo", "--scheduler-after", str(api_port + 1)],
        "web": [sys.executable, "-m", "gunicorn", "wsgi:app"],
    }


def _announce(port: int) -> None:
    address = f"http://127.0.0.1:{port}"
    give_up_at = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up_at:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                break
        except (OSError, urllib.error.URLError):
            time.sleep(0.2)
    else:
        sys.stderr.write(f"The dashboard did not start within {SECONDS_TO_START} s; the lines above say why.\n")
        return
    sys.stdout.write(f"\n  The dashboard is at {address}\n  Sign in as {EMAIL} with {PASSWORD}\n  Ctrl-C stops it.\n\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
