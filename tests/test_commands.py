"""The commands that people and scripts type."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from dashboard.db.extensions import db
from dashboard.purchases import queries as purchases
from dashboard.purchases import store
from dashboard.purchases.models import Purchase, RejectedRecord
from dashboard.simulator import Simulator
from dashboard.sync import refresh
from tests.purchases.samples import EXAMPLE


def stored() -> int:
    db.session.rollback()
    return db.session.execute(select(func.count()).select_from(Purchase)).scalar_one()


def test_a_file_of_objects_is_stored_but_for_a_bad_line_which_is_told(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "purchases.jsonl"
    file.write_text(json.dumps(EXAMPLE) + "\n\nnot json\n" + json.dumps(EXAMPLE | {"buy_id": 10}) + "\n")
    result = app.test_cli_runner().invoke(args=["purchases", "load", str(file)])
    assert result.exit_code == 1
    assert "3 lines: 2 new, 0 changed, 0 unchanged, 1 rejected" in result.output
    assert "Line 3: it is not JSON" in result.output
    assert "is not stored whole: 1 of 3 lines are missing" in result.output
    assert stored() == 2
    assert db.session.execute(select(RejectedRecord.raw)).scalar_one() == "not json"


def test_a_packed_file_and_standard_input_are_read_too(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "purchases.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(EXAMPLE).encode()))
    app.test_cli_runner().invoke(args=["purchases", "load", str(file)])
    app.test_cli_runner().invoke(args=["purchases", "load", "-"], input=json.dumps(EXAMPLE | {"buy_id": 10}))
    assert stored() == 2


def test_loading_the_same_file_again_changes_nothing(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "purchases.jsonl"
    file.write_text(json.dumps(EXAMPLE))
    app.test_cli_runner().invoke(args=["purchases", "load", str(file)])
    result = app.test_cli_runner().invoke(args=["purchases", "load", str(file)])
    assert "0 new, 0 changed, 1 unchanged" in result.output
    assert len(purchases.versions_of(9)) == 1


def test_a_file_that_is_not_there_is_named(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["purchases", "load", "/nowhere.jsonl"])
    assert result.exit_code == 1
    assert "/nowhere.jsonl cannot be read" in result.output


def test_an_import_tells_its_progress_and_its_end(connected_app: Flask, skinsback: Simulator) -> None:
    result = connected_app.test_cli_runner().invoke(args=["purchases", "import", "--since", "2020-08-01"])
    assert result.exit_code == 0, result.output
    assert "Complete: " in result.output
    assert purchases.find_purchase(9) is not None


def test_an_import_of_an_empty_period_or_a_bad_date_is_refused(connected_app: Flask) -> None:
    runner = connected_app.test_cli_runner()
    assert runner.invoke(args=["purchases", "import", "--since", "yesterday"]).exit_code == 1
    assert "empty" in runner.invoke(args=["purchases", "import", "--since", "2199-01-01"]).output


def test_refreshing_without_credentials_fails_and_says_why(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["purchases", "refresh"])
    assert result.exit_code == 1
    assert "not connected" in result.output


def test_a_user_can_be_made_from_the_command_line(app: Flask) -> None:
    command = ["users", "create", "New@shop.example", "--role", "finance", "--password", "long enough password"]
    result = app.test_cli_runner().invoke(args=command)
    assert (result.exit_code, result.output) == (0, "new@shop.example may now sign in (finance).\n")


def test_a_packed_file_that_is_cut_off_is_named(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "purchases.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(EXAMPLE).encode() * 50)[:-12])
    result = app.test_cli_runner().invoke(args=["purchases", "load", str(file)])
    assert result.exit_code == 1
    assert "cannot be read" in result.output


def test_a_file_older_than_what_is_known_is_set_right_by_skinsback(
    connected_app: Flask, skinsback: Simulator, tmp_path: Path
) -> None:
    buy_id = skinsback.add_purchase(offer_status="rollback_user")
    refresh.look_up(buy_id)
    file = tmp_path / "old.jsonl"
    file.write_text(json.dumps(EXAMPLE | {"buy_id": buy_id, "offer_status": "accepted"}))
    runner = connected_app.test_cli_runner()
    runner.invoke(args=["purchases", "load", str(file)])
    runner.invoke(args=["purchases", "refresh"])
    db.session.rollback()
    found = purchases.find_purchase(buy_id)
    assert found is not None
    assert found.offer_status == "rollback_user"


@pytest.mark.parametrize("command", [["import", "--since", "2020-08-01"], ["refresh"]])
def test_a_command_that_could_not_read_all_of_skinsbacks_answer_says_so_and_fails(
    connected_app: Flask, skinsback: Simulator, command: list[str]
) -> None:
    runner = connected_app.test_cli_runner()
    for _ in range(3):
        refresh.look_up(skinsback.add_purchase(offer_status="creating_trade"))
    store.make_due([row.buy_id for row in db.session.execute(select(Purchase.buy_id))], datetime.now(UTC), "test")
    db.session.rollback()
    skinsback.set_faults(malformed_item={"value": "text", "count": 1})
    result = runner.invoke(args=["purchases", *command])
    assert result.exit_code == 1
    assert "1 of SkinsBack's objects could not be read" in result.output
