"""What the operations page's bars and numbers ask of the list: instants, items, phases and faults."""

from datetime import timedelta
from itertools import count

import pytest

from dashboard.purchases import list_sum_queries as list_sums
from dashboard.purchases import statuses
from dashboard.purchases.filters import Filters
from dashboard.purchases.statuses import Fault, Phase
from tests.purchases.samples import DATE, store_purchase
from tests.reader import Reader


def test_instants_are_taken_to_the_second_the_first_in_and_the_last_out(reader: Reader) -> None:
    for number in range(4):
        store_purchase(buy_id=number + 1, date=DATE + timedelta(seconds=number))
    page = reader.get("/purchases?since=2026-11-20T12:00:01Z&until=2026-11-20T13:00:03%2B01:00")
    assert page.buy_ids() == [3, 2]


def test_instants_narrow_a_period_between_dates(reader: Reader) -> None:
    store_purchase(buy_id=1, date=DATE - timedelta(days=1))
    store_purchase(buy_id=2)
    assert reader.get("/purchases?from=2026-11-20&until=2026-11-21T00:00:00Z").buy_ids() == [2]


def test_an_item_is_found_by_its_exact_name(reader: Reader) -> None:
    store_purchase(buy_id=1, item_name="★ Karambit")
    store_purchase(buy_id=2, item_name="★ Karambit | Doppler")
    assert reader.get("/purchases", item="★ Karambit").buy_ids() == [1]


@pytest.mark.parametrize("phase", list(Phase))
def test_a_phase_is_the_purchases_of_its_statuses(reader: Reader, phase: Phase) -> None:
    known = [status.value for status in statuses.STATUSES]
    for number, status in enumerate([*known, "in_review"]):
        store_purchase(buy_id=number + 1, offer_status=status)
    shown = reader.get(f"/purchases?phase={phase}").values("offer_status")
    assert sorted(shown) == sorted(s for s in [*known, "in_review"] if statuses.phase_of(s) is phase)


@pytest.mark.parametrize("fault", list(Fault))
def test_a_fault_is_what_the_catalogue_says_of_status_and_reason(reader: Reader, fault: Fault) -> None:
    number, expected = count(1), []
    for status in [*statuses.KNOWN_STATUSES, "in_review"]:
        for reason in [None, *statuses.KNOWN_REASONS, "brand_new"]:
            buy_id = next(number)
            store_purchase(buy_id=buy_id, offer_status=status, error_reason=reason)
            if statuses.phase_of(status) in (Phase.FAILED, Phase.REVERSED):
                expected += [buy_id] if statuses.fault_of(status, reason) is fault else []
    assert list_sums.sums_of_list(Filters(fault=fault)).count == len(expected)
    # The item is in no total, so this one is counted from the rows.
    by_rows = Filters(fault=fault, item="★ Karambit | Doppler")
    assert list_sums.sums_of_list(by_rows).count == len(expected)


def test_status_and_phase_together_mean_both(reader: Reader) -> None:
    store_purchase(buy_id=1, offer_status="timeout")
    store_purchase(buy_id=2, offer_status="canceled")
    assert reader.get("/purchases?status=timeout&phase=failed&phase=reversed").buy_ids() == [1]
    assert reader.get("/purchases?status=timeout&phase=delivered").buy_ids() == []


def test_filters_without_a_field_are_shown_kept_and_can_be_taken_away(reader: Reader) -> None:
    page = reader.get("/purchases?since=2026-11-20T12:00:00Z&phase=failed&phase=reversed&fault=supplier&item=Case")
    assert [field["value"] for field in page.all('form [type="hidden"][name="phase"]')] == ["failed", "reversed"]
    assert "failed or reversed" in page.text_of(".chips")
    without_item = page.one('a[aria-label="Remove the filter Case"]')["href"]
    assert "item=" not in str(without_item)
    assert "fault=supplier" in str(without_item)


@pytest.mark.parametrize(
    "query",
    ["since=yesterday", "until=2026-11-20T12:00:00", "phase=gone", "fault=nobody", "since=9999-12-31T23:59:59Z"],
)
def test_what_cannot_be_understood_is_left_out_and_said(reader: Reader, query: str) -> None:
    store_purchase(buy_id=1)
    page = reader.get(f"/purchases?{query}")
    assert page.buy_ids() == [1]
    assert page.all(".field-error")
