"""Waiting for what the running system does in its own time."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

T = TypeVar("T")


def wait_for(what: str, seen: Callable[[], T | None], *, seconds: float) -> T:
    """What `seen` answers as soon as that is something; fails the test after `seconds`."""
    end = monotonic() + seconds
    while True:
        if answer := seen():
            return answer
        assert monotonic() < end, f"not seen within {seconds:g} seconds: {what}"
        sleep(0.1)
