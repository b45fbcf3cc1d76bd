"""Who may do what, asked of every address there is: no form without its token, nothing of operations for others."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from dashboard.alerts.engine import evaluate_alerts
from tests.alerts.test_engine import NOW
from tests.conftest import signed_in

SIGNED_BY_SKINSBACK = "webhooks.skinsback"


def addresses(app: Flask, method: str, below: str = "/") -> Iterator[str]:
    """Every address that answers to a method, with 1 for each of its parameters."""
    for rule in app.url_map.iter_rules():
        is_wanted = method in (rule.methods or ()) and rule.rule.startswith(below)
        if is_wanted and rule.endpoint != SIGNED_BY_SKINSBACK:
            yield re.sub(r"<[^>]+>", "1", rule.rule)


def test_every_form_is_refused_without_the_token_of_its_page(app: Flask) -> None:
    evaluate_alerts(NOW)
    client = signed_in(app, "admin").client
    answers = {path: client.post(path, data={"on": "0"}).status_code for path in addresses(app, "POST")}
    assert len(answers) > 10
    assert {path: status for path, status in answers.items() if status != 400} == {}


@pytest.mark.parametrize("role", ["support", "finance"])
def test_every_address_below_ops_is_for_ops_and_administrators_alone(app: Flask, role: str) -> None:
    reader = signed_in(app, role)
    seen = {path: reader.client.get(path).status_code for path in addresses(app, "GET", "/ops")}
    done = {path: reader.post(path).status for path in addresses(app, "POST", "/ops")}
    assert len(seen) > 15
    assert len(done) > 5
    assert set(seen.values()) | set(done.values()) == {403}
