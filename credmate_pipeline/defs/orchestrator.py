"""Dagster as reconciliation sees it: its keys, what it shows as done, and which runs have not ended."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import dagster as dg

from credmate_pipeline.defs.dead_claims import live_runs
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage


class DagsterOrchestrator:
    """An `Orchestrator` over a Dagster instance."""

    def __init__(self, instance: dg.DagsterInstance) -> None:
        self._instance = instance

    def partition_keys(self) -> Iterable[str]:
        return self._instance.get_dynamic_partitions(str(DOCUMENTS.name))

    def validated_keys(self) -> Iterable[str]:
        return self._instance.get_materialized_partitions(dg.AssetKey(Stage.VALIDATION.value))

    def live_runs(self, run_ids: Iterable[str]) -> frozenset[str]:
        return live_runs(self._instance, run_ids)


@contextmanager
def open_orchestrator(settings: Settings) -> Iterator[DagsterOrchestrator]:
    """The Dagster of the running system, for commands outside of it: `DAGSTER_HOME`, or the one `credmate up` made."""
    home = settings.home.resolve() / "dagster"
    if os.environ.get("DAGSTER_HOME"):
        instance = dg.DagsterInstance.get()
    elif (home / "dagster.yaml").exists():
        instance = dg.DagsterInstance.from_config(str(home))
    else:
        raise ConfigurationError(
            f"No Dagster was ever started over {settings.home.resolve()} (CREDMATE_HOME); "
            "start the system with: credmate up. Elsewhere, set DAGSTER_HOME."
        )
    with instance:
        yield DagsterOrchestrator(instance)
