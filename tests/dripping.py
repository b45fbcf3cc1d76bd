"""A server on a real port that never finishes what it says."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def dripping(begins_with: bytes) -> Iterator[int]:
    """Answer everybody on a port with these bytes, and then with another one now and then, for ever."""
    is_over = threading.Event()

    def drip(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.sendall(begins_with)
            while not is_over.wait(0.05):
                connection.sendall(b"x")

    def serve(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=drip, args=(server.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        yield server.getsockname()[1]
        is_over.set()
