"""Notes that colleagues leave on purchases."""

from dashboard.purchases import store


def add(buy_id: int, author_email: str, text: str) -> None:
    """Add a note to a purchase. Raises ValueError, with a sentence for the author, when it is empty or too long."""
    store.add_note(buy_id, author_email, text)
