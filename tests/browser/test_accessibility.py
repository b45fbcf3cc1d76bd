"""What axe-core says of what opens on a page, of targets for fingers, and of an address that does not exist."""

from tests.browser.conftest import Desk, OpenPage
from tests.browser.looks import problems_of
from tests.purchases.samples import STEAMID, store_purchase


def test_open_menus_unknown_addresses_and_targets_are_accessible(desk: Desk, open_page: OpenPage) -> None:
    with desk.app.app_context():
        store_purchase(buy_id=5)
    page = open_page("/no-such-page")
    problems = problems_of(page)
    for path, summary in (
        ("/", ".menu summary"),
        ("/purchases", ".pick summary"),
        ("/purchases/5", "#raw-answer summary"),
        (f"/users/{STEAMID}", ".menu summary"),
    ):
        page.goto(path)
        page.click(summary)
        problems += problems_of(page)
    assert problems == []
