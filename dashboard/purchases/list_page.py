"""What the list of purchases shows, and the sums of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from dashboard.purchases import export_page, filter_chips, filters, present
from dashboard.purchases import list_sum_queries as list_sums
from dashboard.purchases.filter_chips import Chip
from dashboard.purchases.filters import MISSING_WORDS, ListForm
from dashboard.purchases.list_queries import ListRows
from dashboard.purchases.list_sum_queries import ListSums
from dashboard.purchases.present import PurchaseLine
from dashboard.totals.sums import Sums
from dashboard.web.page import named_zone, zone

Choices = Sequence[tuple[str, str, bool]]
"""(value, label, is chosen)."""


@dataclass(frozen=True)
class ListPage:
    form: ListForm
    part_choices: Choices
    status_choices: Choices
    reason_choices: Choices
    sort_choices: Choices
    chips: list[Chip]
    export_links: list[tuple[str, str, str]]
    lines: list[PurchaseLine]
    found: ListSums
    sums_url: str
    missing_urls: dict[str, str]
    is_first_page: bool
    first_url: str
    next_url: str | None


@dataclass(frozen=True)
class ListSumsPage:
    """What a list adds up to; ``sums`` is None where that took too long."""

    form: ListForm
    sums: Sums | None
    missing_urls: dict[str, str]
    list_url: str


def page(form: ListForm, found: ListRows, *, is_first_page: bool) -> ListPage:
    return ListPage(
        form=form,
        part_choices=filters.choices("part", form.part),
        status_choices=filters.choices("status", form.status),
        reason_choices=filters.choices("reason", form.reason),
        sort_choices=filters.choices("sort", [form.sort]),
        chips=filter_chips.chips(form, zone()),
        export_links=[] if form.errors else export_page.links(form),
        lines=present.lines(found.rows),
        found=list_sums.sums_of_list(form.filters),
        sums_url=url_for("purchases.list_sums_of", **form.as_parameters(tz=named_zone())),
        missing_urls=_missing_urls(form),
        is_first_page=is_first_page,
        first_url=_list_url(form),
        next_url=found.next_cursor and _list_url(form, after=found.next_cursor),
    )


def sums_page(form: ListForm) -> ListSumsPage:
    return ListSumsPage(form, list_sums.whole_sums(form.filters), _missing_urls(form), _list_url(form))


def _list_url(form: ListForm, **changes: Any) -> str:
    return url_for("purchases.purchase_list", **form.as_parameters(**changes, tz=named_zone()))


def _missing_urls(form: ListForm) -> dict[str, str]:
    return {name: _list_url(form, missing=list({*form.missing, name})) for name in MISSING_WORDS}
