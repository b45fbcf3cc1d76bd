"""The simulator as a program of its own."""

import signal
import sys
from threading import Event

from dashboard.simulator.simulator import Simulator


def run(port: int, purchases: int = 2000, seed: int = 1, speed: float = 1) -> None:
    """Serve until SIGTERM or SIGINT, and end cleanly. The websocket listens on the port after ``port``.

    Must be called in the main thread, because it waits for signals.
    """
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with Simulator(port=port, purchases=purchases, seed=seed, speed=speed) as simulator:
        sys.stdout.write(_greeting(simulator))
        sys.stdout.flush()
        stop.wait()


def _greeting(simulator: Simulator) -> str:
    return f"""SkinsBack simulator
  SKINSBACK_API_URL={simulator.api_url}
  SKINSBACK_CLIENT_ID={simulator.client_id}
  SKINSBACK_CLIENT_SECRET={simulator.client_secret}
  SKINSBACK_WEBSOCKET_URL={simulator.websocket_url}
Faults are switched on while it runs, for instance two seconds of latency:
  curl {simulator.control_url}/faults -d '{{"latency": 2}}'
and off with: curl -X DELETE {simulator.control_url}/faults
What else there is: curl {simulator.control_url}/faults, and the text of dashboard/simulator/simulator.py
"""
