"""A faithful SkinsBack for the demo and for tests: a real server on a real port."""

from dashboard.simulator.simulator import Simulator

__all__ = ["Simulator"]
