"""Pure: how the run of a job ends."""

from dataclasses import dataclass

RUNNING, DONE, FAILED, UNANSWERED, STOPPED = "running", "done", "failed", "unanswered", "stopped"
"""How runs end: ``done`` when a run did what it is for, ``failed`` by an error of its own, ``unanswered`` when
SkinsBack gave no answer or could not be asked."""


@dataclass(frozen=True)
class JobResult:
    """What came of a run that was not broken off by an error of its own.

    ``problem`` says why the run did not do what it is for, because SkinsBack gave no answer or could not be asked;
    empty when it did. ``asked`` and ``answered`` count what SkinsBack was asked about (purchases, pages of the history,
    the balance), ``stored`` what of the answers was new or had changed.
    """

    detail: str
    did_something: bool = True
    problem: str = ""
    asked: int = 0
    answered: int = 0
    stored: int = 0
    is_stopped: bool = False
    """Whether the run was told to stop before it was done."""

    @property
    def outcome(self) -> str:
        if self.is_stopped:
            return STOPPED
        return UNANSWERED if self.problem else DONE
