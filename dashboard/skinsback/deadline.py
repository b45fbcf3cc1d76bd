"""The deadline of a whole answer. The time-outs of ``requests`` are for each piece, which headers may drip for ever."""

import http.client
import io
import math
import time
from functools import partial
from typing import Any

from requests.adapters import HTTPAdapter


class DeadlineAdapter(HTTPAdapter):
    """Gives up reading an answer at ``give_up_at``, by the monotonic clock, which is set before each request.

    For a session that one thread uses at a time.
    """

    give_up_at = math.inf

    def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> Any:
        pool: Any = super().get_connection_with_tls_context(*arguments, **options)
        # A pool is kept for later requests, and is to be prepared once.
        if not isinstance(pool.ConnectionCls, partial):
            pool.ConnectionCls = partial(self._connect, pool.ConnectionCls)
        return pool

    def _connect(self, make: Any, *arguments: Any, **options: Any) -> Any:
        connection = make(*arguments, **options)
        connection.response_class = partial(_Answer, self)
        return connection


class _Answer(http.client.HTTPResponse):
    """An answer that is read, from its first byte, only until the deadline."""

    def __init__(self, adapter: DeadlineAdapter, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fp = io.BufferedReader(_Bytes(self.fp.detach(), adapter.give_up_at))


class _Bytes(io.RawIOBase):
    def __init__(self, received: Any, give_up_at: float) -> None:
        self._received = received
        self._give_up_at = give_up_at

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> Any:
        """Read what has arrived. Raises TimeoutError after the deadline."""
        if time.monotonic() > self._give_up_at:
            raise TimeoutError("the whole answer took too long")
        return self._received.readinto(buffer)

    def close(self) -> None:
        self._received.close()
        super().close()
