"""What is no answer of the API is named for what it is, tells no secret, and never stops the asking for good."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest
import responses
import trustme
from hypothesis import given
from hypothesis import strategies as st

from dashboard.skinsback import client
from dashboard.skinsback.client import INTERACTIVE, SkinsBackClient
from dashboard.skinsback.errors import SkinsBackError
from dashboard.skinsback.no_answer import (
    LARGEST_BEGINNING,
    LONGEST_PAUSE,
    LONGEST_WAIT,
    SHORTEST_PAUSE,
    HttpAnswer,
    error_for,
)
from tests.dripping import dripping
from tests.skinsback.hands import HASTY, SECRET, URL, Notes, a_client

NOW = datetime(2026, 11, 29, 14, 0, 0, tzinfo=UTC)
PAGE = "<!DOCTYPE html><html><head><title>{}</title></head><body>…</body></html>"
CHALLENGE = PAGE.format("Just a moment...")


def answered(status: int, body: str | bytes = b"", notes: Notes | None = None, **headers: str) -> SkinsBackError:
    """Return the error of asking a server that answers so; ``Retry_After`` stands for the header Retry-After."""
    with responses.RequestsMock() as wire:
        wire.post(URL, status=status, body=body, headers={name.replace("_", "-"): headers[name] for name in headers})
        with pytest.raises(SkinsBackError) as caught:
            a_client(None, notes, patience=replace(HASTY, tries=1)).get_purchase(9)
    return caught.value


@pytest.mark.parametrize(
    ("status", "body", "headers", "says", "can_retry"),
    [
        (403, CHALLENGE, {}, "protects SkinsBack from robots", True),
        (403, "", {"Server": "cloudflare"}, "protects SkinsBack from robots", True),
        (403, "x", {"cf-mitigated": "challenge"}, "protects SkinsBack from robots", True),
        (503, CHALLENGE, {"cf-mitigated": "challenge"}, "protects SkinsBack from robots", True),
        (200, PAGE.format("Hotel Wi-Fi"), {}, "wants somebody to sign in first", True),
        (200, "\ufeff  <html>", {}, "wants somebody to sign in first", True),
        (511, PAGE.format("Sign in"), {}, "wants somebody to sign in first", True),
        (302, "", {"Location": "https://portal.example/login?to=x"}, "redirected (HTTP 302) to portal.example", True),
        (308, "", {"Location": "/other"}, "another page of skinsback.example", True),
        (301, "", {}, "HTTP 301, a redirect that does not say where to", True),
        (302, "", {"Location": " "}, "a redirect that does not say where to", True),
        (300, PAGE.format("Choices"), {}, "a redirect that does not say where to", True),
        (304, "", {}, "HTTP 304, a redirect that does not say where to", True),
        (503, CHALLENGE, {"Server": "cloudflare"}, "protects SkinsBack from robots", True),
        (503, CHALLENGE, {}, "overloaded or being worked on", True),
        (503, PAGE.format("Down"), {"Server": "cloudflare"}, "overloaded or being worked on", True),
        (503, "", {"Retry-After": "99999"}, "it asked to be left alone for longer, and jobs ask again at", True),
        (503, "", {"Retry-After": "600"}, "it asked to be left alone until", True),
        (302, "", {"Location": "https://[bad"}, "an address that cannot be read", True),
        (302, "", {"Location": "https://user:pass@portal.example/"}, "to portal.example and", True),
        (302, "", {"Location": "https://bad%20host.example/"}, "an address that cannot be read", True),
        (404, PAGE.format("Not Found"), {}, "compare SKINSBACK_API_URL", False),
        (405, "", {}, "compare SKINSBACK_API_URL", False),
        (401, "", {"WWW-Authenticate": "Basic"}, "never asks for a sign-in like this", False),
        (403, "Forbidden", {}, "any firewall or proxy", False),
        (407, "", {}, "HTTPS_PROXY", False),
        (500, "", {}, "server failed (HTTP 500)", True),
        (502, PAGE.format("502 Bad Gateway"), {}, "what stands in front of it (HTTP 502) (“502 Bad Gateway”)", True),
        (503, "", {}, "overloaded or being worked on (HTTP 503); this passes by itself", True),
        (522, "", {}, "what stands in front of it (HTTP 522)", True),
        (400, "", {}, "does not understand the request", False),
        (418, "", {}, "never answers so", False),
    ],
)  # fmt: skip
def test_each_thing_that_is_no_answer_is_told_apart(
    status: int, body: str, headers: dict[str, str], says: str, can_retry: bool
) -> None:
    error = answered(status, body.encode(), **headers)
    assert says in error.sentence
    assert (error.can_retry, error.stops_asking, error.pauses_everybody) == (can_retry, False, False)


def test_no_two_of_them_say_the_same() -> None:
    told = [answered(status, CHALLENGE if status == 403 else "") for status in (401, 403, 404, 407, 429, 500, 502, 503)]
    assert len({error.sentence for error in told}) == len(told)


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_error_that_the_api_reports_is_its_own_whatever_the_status(status: int) -> None:
    error = answered(status, '{"status": "error", "error_code": -8, "error_message": "invalid_ip_address"}')
    assert (error.name, error.stops_asking) == ("invalid_ip_address", True)


# ---- what is shown of it


@pytest.mark.parametrize(
    "title",
    [
        f"Denied: {SECRET}",
        f"Denied: {SECRET.upper()}",
        "for demo-client",
        SECRET.replace("-", "&#45;"),
        SECRET.replace("-", "%2D"),
        "x" * 54 + SECRET,
    ],
)
def test_a_title_that_repeats_what_identifies_us_is_not_shown(title: str) -> None:
    for status in (200, 403, 404, 502, 511):
        assert "“" not in answered(status, PAGE.format(title)).sentence
        assert SECRET not in repr(vars(answered(status, PAGE.format(title)))).lower()


@pytest.mark.parametrize("status", [200, 403, 500])
@pytest.mark.parametrize("told", [SECRET, SECRET.upper(), SECRET.replace("-", "&#45;"), SECRET.replace("-", "%2D")])
def test_an_error_message_that_repeats_what_identifies_us_is_not_shown(status: int, told: str) -> None:
    for message in (f"secret {told} for 5", "x" * 195 + told):
        body = json.dumps({"status": "error", "error_code": 98, "error_message": message})
        error = answered(status, body)
        assert (error.code, message[:9] in repr(vars(error))) == (98, False)
        assert "error 98 (a message that repeats our credentials)" in error.sentence


def test_of_a_page_only_a_short_title_in_one_line_is_shown() -> None:
    error = answered(200, PAGE.format("Sign\n in &lt;b&gt;" + "x" * 500 + "\x07") + "the rest")
    assert "(“Sign in <b>xxx" in error.sentence
    assert len(error.sentence) < 400
    assert not any(word in error.sentence for word in ("\n", "\x07", "the rest"))


def test_a_page_of_nothing_but_beginnings_of_titles_is_looked_at_in_no_time() -> None:
    started = time.monotonic()
    assert "“" not in answered(200, "<title" * 1_000_000).sentence
    assert time.monotonic() - started < 5


def test_a_redirect_tells_neither_path_nor_query() -> None:
    error = answered(302, "", Location=f"https://portal.example/a/{SECRET}?secret={SECRET}#{SECRET}")
    assert SECRET not in error.sentence


# ---- how long to wait


@pytest.mark.parametrize(
    ("retry_after", "pause"),
    [
        ("30", 30), ("120", 120), ("1.5", 5), ("29.2", 30), ("0", SHORTEST_PAUSE), ("86400", LONGEST_PAUSE),
        ("9" * 400, LONGEST_PAUSE), ("-5", 60), ("soon", 60), ("", 60), ("١٢", 60), ("1e3", 60), ("inf", 60),
        (format_datetime(NOW + timedelta(minutes=5), usegmt=True), 300),
        (format_datetime(NOW - timedelta(minutes=5), usegmt=True), SHORTEST_PAUSE),
        (format_datetime(NOW + timedelta(days=4000), usegmt=True), LONGEST_PAUSE),
        ("Sun, 29 Nov 2026 14:02:00", 120), ("Sun, 99 Nov 2026 14:02:00 GMT", 60), ("Sun, 29 Nov 99999 14:02:00", 60),
    ],
)  # fmt: skip
def test_retry_after_in_any_form_pauses_everybody_for_a_sensible_time(retry_after: str, pause: int) -> None:
    error = error_for(HttpAnswer(URL, 429, {"Retry-After": retry_after}, b"", NOW), ())
    assert (error.name, error.pauses_everybody, error.retry_after) == ("rate_limited", True, pause)


@given(st.text(), st.sampled_from([429, 503, 500, 403, 302, 200]), st.text(), st.binary(max_size=200))
def test_no_header_and_no_body_is_too_odd(text: str, status: int, date: str, body: bytes) -> None:
    headers = {"Retry-After": text, "Date": date, "Location": text, "Server": text}
    error = error_for(HttpAnswer(URL, status, headers, body, NOW), ())
    assert 0 <= error.retry_after <= LONGEST_PAUSE
    assert error.stops_asking is False


def test_a_moment_to_wait_for_is_by_the_clock_of_who_names_it() -> None:
    their_time = NOW + timedelta(hours=3)
    headers = {"Date": format_datetime(their_time, usegmt=True)}
    headers["Retry-After"] = format_datetime(their_time + timedelta(seconds=90), usegmt=True)
    assert error_for(HttpAnswer(URL, 429, headers, b"", NOW), ()).retry_after == 90


def test_too_many_requests_pause_the_budget_for_as_long_as_is_asked() -> None:
    notes = Notes()
    error = answered(429, CHALLENGE, notes, Retry_After="1800")
    assert (error.name, notes.blocks) == ("rate_limited", [1800])
    assert "(HTTP 429)" in error.sentence


def test_a_server_that_asks_for_time_gets_it_from_jobs_and_pauses_nobody() -> None:
    notes = Notes()
    error = answered(503, "", notes, Retry_After="120")
    assert (error.retry_after, error.pauses_everybody, notes.blocks) == (120, False, [])
    assert answered(503, "", Retry_After="86400").retry_after == LONGEST_WAIT
    assert "asked to be left alone until" in error.sentence


@pytest.mark.parametrize(
    ("status", "seconds", "requests"), [(503, "2", 1), (503, "0", 3), (429, "9", 3), (429, "99", 1)]
)
def test_nothing_is_asked_again_before_the_time_is_over(status: int, seconds: str, requests: int) -> None:
    notes = Notes()
    with responses.RequestsMock() as wire:
        wire.post(URL, status=status, headers={"Retry-After": seconds})
        with pytest.raises(SkinsBackError):
            a_client(None, notes).get_purchase(9)
    assert len(notes.calls) == requests


def test_a_person_does_not_wait_for_the_end_of_any_pause() -> None:
    notes = Notes()
    with responses.RequestsMock() as wire:
        wire.post(URL, status=429, headers={"Retry-After": "5"})
        with pytest.raises(SkinsBackError):
            a_client(None, notes, patience=INTERACTIVE).get_purchase(9)
    assert len(notes.calls) == 1


# ---- connections


def asked_at(url: str, patience: float = 2.0) -> SkinsBackError:
    hurried = replace(HASTY, tries=1, read_timeout=patience, deadline=patience)
    with pytest.raises(SkinsBackError) as caught:
        SkinsBackClient(url, "demo-client", SECRET, patience=hurried).get_purchase(9)
    return caught.value


@contextmanager
def serving(answer: bytes, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """Give everybody on a port this answer, and then say nothing for a while; nothing at all for an empty one."""
    is_over = threading.Event()

    def serve(server: socket.socket) -> None:
        while not is_over.is_set():
            with suppress(OSError):
                connection = server.accept()[0]
                with context.wrap_socket(connection, server_side=True) if context else connection as stream:
                    stream.recv(65536)
                    if answer:
                        stream.sendall(answer)
                        is_over.wait(5)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        yield server.getsockname()[1]
        is_over.set()


def test_a_certificate_that_is_not_skinsbacks_is_named() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("hotel.example").configure_cert(context)
    with serving(b"", context) as port:
        error = asked_at(f"https://127.0.0.1:{port}/")
    assert (error.name, error.can_retry) == ("connection_failed", True)
    assert "The certificate shown for 127.0.0.1 is not to be trusted" in error.sentence


def test_a_server_without_tls_where_https_is_asked_for_is_named() -> None:
    with serving(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        assert "No secure connection to 127.0.0.1" in asked_at(f"https://127.0.0.1:{port}/").sentence


def test_a_name_that_does_not_exist_is_named() -> None:
    error = asked_at("http://nowhere.invalid/")
    assert (error.name, error.can_retry) == ("connection_failed", True)
    assert "No server of the name nowhere.invalid" in error.sentence


def test_a_port_where_nobody_listens_is_named() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert "127.0.0.1 refuses connections" in asked_at(f"http://127.0.0.1:{closed.getsockname()[1]}/").sentence


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{"])
def test_a_connection_that_breaks_off_is_named(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading.Event, "wait", lambda *_: True)
    with serving(answer) as port:
        assert "broke off" in asked_at(f"http://127.0.0.1:{port}/").sentence


def test_a_proxy_that_does_not_let_us_through_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n") as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        error = asked_at("https://skinsback.example/api.php")
    assert error.name == "connection_failed"
    assert "wants a user and a password: set them in HTTPS_PROXY" in error.sentence


def test_an_answer_packed_wrongly_is_damaged() -> None:
    error = answered(200, b"not packed", Content_Encoding="gzip")
    assert (error.name, error.can_retry) == ("not_json", True)


def test_a_body_that_never_ends_does_not_hide_what_the_status_says() -> None:
    begins = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 40\r\nContent-Length: 999\r\n\r\n<html>"
    with serving(begins) as port:
        error = asked_at(f"http://127.0.0.1:{port}/", patience=0.3)
    assert (error.name, error.retry_after) == ("rate_limited", 40)


def test_of_an_endless_body_only_the_beginning_is_read() -> None:
    endless = SimpleNamespace(raw=SimpleNamespace(read1=lambda size, decode_content: b"x" * size))
    read = client._beginning(endless, time.monotonic() + 60)  # type: ignore[arg-type] # All that it asks of an answer.
    assert len(read) == LARGEST_BEGINNING


@pytest.mark.parametrize("status", ["302 Found", "404 Not Found"])
def test_a_body_that_drips_for_ever_is_soon_left(status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.skinsback.client.BEGINNING_WITHIN", 0.2)
    with dripping(f"HTTP/1.1 {status}\r\nLocation: https://portal.example/\r\n\r\n".encode()) as port:
        started = time.monotonic()
        error = asked_at(f"http://127.0.0.1:{port}/", patience=5)
    assert status[:3] in error.sentence
    assert time.monotonic() - started < 3
