"""Who may sign in, and how guessing is slowed down."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from dashboard.accounts import store as accounts
from dashboard.accounts.models import User, UserSession
from dashboard.accounts.store import AccountError, Role, SignIn
from dashboard.db.extensions import db
from tests.conftest import PASSWORD

HOME = "203.0.113.7"


def sign_in(password: str = PASSWORD, email: str = "agent@shop.example", address: str = HOME) -> SignIn:
    return accounts.sign_in(email, password, address)[0]


@pytest.fixture(autouse=True)
def _agent(app: Flask) -> None:
    accounts.create_user("agent@shop.example", PASSWORD, "support")


def test_the_right_password_signs_in_whatever_the_case_of_the_address() -> None:
    assert sign_in(email=" Agent@Shop.example ") is SignIn.DONE


@pytest.mark.parametrize("email", ["agent@shop.example", "nobody@shop.example", "", "agent@shop.example\0", "é" * 400])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(email: str) -> None:
    assert sign_in("wrong", email) is SignIn.REFUSED


def test_the_password_is_stored_as_an_argon2_hash() -> None:
    stored = db.session.execute(select(User.password_hash)).scalar_one()
    assert stored.startswith("$argon2id$")


def test_a_sixth_try_after_five_failures_is_not_even_checked() -> None:
    for _ in range(5):
        assert sign_in("wrong") is SignIn.REFUSED
    assert sign_in() is SignIn.THROTTLED


def test_the_brake_lets_go_after_a_quarter_of_an_hour() -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        for _ in range(5):
            sign_in("wrong")
        clock.shift(timedelta(minutes=15, seconds=1))
        assert sign_in() is SignIn.DONE


def test_an_attacker_elsewhere_does_not_lock_the_owner_out() -> None:
    for _ in range(6):
        sign_in("wrong", address="198.51.100.1")
    assert sign_in() is SignIn.DONE


def test_one_address_cannot_try_many_accounts() -> None:
    for number in range(20):
        sign_in("wrong", email=f"user{number}@shop.example")
    assert sign_in() is SignIn.THROTTLED


def test_a_user_who_is_barred_cannot_sign_in() -> None:
    db.session.execute(db.update(User).values(is_active=False))
    db.session.commit()
    assert sign_in() is SignIn.REFUSED


def test_a_session_ends_when_the_password_changes() -> None:
    _, user = accounts.sign_in("agent@shop.example", PASSWORD, HOME)
    assert user is not None
    token = accounts.start_session(user)
    accounts.set_password("agent@shop.example", "another long password")
    assert accounts.find_signed_in(token) is None


def test_a_copy_of_the_database_holds_no_token() -> None:
    _, user = accounts.sign_in("agent@shop.example", PASSWORD, HOME)
    assert user is not None
    token = accounts.start_session(user)
    assert token not in str(db.session.execute(select(UserSession.token_digest)).all())


def test_a_session_ends_after_a_week_at_the_latest() -> None:
    _, user = accounts.sign_in("agent@shop.example", PASSWORD, HOME)
    assert user is not None
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        token = accounts.start_session(user)
        clock.shift(timedelta(days=7, seconds=1))
        assert accounts.find_signed_in(token) is None


@pytest.mark.parametrize(
    ("email", "password", "role"),
    [
        ("agent@shop.example", PASSWORD, "support"),
        ("no address", PASSWORD, "support"),
        ("new@shop.example", "short", "support"),
        ("new@shop.example", "x" * 1025, "support"),
        ("new@shop.example", PASSWORD, "king"),
    ],
)
def test_a_user_that_cannot_be_is_refused_with_a_reason(email: str, password: str, role: str) -> None:
    with pytest.raises(AccountError, match="[a-z]"):
        accounts.create_user(email, password, role)


def test_an_administrator_may_do_what_every_role_may() -> None:
    assert accounts.SignedIn(1, "a@b.c", Role.ADMIN).may(Role.FINANCE)
    assert not accounts.SignedIn(1, "a@b.c", Role.SUPPORT).may(Role.FINANCE)
