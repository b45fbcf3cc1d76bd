"""``flask simulator``: only the simulated SkinsBack."""

import signal
from threading import Event

import click

from dashboard.simulator.simulator import Simulator


@click.command("simulator")
@click.option("--port", type=click.IntRange(1, 65534), required=True, help="Its websocket takes the next port.")
@click.option("--purchases", type=click.IntRange(0), default=2000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--speed", type=click.FloatRange(min=0, min_open=True), default=1.0, show_default=True)
def simulator(port: int, purchases: int, seed: int, speed: float) -> None:
    """Run only the simulated SkinsBack, until SIGTERM or SIGINT."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with Simulator(port=port, purchases=purchases, seed=seed, speed=speed) as running:
        click.echo(_greeting(running), nl=False)
        stop.wait()


def _greeting(running: Simulator) -> str:
    return f"""SkinsBack simulator
  SKINSBACK_API_URL={running.api_url}
  SKINSBACK_CLIENT_ID={running.client_id}
  SKINSBACK_CLIENT_SECRET={running.client_secret}
  SKINSBACK_WEBSOCKET_URL={running.websocket_url}
Faults are switched on while it runs, for instance two seconds of latency:
  curl {running.control_url}/faults -d '{{"latency": 2}}'
and off with: curl -X DELETE {running.control_url}/faults
What else there is: curl {running.control_url}/faults, and the text of dashboard/simulator/simulator.py
"""
