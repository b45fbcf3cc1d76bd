"""Ask SkinsBack again because somebody presses the button: after a refusal, or while it does not answer.

The jobs do so by themselves (``state_store.claim_probe``); a fault that is over needs nobody.
"""

from datetime import UTC, datetime, timedelta

from dashboard.skinsback.errors import SkinsBackError
from dashboard.sync.connection import client_for_people, is_connected
from dashboard.sync.refresh import NOT_CONNECTED

ASKED_ABOUT = timedelta(minutes=10)
"""A short period of the history: any answer shows that SkinsBack answers, and this one is small."""


def ask_again() -> str:
    """Ask SkinsBack once; return what went wrong, empty when it answered: then the jobs go on by themselves."""
    if not is_connected():
        return NOT_CONNECTED
    now = datetime.now(UTC)
    try:
        client_for_people().get_history_page(now - ASKED_ABOUT, now)
    except SkinsBackError as error:
        return error.sentence
    return ""
