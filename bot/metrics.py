"""`/metrics`: what became of the tips, in the words of Prometheus, for whoever may read it."""

import hmac
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from itertools import accumulate

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_1_0_0, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.planning import next_due_in
from bot.tips.counters import Counters, Drop, Lags

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
"""What a proxy on this machine says: then it is not this machine that asks."""


def may_read(request: web.Request, token: str | None) -> bool:
    """Whether somebody may read the figures: by the token, or without one from this machine alone."""
    if token is not None:
        shown = request.headers.get("Authorization", "").encode(errors="replace")
        return hmac.compare_digest(shown, f"Bearer {token}".encode())
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.remote or "").is_loopback
    except ValueError:
        return False


async def write_metrics(counts: Counters, database: Database) -> web.Response:
    """All figures, as they are now; while the database is away without those that it would tell."""
    registry = CollectorRegistry()
    registry.register(_Figures(counts, await _overdue_seconds(database)))
    ProcessCollector(registry=registry)
    body = generate_latest(registry)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_PLAIN_1_0_0})


async def _overdue_seconds(database: Database) -> float | None:
    """How long the longest due tip has waited to be planned; 0 where none waits."""
    try:
        due_in = await next_due_in(database)
    except StoreError:
        return None
    return max(0.0, -(due_in or 0) / 1000)


class _Figures(Collector):
    """The counters of one process at one moment."""

    def __init__(self, counts: Counters, overdue_seconds: float | None) -> None:
        self._counts = counts
        self._overdue_seconds = overdue_seconds

    def collect(self) -> Iterable[Metric]:
        """Give every figure under its name."""
        counts = self._counts
        yield _counter("lvm_tips_planned", "Subscriptions whose turn had come", counts.planned)
        yield _counter("lvm_tips_sent", "Tips sent", counts.sent)
        yield _counter("lvm_tips_retried", "Attempts put back to be made again", counts.retried)
        yield _counter("lvm_tips_unknown", "Attempts whose outcome is not known", counts.unknown)
        dropped = CounterMetricFamily("lvm_tips_dropped", "Tips not sent, by reason", labels=["reason"])
        for reason in {*Drop, *counts.dropped}:
            dropped.add_metric([str(reason)], counts.dropped[reason])
        yield dropped
        yield _histogram("lvm_tips_plan_lag_seconds", "From due to planned", counts.plan_lag)
        yield _histogram("lvm_tips_send_lag_seconds", "From a tip's turn to sent", counts.send_lag)
        yield from self._of_lanes()
        yield _counter("lvm_tips_troubles", "Rounds that failed", counts.troubles)
        if self._overdue_seconds is not None:
            yield GaugeMetricFamily(
                "lvm_tips_overdue_seconds", "How long the longest due waits", self._overdue_seconds
            )

    def _of_lanes(self) -> Iterator[Metric]:
        counts = self._counts
        yield _counter("lvm_lane_waits", "Times a platform told us to wait", counts.lane_waits)
        yield _counter("lvm_lane_wait_seconds", "How long, in all", counts.lane_wait_seconds)
        yield GaugeMetricFamily("lvm_lanes", "Workspaces held now", counts.lanes)


def _counter(name: str, tells: str, value: float) -> Metric:
    return CounterMetricFamily(name, tells, value)


def _histogram(name: str, tells: str, lags: Lags) -> Metric:
    bounds = [*map(str, lags.bounds), "+Inf"]
    buckets = list(zip(bounds, accumulate(lags.counts), strict=True))
    return HistogramMetricFamily(name, tells, buckets, lags.sum_seconds)
