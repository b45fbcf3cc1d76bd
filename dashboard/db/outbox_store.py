"""Messages are claimed, sent and marked, so each arrives **at least once**, whatever table it stands in.

A process that dies in between leaves a claim that runs out, and the message is sent again: one that comes twice does
little harm, and one that never comes is noticed by nobody. What fails is tried again after longer and longer waits.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from dashboard.db.database import Fence, writing
from dashboard.lib.waits import doubled


@dataclass(frozen=True)
class Outbox:
    """The messages of a table with ``id``, ``tries`` and ``sent_at``, and two columns that it names by itself.

    A message is a row as it was read before it was claimed. Everything raises LeadLost when the fence's lead has
    passed on.
    """

    table: Any
    next_try_at: Any
    """Before this moment nobody tries: somebody is sending it, or the last try failed a short while ago."""
    error: Any
    claim_lasts: timedelta
    """Longer than sending can take."""
    shortest_wait: timedelta
    longest_wait: timedelta

    def claim(self, message: Any, now: datetime, fence: Fence | None) -> bool:
        """Take the right to send a message that is due; False when somebody has taken it since it was read."""
        unchanged = (self.table.id == message.id) & (self.table.tries == message.tries)
        values = {self.table.tries: message.tries + 1, self.next_try_at: now + self.claim_lasts}
        with writing(fence) as connection:
            return connection.execute(update(self.table).where(unchanged).values(values)).rowcount == 1

    def mark_sent(self, message: Any, now: datetime, fence: Fence | None, error: str = "", **values: Any) -> None:
        """Write that a claimed message was sent, if not to everybody."""
        self.mark(message, fence, {self.table.sent_at: now, self.error: error, **values})

    def mark_failed(self, message: Any, now: datetime, error: str, fence: Fence | None) -> None:
        """Write why a claimed message was not sent; it is due again after a wait."""
        next_try_at = now + self.wait_after(message.tries + 1)
        self.mark(message, fence, {self.next_try_at: next_try_at, self.error: error})

    def mark(self, message: Any, fence: Fence | None, values: dict[Any, Any]) -> None:
        with writing(fence) as connection:
            connection.execute(update(self.table).where(self.table.id == message.id).values(values))

    def wait_after(self, tries: int) -> timedelta:
        return doubled(self.shortest_wait, self.longest_wait, tries)
