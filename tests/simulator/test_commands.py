"""The simulator as a program: it says where it is, answers, and ends cleanly."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.ports import two_free_ports

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_program_answers_and_ends_cleanly(number: signal.Signals) -> None:
    port = two_free_ports()
    code = "from dashboard.simulator.commands import simulator; simulator()"
    command = [sys.executable, "-c", code, "--port", str(port), "--purchases", "50", "--seed", "1", "--speed", "60"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        lines = [program.stdout.readline().strip() for _ in range(5)]
        answer = requests.get(f"http://127.0.0.1:{port}/api.php", timeout=5).json()
        program.send_signal(number)
        assert program.wait(timeout=10) == 0
    assert f"SKINSBACK_API_URL=http://127.0.0.1:{port}/api.php" in lines
    assert "SKINSBACK_CLIENT_SECRET=demo-secret" in lines
    assert f"SKINSBACK_WEBSOCKET_URL=ws://127.0.0.1:{port + 1}/ws/" in lines
    assert answer["error_code"] == -1
