"""What to do about each kind of alert: each has its section, each section its steps, each link leads somewhere."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from dashboard.alerts import runbooks
from dashboard.alerts.messages import runbook_path
from dashboard.lib.markdown import to_html
from tests.conftest import signed_in
from tests.reader import Page, Reader

CONTRACT_KINDS = (
    "failure", "item", "reversals", "stuck", "unknown_value", "unreadable", "jobs", "connection", "refused", "limit",
    "latency", "balance", "volume",
)  # fmt: skip
FOR_PROMETHEUS = ("unreachable", "database-down", "no-leader", "not-ready", "undelivered", "errors", "slow-pages")
TEXT = (Path(__file__).parents[2] / "docs" / "runbooks.md").read_text()


def section(name: str) -> str:
    return re.split(r"^## ", TEXT.partition(f"\n## {name}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.fixture
def ops(app: Flask) -> Reader:
    return signed_in(app, "ops")


@pytest.fixture
def page(ops: Reader) -> Page:
    return ops.get("/ops/runbooks")


def test_every_kind_of_alert_has_a_section_and_nothing_else_has() -> None:
    assert (*CONTRACT_KINDS, *FOR_PROMETHEUS) == tuple(runbooks.SECTIONS)


@pytest.mark.parametrize("name", runbooks.SECTIONS)
def test_a_section_has_three_first_steps_its_end_and_what_to_tell_customers(name: str) -> None:
    text = section(name)
    assert re.findall(r"^(\d)\. ", text, re.MULTILINE) == ["1", "2", "3"]
    assert "**It ends**" in text
    assert "**Tell customers" in text


def test_every_section_stands_on_the_page_under_its_address(page: Page) -> None:
    for name in runbooks.SECTIONS:
        assert page.one(f'[id="{runbook_path(name).partition("#")[2]}"]').get_text() == name


def test_every_link_leads_to_a_page_and_a_place_that_operations_may_see(page: Page, ops: Reader) -> None:
    links = [str(link["href"]) for link in page.all("article a")]
    assert links
    for link in links:
        address = urlsplit(link)
        shown = ops.get(address._replace(fragment="").geturl()) if address.path else page
        assert shown.status == 200, link
        # While nothing was rejected there is no such place.
        if address.fragment and address.fragment != "set-aside":
            assert shown.all(f'[id="{address.fragment}"]'), link


@pytest.mark.parametrize("role", ["support", "finance"])
def test_only_ops_and_administrators_read_it(app: Flask, role: str) -> None:
    assert signed_in(app, role).get("/ops/runbooks").status == 403


def test_html_in_a_document_is_text() -> None:
    assert "<script" not in to_html("# Title\n\n<script>alert(1)</script>\n")
