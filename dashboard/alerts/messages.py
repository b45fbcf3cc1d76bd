"""Pure: the mail and the chat message around an alert's sentence. No message names a Steam user: others read along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.lib.formatting import one_line


@dataclass(frozen=True)
class Message:
    subject: str
    text: str


def opened(
    rule_name: str, sentence: str, figures: Sequence[Sequence[str]], buy_ids: Sequence[int], url: str
) -> Message:
    lines = [sentence, "", *(f"{label}: {value}" for label, value in figures)]
    if buy_ids:
        lines.append(f"Purchases: {', '.join(map(str, buy_ids[:10]))}{' …' if len(buy_ids) > 10 else ''}")
    return Message(one_line(f"Alert: {rule_name}", 200), "\n".join([*lines, "", url]))


def closed(rule_name: str, sentence: str, lasted: str, because: str, url: str) -> Message:
    text = f"{because} The alert was open for {lasted}. It said: {sentence}\n\n{url}"
    return Message(one_line(f"Closed: {rule_name}", 200), text)


def test(sent_by: str, url: str) -> Message:
    text = f"{sent_by} pressed the test button. Alerts of the SkinsBack desk arrive here.\n\n{url}"
    return Message("Test: alerts of the SkinsBack desk arrive here", text)


def as_slack(message: Message) -> Mapping[str, str]:
    """Return a message as a Slack-compatible webhook takes it (Slack's page on incoming webhooks).

    Slack reads ``&``, ``<`` and ``>`` as its own, so that a text could call everybody of a channel.
    """
    text = f"*{message.subject}*\n{message.text}"
    return {"text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}
