"""What axe-core says of what opens on a page, of targets for fingers, and of an address that does not exist."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Desk, OpenPage
from tests.purchases.samples import STEAMID, store_purchase

RULES = {"rules": {"target-size": {"enabled": True}}}
"""The rule for targets is off in axe-core unless asked for."""


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_open_menus_unknown_addresses_and_targets_are_accessible(
    desk: Desk, open_page: OpenPage, scheme: str, width: int
) -> None:
    with desk.app.app_context():
        store_purchase(buy_id=5)
    page = open_page("/no-such-page", color_scheme=scheme, viewport={"width": width, "height": 844})
    problems = violations(page)
    for path, summary in (
        ("/", ".menu summary"),
        ("/purchases", ".pick summary"),
        ("/purchases/5", "#raw-answer summary"),
        (f"/users/{STEAMID}", ".menu summary"),
    ):
        page.goto(path)
        page.click(summary)
        problems += violations(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            problems.append(f"{path} is wider than the screen")
    assert problems == []
