"""How much is tried: little in `make test`, as much as `CREDMATE_FUZZ` says in `make fuzz`."""

import os

from hypothesis import HealthCheck, settings

FACTOR = int(os.environ.get("CREDMATE_FUZZ", "1"))
PATIENCE = 300 * FACTOR
"""Seconds a test may take."""


def tried(count: int) -> settings:
    """So many examples, times the factor, on a machine of any speed."""
    slow = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
    return settings(max_examples=count * FACTOR, deadline=None, suppress_health_check=slow, database=None)
