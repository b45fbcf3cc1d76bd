"""Signing in and out, and what nobody gets without it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import PASSWORD, MakeApp, signed_in
from tests.reader import Page, Reader, assert_house_rules

PROTECTED = ["/", "/purchases", "/purchases/9", "/users/76561198050648523", "/holds", "/purchases/9/panel"]


@pytest.mark.parametrize("path", PROTECTED)
def test_a_page_sends_who_is_signed_out_to_the_sign_in_and_back(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/login?next={path}"


def test_where_somebody_wanted_to_go_keeps_its_parameters(client: FlaskClient) -> None:
    location = client.get("/purchases?status=timeout&status=canceled").headers["Location"]
    assert location == "/login?next=/purchases?status%3Dtimeout%26status%3Dcanceled"


def test_a_fragment_sends_who_is_signed_out_to_the_sign_in_by_header(client: FlaskClient) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/purchases/9"}
    response = client.get("/purchases/9/panel", headers=headers)
    assert response.headers["HX-Redirect"] == "/login?next=/purchases/9"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/login"])
def test_what_machines_read_needs_no_session(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code in (200, 503)


def test_signing_in_leads_to_where_somebody_wanted_to_go(app: Flask) -> None:
    reader = signed_in(app)
    reader.post("/logout")
    page = reader.post("/login", follow=False, email="support@shop.example", password=PASSWORD, next="/holds")
    assert (page.status, page.response.headers["Location"]) == (303, "/holds")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil", ""]
)
def test_signing_in_never_leads_to_another_site(app: Flask, target: str) -> None:
    reader = signed_in(app)
    reader.post("/logout")
    page = reader.post("/login", follow=False, email="support@shop.example", password=PASSWORD, next=target)
    assert page.response.headers["Location"] == "/"


def test_a_wrong_password_says_what_to_check_and_keeps_the_address(client: FlaskClient) -> None:
    page = Reader(client).post("/login", email="who@shop.example", password="wrong", next="/")
    assert page.status == 401
    assert page.one('input[name="email"]')["value"] == "who@shop.example"
    assert "Wrong e-mail address or password" in page.text


def test_too_many_failures_say_how_long_to_wait(client: FlaskClient) -> None:
    reader = Reader(client)
    for _ in range(5):
        reader.post("/login", email="who@shop.example", password="wrong", next="/")
    page = reader.post("/login", email="who@shop.example", password="wrong", next="/")
    assert page.status == 429
    assert "15 minutes" in page.text


def test_the_sign_in_page_keeps_the_house_rules(client: FlaskClient) -> None:
    assert_house_rules(Page(client.get("/login")))


def test_a_form_without_a_token_is_refused_with_a_page(reader: Reader) -> None:
    page = reader.post("/logout", csrf_token="forged")
    assert page.status == 400
    assert "no longer valid" in page.text


def test_signing_out_ends_a_stolen_copy_of_the_cookie_too(app: Flask) -> None:
    reader = signed_in(app)
    cookie = reader.client.get_cookie("dashboard_session")
    assert cookie is not None
    thief = app.test_client()
    thief.set_cookie("dashboard_session", cookie.value)
    assert thief.get("/holds").status_code == 200
    reader.post("/logout")
    assert thief.get("/holds").status_code == 302


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    reader = Reader(app.test_client())
    cookie = reader.client.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_session_cookie_is_secure_over_https(app: Flask) -> None:
    response = app.test_client().get("/login", base_url="https://desk.shop.example")
    assert "Secure" in response.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in response.headers


def test_every_page_forbids_inline_scripts_and_frames(reader: Reader) -> None:
    policy = reader.get("/").response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_pages_with_customers_are_kept_in_no_cache(reader: Reader) -> None:
    assert reader.get("/purchases").response.headers["Cache-Control"] == "no-store"


def test_a_client_behind_a_proxy_is_told_apart_only_when_the_proxy_is_trusted(make_app: MakeApp) -> None:
    app = make_app(TRUSTED_PROXIES="1")
    with app.app_context():
        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        assert re.search("; *Secure", app.test_client().get("/login", headers=headers).headers["Set-Cookie"])


def test_an_unknown_zone_is_explained_rather_than_ignored(reader: Reader) -> None:
    page = reader.get("/purchases", tz="Mars/Olympus")
    assert page.status == 400
    assert "Mars/Olympus" in page.text


def test_a_chosen_zone_is_remembered_by_the_browser(reader: Reader) -> None:
    reader.post("/preferences", tz="Asia/Kathmandu", next="/purchases")
    assert "Asia/Kathmandu" in reader.get("/purchases").text


def test_a_page_that_does_not_exist_says_so(reader: Reader) -> None:
    page = reader.get("/nothing/here")
    assert page.status == 404


def test_a_wrong_method_says_so(reader: Reader) -> None:
    assert reader.get("/purchases/9/refresh").status == 405
