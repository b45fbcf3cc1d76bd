"""Pure: metrics in the form that Prometheus reads, each under the dashboard's own prefix."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

from dashboard.db.counters import OTHER, Counted, Key, Timed

PREFIX = "skinsback_desk_"

Labels = Mapping[str, str]


def gauge(name: str, meaning: str, value: Decimal | float | None) -> Metric:
    """Return a gauge without labels; of None only its name, since nothing is known."""
    return gauges(name, meaning, () if value is None else [({}, value)])


def gauges(name: str, meaning: str, samples: Iterable[tuple[Labels, Decimal | float]]) -> Metric:
    metric = GaugeMetricFamily(PREFIX + name, meaning)
    for labels, value in samples:
        metric.add_sample(PREFIX + name, dict(labels), value)  # type: ignore[arg-type] # Written with every digit's worth.
    return metric


def flag(name: str, meaning: str, is_so: object) -> Metric:
    return gauge(name, meaning, int(bool(is_so)))


def moment(name: str, meaning: str, at: datetime | None) -> Metric:
    return gauge(f"{name}_timestamp_seconds", meaning, None if at is None else int(at.timestamp()))


def by_label(name: str, meaning: str, label: str, known: Iterable[str], counts: Mapping[str, int]) -> Metric:
    """Return a gauge for each known value, 0 where there is none; others are counted together where OTHER is one."""
    numbers = dict.fromkeys(known, 0)
    for value, number in counts.items():
        numbers[value if value in numbers else OTHER] += number
    return gauges(name, meaning, (({label: value}, number) for value, number in numbers.items()))


def counter(counted: Counted, kept: Mapping[Key, int]) -> Metric:
    """Return a counter with every set of labels there can be, so that the first time it grows is seen as growth."""
    metric = CounterMetricFamily(PREFIX + counted.name, counted.meaning)
    for key, labels in counted.all_keys():
        metric.add_sample(f"{PREFIX}{counted.name}_total", labels, kept.get(key, 0))
    return metric


def counter_by_label(name: str, meaning: str, label: str, known: Iterable[str], counts: Mapping[str, int]) -> Metric:
    metric = CounterMetricFamily(PREFIX + name, meaning)
    for value in known:
        metric.add_sample(f"{PREFIX}{name}_total", {label: value}, counts.get(value, 0))
    return metric


def histogram(timed: Timed, kept: Mapping[Key, int]) -> Metric:
    metric = HistogramMetricFamily(PREFIX + timed.name, timed.meaning, labels=[timed.label])
    for value in timed.values:
        buckets, seconds = timed.read(kept, value)
        metric.add_metric([value], buckets=list(buckets), sum_value=seconds)
    return metric
