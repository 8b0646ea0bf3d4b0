"""The sensor that picks up uploads: the only writer of partition keys, and the only one that asks for runs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import dagster as dg
from dagster._core.storage.dagster_run import NOT_FINISHED_STATUSES

from credmate_pipeline.defs.jobs import JOURNEY_JOB
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.run_tags import BATCH_END, BATCH_START, REPLAY, REQUESTED_AT, REQUESTED_BY
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.intake import take_in
from credmate_pipeline.run_plan import DueDocument, PlannedReplay, PlannedRun, plan_replays, plan_runs
from credmate_pipeline.settings import Settings

RUNS_A_TICK = 40
RECALLS_A_TICK = 4
"""Runs that only tell Dagster what the ledger knows; new documents come first."""
REPLAYS_A_TICK = 2
RUNS_LOOKED_AT = 100
REQUESTS_FORGOTTEN = 2
"""So many requests of a document may be lost before its patience is waited for: where two systems share a ledger, each
would otherwise take the other's requests for lost for ever."""
LOST_AFTER = timedelta(seconds=15)
"""A tick's runs are there by then, even where another process evaluates the sensor meanwhile."""
SENSOR_SECONDS = 5


@dg.sensor(
    job=JOURNEY_JOB,
    minimum_interval_seconds=SENSOR_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description=(
        "Records new uploads in the ledger, gives each a partition and asks for runs: one run a document for a few, "
        "runs of up to 25 for many. It also asks again for documents that wait for another attempt, for runs that tell "
        "Dagster of settled documents it no longer shows, and for stale results somebody asked to make anew."
    ),
)
def new_uploads(context: dg.SensorEvaluationContext, pipeline: PipelineGateways) -> dg.SensorResult | dg.SkipReason:
    """One tick: record what is new, then ask for runs for whatever is due."""
    gateways, settings = pipeline.open(), pipeline.settings()
    now = gateways.ledger.now()
    _forget_lost_requests(context, gateways, now)
    cursor = take_in(gateways, context.cursor, now=now)
    due = gateways.ledger.due(
        now=now,
        patience=timedelta(minutes=settings.patience_minutes),
        at_most=RUNS_A_TICK * settings.batch_size,
    )
    plan = plan_runs(_without_unknown_requests(context.instance, due), batch_size=settings.batch_size)[:RUNS_A_TICK]
    recalled = _recalls(context.instance, gateways, settings)
    # Both move or add old keys; in one tick the one would tear the other's range.
    replays = () if recalled else _planned_replays(context.instance, gateways, settings, now)
    gateways.alerts.beat("new_uploads", now=now)
    if not plan and not recalled and not replays:
        context.update_cursor(cursor)
        return dg.SkipReason("No new uploads, and no document is due.")
    keys, recalled_keys, moved = _keys(plan), _keys(recalled), _keys(replays)
    gateways.ledger.mark_requested(keys, now=now)
    gateways.reconciliations.note_recalled(recalled_keys, now=now)
    gateways.ledger.mark_replays_asked(moved, now=now)
    return dg.SensorResult(
        cursor=cursor,
        # Keys taken out and added again lie side by side at the end, as a range needs them; their events stay.
        dynamic_partitions_requests=[
            *([DOCUMENTS.build_delete_request(moved)] if moved else []),
            DOCUMENTS.build_add_request([*keys, *recalled_keys, *moved]),
        ],
        run_requests=[
            *(_run_request(run, asked_at=now) for run in (*plan, *recalled)),
            *map(_replay_request, replays),
        ],
    )


def _forget_lost_requests(context: dg.SensorEvaluationContext, gateways: Gateways, now: datetime) -> None:
    """Makes those documents due again that the last tick asked for, if no run came of it.

    The daemon starts runs once the tick has ended. One that was killed meanwhile never got to know of them, nor does it
    of those that trying out the sensor in the UI asks for.
    """
    asked_at = gateways.ledger.latest_request()
    if asked_at is None or now - asked_at < LOST_AFTER or context.instance.get_runs_count(_asked_in(asked_at)):
        return
    count = gateways.ledger.forget_requests_of(asked_at, asked_at_most=REQUESTS_FORGOTTEN)
    if count:
        context.log.info("No run came of a tick that asked for %d documents; they are asked for again.", count)


def _without_unknown_requests(instance: dg.DagsterInstance, due: Sequence[DueDocument]) -> Sequence[DueDocument]:
    """The documents, those as never asked for whose keys Dagster does not have: they may share a run."""
    if not any(document.request_count for document in due):
        return due
    known = frozenset(instance.get_dynamic_partitions(str(DOCUMENTS.name)))
    return [document if document.document_id in known else replace(document, request_count=0) for document in due]


def _asked_in(tick: datetime) -> dg.RunsFilter:
    return dg.RunsFilter(tags={REQUESTED_AT: _stamp(tick)})


def _stamp(tick: datetime) -> str:
    return tick.astimezone(UTC).isoformat()


def _recalls(instance: dg.DagsterInstance, gateways: Gateways, settings: Settings) -> tuple[PlannedRun, ...]:
    """Runs over settled documents that Dagster is to be told of again; most ticks have none."""
    if not gateways.reconciliations.has_open_recalls():
        return ()
    known = instance.get_dynamic_partitions(str(DOCUMENTS.name))
    wanted = gateways.reconciliations.open_recalls(known, at_most=RECALLS_A_TICK * settings.batch_size)
    return plan_runs(wanted, batch_size=settings.batch_size)[:RECALLS_A_TICK]


def _keys(plan: Sequence[PlannedRun | PlannedReplay]) -> list[DocumentId]:
    return [key for run in plan for key in run.document_ids]


def _planned_replays(
    instance: dg.DagsterInstance, gateways: Gateways, settings: Settings, now: datetime
) -> tuple[PlannedReplay, ...]:
    """Replays to ask for, while no other batch runs: they come last, and moving keys would tear a batch's range."""
    due = gateways.ledger.due_replays(
        now=now,
        patience=timedelta(minutes=settings.patience_minutes),
        attempts_allowed=settings.attempts,
        at_most=REPLAYS_A_TICK * settings.batch_size,
    )
    if not due or _has_unfinished_batch(instance):
        return ()
    return plan_replays(due, batch_size=settings.batch_size)


def _has_unfinished_batch(instance: dg.DagsterInstance) -> bool:
    unfinished = dg.RunsFilter(statuses=list(NOT_FINISHED_STATUSES))
    runs = instance.get_runs(unfinished, limit=RUNS_LOOKED_AT)
    return len(runs) == RUNS_LOOKED_AT or any(BATCH_START in run.tags for run in runs)


def _replay_request(replay: PlannedReplay) -> dg.RunRequest:
    """A run that makes only what is stale, after everything else that waits."""
    return dg.RunRequest(
        asset_selection=[dg.AssetKey(stage.value) for stage in replay.stages],
        tags={
            REQUESTED_BY: REPLAY,
            BATCH_START: replay.document_ids[0],
            BATCH_END: replay.document_ids[-1],
            "dagster/priority": "-10",
        },
    )


def _run_request(run: PlannedRun, *, asked_at: datetime) -> dg.RunRequest:
    """A run of the journey. It has no run key: a key is remembered for ever, and the ledger's claims already
    keep a document from being read by two runs."""
    asked = {REQUESTED_BY: "new_uploads", REQUESTED_AT: _stamp(asked_at)}
    if len(run.document_ids) == 1:
        return dg.RunRequest(partition_key=run.first, tags={**asked, "dagster/priority": "10"})
    return dg.RunRequest(tags={**asked, BATCH_START: run.first, BATCH_END: run.last})
