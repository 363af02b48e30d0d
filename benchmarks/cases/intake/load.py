"""Requests over kept connections, as many at a time as the server has threads."""

from __future__ import annotations

import http.client
import itertools
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

CONNECTIONS = 8
ADDRESSES = itertools.count()


@dataclass(frozen=True)
class Load:
    """Requests a second, and the milliseconds that 50 and 99 of 100 of them took at most."""

    rate: float
    p50: float
    p99: float


def load(port: int, path: str, bodies: Sequence[bytes]) -> Load:
    """Post each body once. Raises RuntimeError where one is not answered with 200."""
    shares = [bodies[start::CONNECTIONS] for start in range(CONNECTIONS)]
    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        times = sorted(itertools.chain.from_iterable(pool.map(lambda share: send(port, path, share), shares)))
    seconds = time.perf_counter() - began
    return Load(len(times) / seconds, percentile(times, 0.5), percentile(times, 0.99))


def percentile(times: Sequence[float], share: float) -> float:
    return times[min(int(share * len(times)), len(times) - 1)]


def send(port: int, path: str, bodies: Sequence[bytes]) -> list[float]:
    """Milliseconds of each request of one connection. Every person has an address of their own, as behind a
    proxy, so that limits on attempts are counted and not reached.
    """
    connection, times = http.client.HTTPConnection("127.0.0.1", port), []
    for body in bodies:
        number = next(ADDRESSES)
        headers = {
            "Content-Type": "application/json",
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
        }
        began = time.perf_counter()
        connection.request("POST", path, body, headers)
        reply = connection.getresponse()
        said = reply.read()
        times.append(1000 * (time.perf_counter() - began))
        if reply.status != 200:
            raise RuntimeError(f"{path}: {reply.status} {said[:200]!r}")
    return times
