"""The commands of the README do what it says, from a fresh clone: every one of them, run as it stands there."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from tests.ports import two_free_ports
from tests.purchases.samples import EXAMPLE

ROOT = Path(__file__).parent.parent
SECONDS = 120

pytestmark = pytest.mark.skipif(
    not (shutil.which("git") and shutil.which("make") and (ROOT / ".git").exists()), reason="git or make is missing"
)


def environment(**settings: str) -> dict[str, str]:
    """Return an environment as a new machine has it, without settings of the machine that tests run on."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ} | settings


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a fresh clone that has its libraries already: installing them is what `make test` itself begins with."""
    place = tmp_path_factory.mktemp("fresh") / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(place)], check=True, timeout=SECONDS)
    (place / ".venv").symlink_to(sys.prefix)
    return place


@contextlib.contextmanager
def running(command: list[str], place: Path, env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run a command until the block ends, and see that it then ends by itself."""
    with subprocess.Popen(
        command, cwd=place, env=env, text=True, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        last = threading.Timer(SECONDS, os.killpg, (process.pid, signal.SIGKILL))
        last.start()
        try:
            yield process
            os.killpg(process.pid, signal.SIGINT)
            process.wait(SECONDS)
        finally:
            last.cancel()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def answer_of(address: str, process: subprocess.Popen[str]) -> int:
    """Return the status that an address answers with as soon as something listens there."""
    give_up_at = time.monotonic() + SECONDS
    while time.monotonic() < give_up_at and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    return pytest.fail(f"{address} never answered: {process.stdout.read() if process.stdout else ''}")


def make(*words: str) -> list[str]:
    # The libraries count as installed, however new the lock files of the clone are.
    return ["make", "-o", ".venv/runs", "-o", ".venv/tests", *words]


def test_make_run_serves_the_pages_of_a_fresh_clone_with_the_example_settings_filled_in(clone: Path) -> None:
    port = two_free_ports()
    example = (clone / ".env.example").read_text()
    filled = re.sub("^SECRET_KEY=$", "SECRET_KEY=only-for-this-test-0123456789", example, flags=re.MULTILINE)
    (clone / ".env").write_text(f"{filled}PORT={port}\n")
    with running(make("run"), clone, environment()) as process:
        assert answer_of(f"http://127.0.0.1:{port}/healthz", process) == 200
        assert answer_of(f"http://127.0.0.1:{port}/login", process) == 200
    (clone / ".env").unlink()
    assert (clone / "instance" / "dashboard.sqlite").exists()


def test_make_demo_prints_an_address_and_a_login_and_warns_of_nothing(clone: Path) -> None:
    port = two_free_ports()
    with running(make("demo", f"PORT={port}"), clone, environment()) as process:
        assert answer_of(f"http://127.0.0.1:{port}/login", process) == 200
        assert process.stdout is not None
        told = ""
        while "Ctrl-C stops it." not in told and (line := process.stdout.readline()):
            told += line
    assert f"The dashboard is at http://127.0.0.1:{port}" in told
    assert "Sign in as demo@example.com with demo-password" in told
    assert "WARNING" not in told


def commands_of_the_readme() -> list[str]:
    """Return the words of each command in the README's table."""
    return re.findall(r"^\| `([a-z]+(?: [a-z]+)?)[^|]*` +\|", (ROOT / "README.md").read_text(), flags=re.MULTILINE)


def test_the_readme_names_commands_that_are_there(app: Flask) -> None:
    words = {
        f"{name} {sub}" if isinstance(command, click.Group) else name
        for name, command in app.cli.commands.items()
        for sub in (command.commands if isinstance(command, click.Group) else [name])
    }
    assert [command for command in commands_of_the_readme() if command not in words | {"db upgrade"}] == []


def test_every_command_of_the_readme_does_its_work_in_a_fresh_clone(clone: Path) -> None:
    port = two_free_ports()
    env = environment(
        DATABASE_URL=f"sqlite:///{clone.parent / 'commands.sqlite'}", SECRET_KEY="only-for-this-test-0123456789",
        SKINSBACK_API_URL=f"http://127.0.0.1:{port}/api.php", SKINSBACK_WEBSOCKET_URL="",
        SKINSBACK_CLIENT_ID="demo-client", SKINSBACK_CLIENT_SECRET="demo-secret",
    )  # fmt: skip
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]

    def say(words: str, given: str = "") -> str:
        done = subprocess.run(
            [*flask, *words.split()],
            check=False,
            cwd=clone,
            env=env,
            input=given,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        return f"{done.returncode} {done.stdout}{done.stderr}"

    password = "correct horse battery"
    with running([*flask, "simulator", "--port", str(port), "--purchases", "30"], clone, env) as simulator:
        assert answer_of(f"http://127.0.0.1:{port}/api.php", simulator) < 500
        assert say("db upgrade").startswith("0 ")
        assert "may now sign in" in say("users create a@shop.example --role ops", f"{password}\n{password}\n")
        assert "has a new password" in say("users password a@shop.example", f"{password} 2\n{password} 2\n")
        assert "1 new" in say("purchases load -", json.dumps(EXAMPLE | {"buy_id": 2_000_000_000}))
        assert say("purchases refresh").startswith("0 ")
        assert "Complete: " in say("purchases import --since 2026-01-01")
        assert say("reports send").startswith("1 ")  # No recipients are set.
        with running([*flask, "scheduler"], clone, env) as scheduler:
            assert scheduler.poll() is None
