"""An error that htmx receives is a fragment with a word and a way on: never a page inside a page."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.routing import Rule

from dashboard.support import lookup
from tests.conftest import signed_in
from tests.reader import Reader

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/purchases/5"}
WRONG = ("no-such-thing", "0", "9" * 30, "%00")


def is_page(text: str) -> bool:
    return "<html" in text.lower()


def addresses_of(rule: Rule) -> set[str]:
    """Return addresses of a rule with something wrong in each place and parameter."""
    paths = set()
    for wrong in WRONG:
        path = rule.rule
        for _ in rule.arguments:
            path = path.replace(path[path.index("<") : path.index(">") + 1], wrong, 1)
        paths |= {
            path,
            f"{path}?tz=nowhere",
            f"{path}?from=never&to=ever&window=x&list=zzz&state=bogus&as_of=x&since=x",
        }
    return paths


def answers_of(reader: Reader, rule: Rule) -> list[tuple[str, str, int, str]]:
    methods = (rule.methods or set()) & {"GET", "POST"}
    sent = [(method, path) for method in ("GET", "POST") for path in sorted(addresses_of(rule)) if method in methods]
    answers = [(one, reader.client.open(one[1], method=one[0], headers=HTMX)) for one in sent]
    return [(*one, answer.status_code, answer.get_data(as_text=True)) for one, answer in answers]


@pytest.mark.parametrize("role", ["admin", "support"])
def test_no_route_answers_htmx_with_a_page_about_an_error(app: Flask, role: str) -> None:
    reader = signed_in(app, role)
    skipped = {"account.logout", "system.readyz", "system.metrics", "static", "webhooks.skinsback"}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in skipped]
    errors = [answer for rule in rules for answer in answers_of(reader, rule) if answer[2] >= 400]
    assert {status for _, _, status, _ in errors} >= {400, 404}
    assert [(method, path, status) for method, path, status, text in errors if is_page(text)] == []


def test_what_is_not_found_is_said_with_a_way_on(app: Flask) -> None:
    answer = signed_in(app).client.get("/no-such-page", headers=HTMX)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert ("There is no such page" in text, "Reload this page" in text) == (True, True)


def test_a_button_of_a_page_from_before_signing_in_again_says_so(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = signed_in(app).client.post("/purchases/5/refresh", headers=HTMX | {"X-CSRFToken": "of another session"})
    text = answer.get_data(as_text=True)
    assert (answer.status_code, is_page(text)) == (400, False)
    assert ("you signed in again" in text, "Reload this page" in text) == (True, True)


def test_too_long_a_text_is_said_where_it_was_typed(app: Flask) -> None:
    query = {"q": "9 " * 60_000, "typing": "1"}
    answer = signed_in(app).client.get("/", query_string=query, headers=HTMX)
    assert (answer.status_code, is_page(answer.get_data(as_text=True))) == (413, False)


def test_too_much_at_once_is_told_with_what_to_do_about_a_text_and_about_a_file(app: Flask) -> None:
    answer = signed_in(app).client.get("/", query_string={"q": "9 " * 60_000, "typing": "1"}, headers=HTMX)
    text = answer.get_data(as_text=True)
    assert ("Paste less of it" in text, "or send a smaller file" in text) == (True, True)


@pytest.mark.parametrize(
    ("failure", "status", "words"),
    [
        pytest.param(ValueError("a fault of ours"), 500, "Something went wrong in the dashboard", id="a fault"),
        pytest.param(OperationalError("", {}, Exception()), 503, "The database does not answer", id="no database"),
    ],
)
def test_what_fails_inside_is_a_fragment_too(
    app: Flask, monkeypatch: pytest.MonkeyPatch, failure: Exception, status: int, words: str
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise failure

    reader = signed_in(app)
    app.testing = False
    monkeypatch.setattr(lookup, "answer_text", fail)
    answer = reader.client.get("/?q=5&typing=1", headers=HTMX)
    app.testing = True
    text = answer.get_data(as_text=True)
    assert (answer.status_code, is_page(text)) == (status, False)
    assert words in text


def test_a_browser_without_htmx_gets_the_page(app: Flask) -> None:
    assert is_page(signed_in(app).client.get("/no-such-page").get_data(as_text=True))


def test_a_button_pressed_after_signing_out_leads_to_the_sign_in(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post("/purchases/5/refresh", headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/login?next=/purchases/5")


def test_what_was_being_typed_when_the_session_ended_is_looked_up_after_signing_in(app: Flask) -> None:
    page = {"HX-Request": "true", "HX-Current-URL": "http://localhost/"}
    answer = app.test_client().get("/?q=order-1001+and+1280&typing=1", headers=page)
    assert answer.headers["HX-Redirect"] == "/login?next=/?q%3Dorder-1001%2Band%2B1280%26typing%3D1"


def test_a_note_that_is_refused_is_given_back(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    reader = signed_in(app)
    answer = reader.client.post("/purchases/5/notes", data={"csrf_token": "old", "text": "half a <note>"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "readonly>half a &lt;note&gt;</textarea>" in text
