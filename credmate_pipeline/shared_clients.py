"""Clients of AWS that are made once rather than at every tick: making one costs more than a tick's whole work."""

import os
from collections.abc import Callable
from functools import lru_cache, wraps
from time import monotonic
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_Client = TypeVar("_Client")

KEPT_SECONDS = 600
"""Time after which a client is made anew, with the credentials a file then holds."""
_MOST_CLIENTS = 8


def shared(make: Callable[_P, _Client]) -> Callable[_P, _Client]:
    """`make`, which now gives the same client for the same arguments and AWS environment, for some minutes.

    The clients are safe to use by several threads at once.
    """

    @lru_cache(maxsize=_MOST_CLIENTS)
    def made(_environment: frozenset[tuple[str, str]], _period: int, *args: _P.args, **kwargs: _P.kwargs) -> _Client:
        return make(*args, **kwargs)

    @wraps(make)
    def get(*args: _P.args, **kwargs: _P.kwargs) -> _Client:
        environment = frozenset((name, value) for name, value in os.environ.items() if name.startswith("AWS_"))
        return made(environment, int(monotonic() // KEPT_SECONDS), *args, **kwargs)

    return get
