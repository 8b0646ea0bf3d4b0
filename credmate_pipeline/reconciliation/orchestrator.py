"""What reconciliation asks Dagster. `defs` has the real one; nothing else may know Dagster."""

from collections.abc import Iterable
from typing import Protocol


class Orchestrator(Protocol):
    """The other side of the comparison. Whatever cannot be answered raises; an empty answer means none."""

    def partition_keys(self) -> Iterable[str]:
        """Every key of the live window."""
        ...

    def validated_keys(self) -> Iterable[str]:
        """Keys whose `validation` is shown as materialized."""
        ...

    def live_runs(self, run_ids: Iterable[str]) -> frozenset[str]:
        """Those of `run_ids` that have not ended."""
        ...
