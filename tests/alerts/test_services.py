"""Services beside the webhook: told the same, each by its own setting, none held up by another, no secret told."""

from datetime import timedelta

from dashboard.alerts import queries, store
from dashboard.alerts.delivery import deliver_alerts, send_test
from dashboard.sync.causes import Cause, CauseKind
from tests.alerts.channel import Channel, open_channel
from tests.alerts.rounds import judge
from tests.alerts.test_delivery import NOW, SEEN, open_an_alert, states
from tests.conftest import MakeApp, signed_in

KEY = "S" * 32
DESK = "https://desk.shop.example"
LOST = Cause(CauseKind.CONNECTION, "connection_failed", NOW, "SkinsBack does not answer.")
REFUSED = Cause(CauseKind.REFUSED, "invalid_client_secret", NOW, "SkinsBack refuses our requests.")


def pagerduty(channel: Channel) -> dict[str, str]:
    return {"ALERT_PAGERDUTY_KEY": KEY, "ALERT_PAGERDUTY_URL": channel.url, "DASHBOARD_URL": DESK}


def alertmanager(channel: Channel) -> dict[str, str]:
    return {"ALERTMANAGER_URL": f"http://me:secret-word@127.0.0.1:{channel.port}/", "DASHBOARD_URL": DESK}


def test_pagerduty_is_told_the_opening_and_the_end_by_one_key(make_app: MakeApp, channel: Channel) -> None:
    with make_app(**pagerduty(channel)).app_context():
        open_an_alert()
        deliver_alerts(NOW)
        for hours in (25, 26):
            judge(NOW + timedelta(hours=hours))
        deliver_alerts(NOW + timedelta(hours=27))
    assert [(body["event_action"], body["dedup_key"]) for body in channel.bodies] == [
        ("trigger", "skinsback-desk-desk.shop.example-1"),
        ("resolve", "skinsback-desk-desk.shop.example-1"),
    ]
    assert channel.bodies[0]["routing_key"] == KEY
    assert channel.bodies[0]["links"][1]["href"] == f"{DESK}/ops/alerts/1?acknowledge=1"


def test_alertmanager_is_told_each_cause_and_that_the_one_before_has_gone(make_app: MakeApp, channel: Channel) -> None:
    with make_app(**alertmanager(channel)).app_context():
        judge(NOW, [LOST])
        deliver_alerts(NOW)
        judge(NOW + timedelta(minutes=2), [REFUSED])
        deliver_alerts(NOW + timedelta(minutes=3))
    assert channel.paths == ["/api/v2/alerts"] * 2
    (first,), (lost, refused) = channel.bodies
    assert first["labels"] == lost["labels"]
    assert lost["endsAt"] < first["endsAt"]
    assert refused["labels"]["cause"] == "invalid_client_secret"


def test_a_service_that_is_gone_does_not_hold_up_the_others(make_app: MakeApp, channel: Channel) -> None:
    with open_channel() as gone:
        gone.answers = [503] * 9
        with make_app(
            ALERT_WEBHOOK_URL=channel.url, **pagerduty(gone), ALERTMANAGER_URL="http://127.0.0.1:9"
        ).app_context():
            open_an_alert()
            assert str(deliver_alerts(NOW)) == "1 messages sent, 2 failed, 0 given up"
            assert [row.error for row in states()] == [
                "",
                "PagerDuty (ALERT_PAGERDUTY_KEY) answered with HTTP 503.",
                "Alertmanager (ALERTMANAGER_URL) cannot be reached (ConnectionError).",
            ]
    assert len(channel.texts) == 1


def test_no_secret_stands_in_an_error_or_on_a_page(make_app: MakeApp, channel: Channel) -> None:
    channel.answers = [400, 401]
    app = make_app(**pagerduty(channel), ALERTMANAGER_URL=alertmanager(channel)["ALERTMANAGER_URL"])
    with app.app_context():
        open_an_alert()
        deliver_alerts(NOW)
        errors = " ".join(row.error for row in states())
        reader = signed_in(app, "ops")
        pages = [reader.get(path).response.text for path in ("/ops/alerts", "/ops/alerts/1")]
    for secret in (KEY, "secret-word", "very-secret-path"):
        assert all(secret not in text for text in (errors, *pages))


def test_the_test_button_tells_every_service_and_leaves_nothing_open(make_app: MakeApp, channel: Channel) -> None:
    settings = {"ALERT_WEBHOOK_URL": channel.url, **pagerduty(channel), **alertmanager(channel)}
    with make_app(**settings).app_context():
        assert dict(send_test("ops@shop.example", NOW)) == {"webhook": "", "pagerduty": "", "alertmanager": ""}
    webhook, trigger, resolve, (alert,) = channel.bodies
    assert webhook["kind"] == "test"
    assert (trigger["event_action"], resolve["event_action"]) == ("trigger", "resolve")
    assert trigger["dedup_key"] == resolve["dedup_key"]
    assert alert["endsAt"] == "2026-11-25T12:00:00Z"


def test_what_is_over_before_it_could_be_sent_wakes_nobody_and_its_end_is_told(
    make_app: MakeApp, channel: Channel
) -> None:
    channel.answers = [503]
    with make_app(ALERT_WEBHOOK_URL=channel.url).app_context():
        open_an_alert()
        deliver_alerts(NOW)
        for hours in (25, 26):
            judge(NOW + timedelta(hours=hours))
        assert str(deliver_alerts(NOW + timedelta(hours=27))) == "1 messages sent, 0 failed, 1 given up"
        assert "its end says all of it" in states()[0].error
    (text,) = channel.texts
    assert "Closed: One user reverses many trades" in text
    assert "reversed 5 trades" in text


def test_what_is_over_at_once_is_told_from_its_beginning(make_app: MakeApp, channel: Channel) -> None:
    with make_app(ALERT_WEBHOOK_URL=channel.url).app_context():
        open_an_alert()
        (rule,) = [rule for rule in queries.find_rules() if rule.key == "user-reversals"]
        store.switch(rule.id, False, "ops@shop.example")
        judge(SEEN)
        assert deliver_alerts(NOW).sent == 2
    assert [text.split(":")[0] for text in channel.texts] == ["*Alert", "*Closed"]
