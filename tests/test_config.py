"""Settings: read once, checked at start, refused in one line that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.config import SETTINGS, SettingsError, load_settings

GOOD = {"SECRET_KEY": "0123456789abcdef0123456789abcdef"}


def test_defaults_are_enough_beside_a_secret_key() -> None:
    settings = load_settings(GOOD)
    assert settings["SKINSBACK_REQUESTS_PER_MINUTE"] == 450
    assert settings["SKINSBACK_BATCH_SIZE"] == 100
    assert settings["TIMEZONE"] == "UTC"


def test_a_missing_secret_key_is_refused() -> None:
    with pytest.raises(SettingsError, match="^SECRET_KEY is not set"):
        load_settings({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "not a url"),
        ("DATABASE_URL", "mysql://root@localhost/shop"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite+pysqlcipher:////var/lib/dashboard.sqlite"),
        ("SKINSBACK_API_URL", "skinsback.com/api.php"),
        ("SKINSBACK_API_URL", "http://[::1"),
        ("SKINSBACK_AUTH", "password"),
        ("SKINSBACK_REQUESTS_PER_MINUTE", "501"),
        ("SKINSBACK_REQUESTS_PER_MINUTE", "0"),
        ("SKINSBACK_REQUESTS_PER_MINUTE", "many"),
        ("SKINSBACK_BATCH_SIZE", "-1"),
        ("SKINSBACK_BATCH_SIZE", "²"),
        ("SKINSBACK_WEBSOCKET_URL", "https://skinsback.com/ws/"),
        ("TIMEZONE", "Mars/Olympus"),
        ("TIMEZONE", "../../etc/passwd"),
        ("SKINSBACK_TIMEZONE", "CET+1"),
        ("HOST", "http://0.0.0.0"),
        ("PORT", "65536"),
        ("PORT", "web"),
        ("WEB_CONCURRENCY", "0"),
        ("SESSION_COOKIE_SECURE", "perhaps"),
        ("TRUSTED_PROXIES", "9"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
        ("LOG_STEAM_IDS", "some"),
        ("SMTP_HOST", "smtp://mail.shop.example"),
        ("SMTP_PORT", "0"),
        ("SMTP_SECURITY", "ssl"),
        ("MAIL_FROM", "Desk <desk@shop.example>"),
        ("MAIL_FROM", "desk@shop.example\nBcc: other@example.com"),
        ("REPORT_RECIPIENTS", "finance@shop.example, nobody"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line_naming_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} ") as refused:
        load_settings(GOOD | {name: value})
    assert "\n" not in str(refused.value)


def test_a_refusal_does_not_repeat_a_secret() -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(GOOD | {"DATABASE_URL": "mysql://root:hunter2@localhost/shop"})
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("SKINSBACK_CLIENT_ID", "SKINSBACK_CLIENT_SECRET"),
        ("ADMIN_EMAIL", "ADMIN_PASSWORD"),
        ("SMTP_HOST", "MAIL_FROM"),
        ("SMTP_USER", "SMTP_PASSWORD"),
    ],
)
def test_half_of_a_pair_is_refused_naming_the_other_half(given: str, missing: str) -> None:
    with pytest.raises(SettingsError, match=f"^{missing} "):
        load_settings(GOOD | {given: "something"})


def test_the_recipients_of_reports_are_a_list_of_addresses() -> None:
    mail = {"SMTP_HOST": "mail.shop.example", "MAIL_FROM": "desk@shop.example"}
    settings = load_settings(GOOD | mail | {"REPORT_RECIPIENTS": "a@shop.example, b@shop.example;a@shop.example"})
    assert settings["REPORT_RECIPIENTS"] == ("a@shop.example", "b@shop.example")


def test_reports_without_a_mail_server_are_refused() -> None:
    with pytest.raises(SettingsError, match="^SMTP_HOST is not set"):
        load_settings(GOOD | {"REPORT_RECIPIENTS": "finance@shop.example"})


def test_a_mail_password_is_never_sent_unprotected() -> None:
    mail = {"SMTP_HOST": "mail.shop.example", "MAIL_FROM": "desk@shop.example"}
    with pytest.raises(SettingsError, match="^SMTP_SECURITY must be starttls or tls"):
        load_settings(GOOD | mail | {"SMTP_USER": "desk", "SMTP_PASSWORD": "word", "SMTP_SECURITY": "none"})


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://host/x", "//host/x", "http://", "hooks.example/x"])
def test_alerts_go_to_addresses_of_the_web_alone(address: str) -> None:
    with pytest.raises(SettingsError, match="^ALERT_WEBHOOK_URL must be an address that begins with http"):
        load_settings(GOOD | {"ALERT_WEBHOOK_URL": address})


@pytest.mark.parametrize("key", ["short", "R" * 33, "R" * 31 + "-"])
def test_a_key_that_pagerduty_would_refuse_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(SettingsError, match="^ALERT_PAGERDUTY_KEY must be the integration key") as refused:
        load_settings(GOOD | {"ALERT_PAGERDUTY_KEY": key})
    assert key not in str(refused.value)


def test_an_escalation_list_without_a_mail_server_is_refused() -> None:
    with pytest.raises(SettingsError, match="^SMTP_HOST is not set although ALERT_ESCALATION_RECIPIENTS is"):
        load_settings(GOOD | {"ALERT_ESCALATION_RECIPIENTS": "chief@shop.example"})


def test_an_empty_websocket_address_turns_pushed_events_off() -> None:
    assert load_settings(GOOD | {"SKINSBACK_WEBSOCKET_URL": ""})["SKINSBACK_WEBSOCKET_URL"] == ""


def test_a_postgresql_address_without_a_driver_gets_psycopg_3() -> None:
    settings = load_settings(GOOD | {"DATABASE_URL": "postgresql://shop:word@db/shop"})
    assert settings["DATABASE_URL"] == "postgresql+psycopg://shop:word@db/shop"


def test_the_environment_goes_before_the_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SECRET_KEY=from-the-file-0123456789\nTIMEZONE=Europe/Berlin\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIMEZONE", "Asia/Kolkata")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    settings = load_settings()
    assert (settings["SECRET_KEY"], settings["TIMEZONE"]) == ("from-the-file-0123456789", "Asia/Kolkata")


def test_every_setting_is_explained_in_the_readme() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text()
    assert [setting.name for setting in SETTINGS if f"`{setting.name}`" not in readme] == []


def test_gunicorn_reads_its_settings_from_the_env_file_too(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    (tmp_path / ".env").write_text("SECRET_KEY=tests-only-tests-only\nHOST=127.0.0.9\nPORT=8765\nWEB_CONCURRENCY=3\n")
    command = [sys.executable, "-m", "gunicorn", "-c", str(root / "gunicorn.conf.py"), "--print-config", "wsgi:app"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "DATABASE_URL": f"sqlite:///{tmp_path / 'x'}"}
    printed = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=60
    ).stdout
    lines = {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in printed.splitlines())}
    assert (lines["bind"], lines["workers"]) == ("['127.0.0.9:8765']", "3")
