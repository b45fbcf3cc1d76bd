"""Threads for work that waits for the network, which may be left behind when the process has to end.

The standard library's pools make the process wait for their threads when it ends, here for an answer that may take
twenty seconds; what these threads do is safe to be killed anywhere, so they are daemons.
"""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Generic, Self, TypeVar

from flask import Flask, current_app

from dashboard.lib import trace

Task = TypeVar("Task")
Result = TypeVar("Result")


class Workers(Generic[Task, Result]):
    """Up to ``most`` threads, each in an application context of its own. Used by one thread."""

    def __init__(self, work: Callable[[Task], Result], most: int, *, ends_within: float) -> None:
        """``ends_within``: how many seconds to wait at the end for what is still being worked on."""
        self.most = most
        self.busy = 0
        self._work = work
        self._ends_within = ends_within
        self._app: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # The proxy's documented way out.
        self._request_id = trace.current()
        self._threads = 0
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._results: SimpleQueue[tuple[Task, Result | BaseException]] = SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for _ in range(self._threads):
            self._tasks.put(None)
        while self.busy:
            try:
                self._results.get(timeout=self._ends_within)
            except Empty:
                return
            self.busy -= 1

    def hand(self, task: Task) -> None:
        """Give a task to a thread that is free, or to a new one."""
        if self.busy >= self._threads:
            self._threads += 1
            Thread(target=self._run, name=f"worker-{self._threads}", daemon=True).start()
        self.busy += 1
        self._tasks.put(task)

    def next_result(self, *, timeout: float) -> tuple[Task, Result] | None:
        """Return a task that is done with its result, or None after ``timeout`` seconds. Raises what it raised."""
        try:
            task, result = self._results.get(timeout=timeout)
        except Empty:
            return None
        self.busy -= 1
        if isinstance(result, BaseException):
            raise result
        return task, result

    def abandon(self) -> None:
        """Wait no longer for what is being worked on."""
        self.busy = 0

    def _run(self) -> None:
        # What a thread asks SkinsBack for belongs to the run that made the threads.
        with self._app.app_context(), trace.scope(self._request_id):
            while (task := self._tasks.get()) is not None:
                try:
                    self._results.put((task, self._work(task)))
                except Exception as error:
                    self._results.put((task, error))
