"""A faithful SkinsBack for the demo and for tests: a real server on a real port.

It imports nothing of the dashboard, signs and checks with code of its own, and so really checks the client::

    with Simulator(purchases=2000, seed=1, speed=60) as simulator:
        requests.post(simulator.api_url, json={"method": "market_getinfo", "buy_id": 9}, headers=...)

How to steer it while it runs: methods of ``Simulator``, or over HTTP as the module ``simulator`` documents.
"""

from dashboard.simulator.simulator import Simulator

__all__ = ["Simulator"]
