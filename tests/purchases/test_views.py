"""The list, the holds and the user's page."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tests.purchases.samples import DATE, STEAMID, store_purchase
from tests.reader import Reader

NOW = datetime.now(UTC)


def test_the_list_shows_what_the_filters_ask_for(reader: Reader) -> None:
    store_purchase(buy_id=1, offer_status="timeout")
    store_purchase(buy_id=2, offer_status="canceled")
    store_purchase(buy_id=3)
    assert reader.get("/purchases?status=timeout&status=canceled").buy_ids() == [2, 1]


def test_the_pages_of_the_list_hold_every_purchase_once(reader: Reader) -> None:
    for number in range(1, 121):
        store_purchase(buy_id=number, date=DATE + timedelta(minutes=number // 3))
    page, seen = reader.get("/purchases"), []
    for _ in range(3):
        seen += page.buy_ids()
        following = page.all('a[rel="next"]')
        page = reader.get(str(following[0]["href"])) if following else page
    assert seen == list(range(120, 0, -1))


def test_further_pages_keep_the_zone_of_the_address(reader: Reader) -> None:
    # 19:00 UTC on the 20th is the 21st in Kathmandu.
    for number in range(1, 61):
        store_purchase(buy_id=number, date=DATE + timedelta(hours=7, minutes=number))
    page = reader.get("/purchases?from=2026-11-21&to=2026-11-21&tz=Asia/Kathmandu")
    following = reader.get(str(page.one('a[rel="next"]')["href"]))
    assert (len(page.buy_ids()), len(following.buy_ids())) == (50, 10)
    assert following.text.count("UTC+5:45") > 10


def test_the_filters_stand_in_the_form_again(reader: Reader) -> None:
    page = reader.get("/purchases?status=timeout&from=2026-11-01&min=1.5&hold=1")
    assert page.one('input[name="status"][value="timeout"]').has_attr("checked")
    assert page.one('input[name="from"]')["value"] == "2026-11-01"
    assert page.one('input[name="hold"]').has_attr("checked")


def test_a_filter_that_cannot_be_read_is_explained_beside_its_field(reader: Reader) -> None:
    page = reader.get("/purchases?from=yesterday&min=lots&after=damaged")
    assert page.status == 200
    assert page.one("#error-from")
    assert page.one("#error-min")
    assert "damaged" in page.text


def test_nothing_matching_says_how_to_see_everything(reader: Reader) -> None:
    assert "Nothing matches" in reader.get("/purchases?status=timeout").text_of('[data-state="empty"]')


def test_the_fragment_is_the_very_table_of_the_page(reader: Reader) -> None:
    store_purchase(buy_id=1)
    assert reader.fragment("/purchases").buy_ids() == reader.get("/purchases").buy_ids()


def test_an_unknown_status_is_shown_as_it_came(reader: Reader) -> None:
    store_purchase(buy_id=1, offer_status="in_review")
    page = reader.get("/purchases?status=unknown")
    assert page.value("offer_status") == "in_review"


def test_holds_stand_by_day_of_release_with_count_and_sum(reader: Reader) -> None:
    for number, days in ((1, 3), (2, 3), (3, 5)):
        until = NOW + timedelta(days=days)
        store_purchase(
            buy_id=number, date=NOW, asked_at=NOW, in_hold=True, in_hold_until=until,
            balance_debited_sum=Decimal("1.005"),
        )  # fmt: skip
    page = reader.get("/holds")
    assert [row["data-value"] for row in page.all('[data-row="period"] [data-sum="count"]')] == ["2", "1"]
    assert [row["data-value"] for row in page.all('[data-sum="reversible"]')] == ["2.01", "1.005"]
    assert page.buy_ids() == [1, 2, 3]


def test_no_holds_say_so(reader: Reader) -> None:
    assert "Nothing is on hold" in reader.get("/holds").text


def test_after_a_reversal_the_user_page_shows_the_bar_and_the_money_at_stake(reader: Reader) -> None:
    store_purchase(buy_id=1, date=NOW - timedelta(days=1), asked_at=NOW - timedelta(hours=2))
    store_purchase(buy_id=1, date=NOW - timedelta(days=1), asked_at=NOW, offer_status="rollback_user")
    store_purchase(
        buy_id=2, date=NOW, asked_at=NOW, in_hold=True, in_hold_until=NOW + timedelta(days=8),
        balance_debited_sum=Decimal("7.77"),
    )  # fmt: skip
    page = reader.get(f"/users/{STEAMID}")
    until = datetime.fromisoformat(str(page.one("[data-bar-until]")["data-bar-until"]))
    assert until == NOW + timedelta(days=30)
    assert "$7.77 at stake" in page.text_of("[data-bar-until]")
    assert sorted(set(page.buy_ids())) == [1, 2]


def test_a_user_id_in_another_form_leads_to_the_one_address(reader: Reader) -> None:
    response = reader.client.get("/users/STEAM_0:1:45191397")
    assert response.headers["Location"] == f"/users/{STEAMID}"


def test_what_is_no_steam_account_is_not_found(reader: Reader) -> None:
    assert reader.get("/users/nobody").status == 404
