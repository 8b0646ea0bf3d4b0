"""Drives the sensor and the journey in the test's own process, as Dagster's daemon would."""

import dagster as dg

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.assets.journey import journey
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.run_tags import BATCH_END, BATCH_START, REQUESTED_BY
from credmate_pipeline.defs.sensors.new_uploads import new_uploads
from credmate_pipeline.stages import Stage
from credmate_pipeline_tests.papers import LINES, pdf_of

BY_SENSOR = {REQUESTED_BY: "new_uploads"}

WITHOUT_COMPUTE_LOGS = {
    "compute_logs": {"module": "dagster._core.storage.noop_compute_log_manager", "class": "NoOpComputeLogManager"}
}
"""An instance that starts no `tail` a run, which a test that is stopped would leave behind."""


def certificate(number: int) -> bytes:
    return pdf_of(tuple(line.replace("2.50", f"{number}.50") for line in LINES))


def tick(instance: dg.DagsterInstance, cursor: str | None = None) -> dg.SensorResult:
    """One tick of the sensor as the daemon would carry it out, without starting runs."""
    context = dg.build_sensor_context(instance=instance, cursor=cursor, definitions=defs)
    result = new_uploads(context, pipeline=PipelineGateways())
    assert isinstance(result, dg.SensorResult)
    for request in result.dynamic_partitions_requests or []:
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
