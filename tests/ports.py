"""Ports for programs that are started by a test and cannot choose one by themselves."""

import random
import socket


def two_free_ports() -> int:
    """Return a port that is free and whose next one is free too.

    They lie below those that the system gives to connections, or one of the many of a test run would take them before
    the program does.
    """
    for port in random.sample(range(20_000, 30_000, 2), 50):
        if _is_free(port) and _is_free(port + 1):
            return port
    raise AssertionError("no two free ports side by side")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
