"""Time that is travelled rather than waited for: several activities, one clock, and never two that run at once.

An activity is a thread that works while the clock stands still and says when it wants to sleep. Once all of them
sleep, the clock is moved to the moment at which the first wants to wake. So an hour takes as long as the work in it,
and the same day passes the same way every time it is lived through.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from threading import Event, Semaphore, Thread, current_thread
from typing import Self
from unittest import mock

import time_machine


class Activity:
    """Something that happens beside other things, such as a job of the scheduler."""

    def __init__(self, name: str, work: Callable[[], None], wakes_at: float) -> None:
        self.wakes_at = wakes_at
        """In UNIX seconds."""
        self.waits_for: object = None
        """What may wake it earlier: see ``Lapse.wake``."""
        self.is_over = False
        self._work = work
        self._error: BaseException | None = None
        self._go, self._has_stopped = Semaphore(0), Semaphore(0)
        self.thread = Thread(target=self._run, name=name, daemon=True)
        self.thread.start()

    def go_on(self) -> None:
        """Let it work until it sleeps or ends. Raises what it raised."""
        self._go.release()
        self._has_stopped.acquire()
        if self._error is not None:
            raise self._error

    def pause(self, wakes_at: float, waits_for: object) -> None:
        """Sleep; called by the activity itself. One that was ended never returns from here, as after ``kill -9``."""
        self.wakes_at, self.waits_for = wakes_at, waits_for
        self._has_stopped.release()
        self._go.acquire()
        self.waits_for = None

    def _run(self) -> None:
        self._go.acquire()
        try:
            self._work()
        except BaseException as error:
            self._error = error
        self.is_over = True
        self._has_stopped.release()


class Lapse:
    """The clock, and everything that sleeps by it. While it is entered, all clocks of this process follow it."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._travelled = 0.0
        self._activities: list[Activity] = []
        self._stack = ExitStack()
        self._real_monotonic = time.monotonic

    def __enter__(self) -> Self:
        self._clock = self._stack.enter_context(time_machine.travel(self._start, tick=False))
        # Lengths of time are travelled too, and real work adds to them.
        self._stack.enter_context(mock.patch("time.monotonic", self._monotonic))
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    @property
    def now(self) -> float:
        """The moment, in UNIX seconds."""
        return self._start.timestamp() + self._travelled

    def start(self, name: str, work: Callable[[], None]) -> Activity:
        """Let something begin beside what is going on."""
        activity = Activity(name, work, self.now)
        self._activities.append(activity)
        return activity

    def kill(self, activity: Activity) -> None:
        """End an activity wherever it is; nothing of it happens any more."""
        self._activities.remove(activity)

    def sleep(self, seconds: float, waits_for: object = None) -> None:
        """Sleep as an activity. Anybody else has nothing to wait for: the clock stands still for them."""
        activity = next((one for one in self._activities if one.thread is current_thread()), None)
        if activity is not None:
            activity.pause(self.now + max(0.0, seconds), waits_for)

    def wake(self, what: object) -> None:
        """Let those go on at once that wait for this."""
        for activity in self._activities:
            if activity.waits_for is what:
                activity.wakes_at = self.now

    def pass_until(self, moment: float) -> None:
        """Let everything happen that happens before the moment, and arrive there."""
        while (first := min(self._activities, key=lambda one: one.wakes_at, default=None)) is not None:
            if first.wakes_at > moment:
                break
            self._move_to(max(first.wakes_at, self.now))
            first.go_on()
            if first.is_over:
                self._activities.remove(first)
        self._move_to(moment)

    def _monotonic(self) -> float:
        return self._real_monotonic() + self._travelled

    def _move_to(self, moment: float) -> None:
        self._travelled = moment - self._start.timestamp()
        self._clock.move_to(datetime.fromtimestamp(moment, UTC), tick=False)


class LapsedEvent(Event):
    """An event that activities wait for by the travelled clock."""

    def __init__(self, lapse: Lapse) -> None:
        super().__init__()
        self._lapse = lapse

    def wait(self, timeout: float | None = None) -> bool:
        if not self.is_set():
            self._lapse.sleep(float("inf") if timeout is None else timeout, self)
        return self.is_set()

    def set(self) -> None:
        super().set()
        self._lapse.wake(self)
