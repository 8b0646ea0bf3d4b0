"""Drives the sensor and the journey in the test's own process, as Dagster's daemon would."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import dagster as dg
from dagster._core.definitions.dynamic_partitions_request import DeleteDynamicPartitionsRequest

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.assets.journey import journey
from credmate_pipeline.defs.assets.reconciliation import EVERYTHING_AGREES, reconciliation
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.run_tags import BATCH_END, BATCH_START, REQUESTED_BY
from credmate_pipeline.defs.sensors.new_uploads import new_uploads
from credmate_pipeline.reconciliation.differences import Difference
from credmate_pipeline.stages import Stage
from credmate_pipeline_tests.papers import LINES, pdf_of


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What one reconciliation said."""

    counts: dict[str, int]
    """Of the kinds that were found."""
    text: str
    everything_agrees: bool
    numbers: Mapping[str, object]


Reconcile = Callable[[], Reconciled]


BY_SENSOR = {REQUESTED_BY: "new_uploads"}

WITHOUT_COMPUTE_LOGS = {
    "compute_logs": {"module": "dagster._core.storage.noop_compute_log_manager", "class": "NoOpComputeLogManager"}
}
"""An instance that starts no `tail` a run, which a test that is stopped would leave behind."""


def certificate(number: int) -> bytes:
    return pdf_of(tuple(line.replace("2.50", f"{number}.50") for line in LINES))


def tick(instance: dg.DagsterInstance, cursor: str | None = None) -> dg.SensorResult:
    """One tick of the sensor as the daemon would carry it out, without starting runs."""
    with dg.build_sensor_context(instance=instance, cursor=cursor, definitions=defs) as context:
        result = new_uploads(context, pipeline=PipelineGateways())
    assert isinstance(result, dg.SensorResult)
    for request in result.dynamic_partitions_requests or []:
        if isinstance(request, DeleteDynamicPartitionsRequest):
            for key in request.partition_keys:
                instance.delete_dynamic_partition(request.partitions_def_name, key)
        else:
            instance.add_dynamic_partitions(request.partitions_def_name, list(request.partition_keys))
    return result


def run(
    instance: dg.DagsterInstance,
    keys: list[str],
    *,
    tags: dict[str, str] | None = None,
    stages: list[Stage] | None = None,
) -> dg.ExecuteInProcessResult:
    ranged = {BATCH_START: keys[0], BATCH_END: keys[-1]}
    return dg.materialize(
        [journey],
        instance=instance,
        resources={"pipeline": PipelineGateways()},
        tags={**ranged, **(BY_SENSOR if tags is None else tags)},
        selection=[stage.value for stage in stages] if stages else None,
        raise_on_error=False,
    )


def reconcile_in(instance: dg.DagsterInstance) -> Reconciled:
    """Materializes the asset, as its schedule does."""
    result = dg.materialize([reconciliation], instance=instance, resources={"pipeline": PipelineGateways()})
    (made,) = result.asset_materializations_for_node("reconciliation")
    (check,) = result.get_asset_check_evaluations()
    assert check.check_name == EVERYTHING_AGREES
    numbers = {name: one.value for name, one in made.metadata.items() if name != "report"}
    counts = {kind.value: numbers[kind.value.replace("-", "_")] for kind in Difference}
    found = {kind: count for kind, count in counts.items() if isinstance(count, int) and count}
    return Reconciled(found, str(made.metadata["report"].value), check.passed, numbers)


def keys_of(instance: dg.DagsterInstance) -> list[str]:
    return list(instance.get_dynamic_partitions(str(DOCUMENTS.name)))


def materialized(instance: dg.DagsterInstance, stage: Stage) -> set[str]:
    return set(instance.get_materialized_partitions(dg.AssetKey(stage.value)))


def check_results(instance: dg.DagsterInstance, stage: Stage, name: str) -> dict[str, bool]:
    records = instance.event_log_storage.get_asset_check_execution_history(
        dg.AssetCheckKey(dg.AssetKey(stage.value), name), limit=100
    )
    found = {}
    for record in records:
        event = record.event.dagster_event if record.event is not None else None
        if event is not None and isinstance(event.event_specific_data, dg.AssetCheckEvaluation):
            found[str(event.event_specific_data.partition)] = event.event_specific_data.passed
    return found
