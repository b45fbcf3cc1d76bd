"""One process leads; the lead passes on when it ends; who has lost it cannot write."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from dashboard.db import database
from dashboard.db import lease_store as lease
from dashboard.db.database import Fence, LeadLost, is_unavailable, writing
from dashboard.db.models import Lease
from dashboard.lib.numbers import SECOND


def run_out() -> None:
    with writing() as connection:
        connection.execute(update(Lease).values(expires_us=1))


def test_the_first_process_leads_and_goes_on_leading(app: Flask) -> None:
    assert lease.take_or_renew("one") == lease.take_or_renew("one")


def test_a_second_process_stands_by(app: Flask) -> None:
    lease.take_or_renew("one")
    assert lease.take_or_renew("two") is None


def test_a_dead_leader_is_replaced_when_its_lease_runs_out(app: Flask) -> None:
    first = lease.take_or_renew("one")
    run_out()
    second = lease.take_or_renew("two")
    assert first is not None
    assert second is not None
    assert second.epoch == first.epoch + 1


def test_a_dead_leader_is_replaced_although_the_clock_was_set_back_meanwhile(app: Flask) -> None:
    lease.take_or_renew("one")
    with writing() as connection:
        connection.execute(update(Lease).values(expires_us=Lease.expires_us + 3600 * SECOND))
    assert lease.take_or_renew("two") is not None


def test_a_leader_that_wakes_up_late_cannot_write(app: Flask) -> None:
    first = lease.take_or_renew("one")
    run_out()
    lease.take_or_renew("two")
    with pytest.raises(LeadLost), writing(first):
        pass


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_a_leader_that_freezes_while_it_writes_keeps_nobody_from_leading(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "FROZEN_AFTER_MS", 100)
    first = lease.take_or_renew("one")
    with pytest.raises(DBAPIError) as raised:
        freeze_while_writing(first)
    assert is_unavailable(raised.value)


def freeze_while_writing(fence: Fence | None) -> None:
    with writing(fence) as connection:
        run_out()
        assert lease.take_or_renew("two") is not None
        connection.execute(select(Lease.epoch))


def test_a_leader_that_was_away_leads_under_a_new_epoch(app: Flask) -> None:
    first = lease.take_or_renew("one")
    run_out()
    assert lease.take_or_renew("one") != first


def test_a_leader_that_ends_lets_another_lead_at_once(app: Flask) -> None:
    lease.take_or_renew("one")
    lease.give_up("one")
    assert lease.take_or_renew("two") is not None


def test_nobody_can_give_up_the_lead_of_another(app: Flask) -> None:
    lease.take_or_renew("one")
    lease.give_up("two")
    assert lease.take_or_renew("two") is None
