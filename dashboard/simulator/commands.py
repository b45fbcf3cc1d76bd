"""``flask simulator``: only the simulated SkinsBack."""

import click

from dashboard import simulator as skinsback_simulator


@click.command("simulator")
@click.option("--port", type=click.IntRange(1, 65534), required=True, help="Its websocket takes the next port.")
@click.option("--purchases", "purchase_count", type=click.IntRange(0), default=2000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--speed", type=click.FloatRange(min=0, min_open=True), default=1.0, show_default=True)
def simulator(port: int, purchase_count: int, seed: int, speed: float) -> None:
    """Run only the simulated SkinsBack."""
    skinsback_simulator.run(port, purchases=purchase_count, seed=seed, speed=speed)
