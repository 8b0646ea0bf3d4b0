"""The sensor that picks up uploads: the only writer of partition keys, and the only one that asks for runs."""

from collections.abc import Sequence
from datetime import timedelta

import dagster as dg

from credmate_pipeline.defs.jobs import JOURNEY_JOB
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.run_tags import BATCH_END, BATCH_START, REQUESTED_BY
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.intake import take_in
from credmate_pipeline.run_plan import PlannedRun, plan_runs
from credmate_pipeline.settings import Settings

RUNS_A_TICK = 40
RECALLS_A_TICK = 4
"""Runs that only tell Dagster what the ledger knows; new documents come first."""
SENSOR_SECONDS = 5


@dg.sensor(
    job=JOURNEY_JOB,
    minimum_interval_seconds=SENSOR_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description=(
        "Records new uploads in the ledger, gives each a partition and asks for runs: one run a document for a few, "
        "runs of up to 25 for many. It also asks again for documents that wait for another attempt, and for runs that "
        "tell Dagster of settled documents it no longer shows."
    ),
)
def new_uploads(context: dg.SensorEvaluationContext, pipeline: PipelineGateways) -> dg.SensorResult | dg.SkipReason:
    """One tick: record what is new, then ask for runs for whatever is due."""
    gateways, settings = pipeline.open(), pipeline.settings()
    now = gateways.ledger.now()
    cursor = take_in(gateways, context.cursor, now=now)
    due = gateways.ledger.due(
        now=now,
        patience=timedelta(minutes=settings.patience_minutes),
        at_most=RUNS_A_TICK * settings.batch_size,
    )
    plan = plan_runs(due, batch_size=settings.batch_size)[:RUNS_A_TICK]
    recalled = _recalls(context.instance, gateways, settings)
    gateways.alerts.beat("new_uploads", now=now)
    if not plan and not recalled:
        context.update_cursor(cursor)
        return dg.SkipReason("No new uploads, and no document is due.")
    keys, recalled_keys = _keys(plan), _keys(recalled)
    gateways.ledger.mark_requested(keys, now=now)
    gateways.reconciliations.note_recalled(recalled_keys, now=now)
    return dg.SensorResult(
        cursor=cursor,
        dynamic_partitions_requests=[DOCUMENTS.build_add_request([*keys, *recalled_keys])],
        run_requests=[_run_request(run) for run in (*plan, *recalled)],
    )


def _recalls(instance: dg.DagsterInstance, gateways: Gateways, settings: Settings) -> tuple[PlannedRun, ...]:
    """Runs over settled documents that Dagster is to be told of again; most ticks have none."""
    if not gateways.reconciliations.has_open_recalls():
        return ()
    known = instance.get_dynamic_partitions(str(DOCUMENTS.name))
    wanted = gateways.reconciliations.open_recalls(known, at_most=RECALLS_A_TICK * settings.batch_size)
    return plan_runs(wanted, batch_size=settings.batch_size)[:RECALLS_A_TICK]


def _keys(plan: Sequence[PlannedRun]) -> list[DocumentId]:
    return [key for run in plan for key in run.document_ids]


def _run_request(run: PlannedRun) -> dg.RunRequest:
    """A run of the journey. It has no run key: a key is remembered for ever, and the ledger's claims already
    keep a document from being read by two runs."""
    if len(run.document_ids) == 1:
        return dg.RunRequest(partition_key=run.first, tags={REQUESTED_BY: "new_uploads", "dagster/priority": "10"})
    return dg.RunRequest(tags={REQUESTED_BY: "new_uploads", BATCH_START: run.first, BATCH_END: run.last})
