"""Waiting for what the running system does in its own time."""

from collections.abc import Callable
from time import monotonic, sleep


def wait_until(is_true: Callable[[], bool], what: str, *, seconds: float) -> None:
    """Returns once `is_true` says so; fails the test after `seconds`."""
    end = monotonic() + seconds
    while not is_true():
        assert monotonic() < end, f"{what} did not happen"
        sleep(0.3)
