"""What is counted for machines in the database."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from dashboard.db.counter_queries import find_counts
from dashboard.db.counter_store import count
from dashboard.db.counters import OTHER, Counted, Key, Timed, with_other
from dashboard.db.database import writing
from dashboard.db.extensions import db

DRINKS = Counted("drinks", "Drinks that were served.", {"size": ("small", "large"), "kind": with_other({"tea"})})
WAITS = Timed("wait_seconds", "How long guests waited.", "size", ("small", "large"), (0.5, 2.0))


def count_now(counts: dict[Key, int]) -> None:
    with writing() as connection:
        count(connection, counts)


def test_what_is_counted_twice_adds_up(app: Flask) -> None:
    for number in (1, 2):
        count_now({DRINKS.key("small", "tea"): number})
    assert find_counts() == {DRINKS.key("small", "tea"): 3}


def test_writers_who_count_in_opposite_orders_do_not_stop_each_other(app: Flask) -> None:
    keys = [DRINKS.key(size, "tea") for size in ("small", "large")]

    def write(number: int) -> None:
        with app.app_context():
            count_now(dict.fromkeys(keys[:: 1 if number % 2 else -1], 1))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(40)))
    db.session.rollback()
    assert find_counts() == dict.fromkeys(keys, 40)


def test_a_strangers_word_is_counted_as_other() -> None:
    assert json.loads(DRINKS.key("small", "mud")[1]) == ["small", OTHER]


def test_every_set_of_labels_is_told_before_it_has_happened() -> None:
    assert [labels for _, labels in DRINKS.all_keys()] == [
        {"size": size, "kind": kind} for size in ("small", "large") for kind in ("tea", OTHER)
    ]


def test_a_time_at_a_bound_is_within_it() -> None:
    kept = WAITS.counts("small", 0.5)
    assert WAITS.read(kept, "small") == ([("0.5", 1), ("2.0", 1), ("+Inf", 1)], 0.5)


@given(st.lists(st.floats(0, 5)))
def test_each_bound_counts_the_times_up_to_it(seconds: list[float]) -> None:
    kept: dict[Key, int] = {}
    for one in seconds:
        for key, number in WAITS.counts("large", one).items():
            kept[key] = kept.get(key, 0) + number
    buckets, total = WAITS.read(kept, "large")
    assert buckets == [(str(bound), sum(one <= bound for one in seconds)) for bound in (0.5, 2.0)] + [
        ("+Inf", len(seconds))
    ]
    assert total == pytest.approx(sum(seconds), abs=1e-3)
