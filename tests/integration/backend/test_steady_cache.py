"""The cache of counts: shared where Redis answers, each process's own where it does not."""

import time

import pytest

from backend.steady_cache import SteadyCache
from cases.api import throttle


def cache(address: str) -> SteadyCache:
    options = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
    return SteadyCache(address, {"KEY_PREFIX": f"test-{time.monotonic_ns()}", "OPTIONS": options})


def test_two_processes_count_together_where_redis_answers(servers: None, settings) -> None:
    first = cache(settings.REDIS_URL)
    second = SteadyCache(settings.REDIS_URL, {"KEY_PREFIX": first.key_prefix})

    first.add("calls", 1, timeout=60)

    assert [second.incr("calls"), first.incr("calls")] == [2, 3]


def test_without_redis_a_limit_still_holds_and_nobody_waits_long() -> None:
    alone = cache("redis://127.0.0.1:1/0")
    with pytest.raises(ValueError, match="calls"):
        alone.incr("calls")
    alone.add("calls", 1, timeout=60)
    began = time.monotonic()

    assert [alone.incr("calls") for _ in range(50)] == list(range(2, 52))
    assert time.monotonic() - began < 1.0
    alone.delete("calls")
    assert alone.get("calls") is None
    alone.set("calls", 7)
    assert alone.get("calls") == 7


def test_the_throttle_counts_in_this_cache(settings) -> None:
    assert settings.CACHES["default"]["BACKEND"] == "backend.steady_cache.SteadyCache"
    assert isinstance(throttle.cache._connections["default"], SteadyCache)
