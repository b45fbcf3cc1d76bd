"""A limit to how long a conversation over the network takes in all.

The time-outs of sockets are for each piece of an answer. Whoever sends one byte now and then keeps within them for
ever, so the connection itself must be ended from outside.
"""

import socket
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Any, Protocol, Self

LOOKS_AGAIN_EVERY = 0.5
"""In seconds. A name may have been looked up when the time was over, and the connection been made after it."""


class HasSocket(Protocol):
    """A connection, such as those of ``smtplib``; its socket is None while there is none."""

    sock: Any


class TimeLimit:
    """As a context: after so many seconds every connection that is watched is ended, and its reader gets an error.

    ``is_over`` then says why.
    """

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._seconds = seconds
        self._connections: list[HasSocket] = []
        self._done = Event()

    def watch(self, connection: HasSocket) -> None:
        """End this connection too; it need not be connected yet."""
        self._connections.append(connection)

    def __enter__(self) -> Self:
        Thread(target=self._wait, name="time-limit", daemon=True).start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        self._done.set()

    def _wait(self) -> None:
        seconds = self._seconds
        while not self._done.wait(seconds):
            self.is_over = True
            for connection in list(self._connections):
                _end(connection)
            seconds = LOOKS_AGAIN_EVERY


def _end(connection: HasSocket) -> None:
    current = connection.sock
    if current is not None:
        with suppress(OSError):
            # Not the method of a TLS socket, which would also take its encryption from whoever reads at the moment.
            socket.socket.shutdown(current, socket.SHUT_RDWR)
