"""Takes partitions out of Dagster and deletes its old runs, through its public interface. The ledger keeps everything.

Only the `new_uploads` sensor adds keys; this only takes them away.
"""

from dataclasses import dataclass
from datetime import datetime

import dagster as dg
from dagster._core.execution.backfill import BulkActionsFilter, BulkActionStatus

from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.live_window import keys_named

RETIRED_AT_MOST = 20_000
DELETED_AT_MOST = 20_000
"""Keys and runs a night; the next night goes on."""
_KEYS_AT_ONCE = 500
_RUNS_AT_ONCE = 200

_FINISHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_UNFINISHED = [status for status in dg.DagsterRunStatus if status not in _FINISHED]
_AT_WORK = [BulkActionStatus.REQUESTED, BulkActionStatus.CANCELING, BulkActionStatus.FAILING]


@dataclass(frozen=True, slots=True)
class Retired:
    """What became of the live window in one night."""

    live_count: int
    """Keys before."""
    retired_count: int
    is_postponed: bool
    """A backfill was under way: it names its keys by their places, so none may go."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What became of Dagster's old runs in one night."""

    deleted_count: int
    kept_count: int
    """Old runs of documents still in the live window, whose state they show."""


def retire(
    instance: dg.DagsterInstance, ledger: Ledger, *, settled_before: datetime, at_most: int = RETIRED_AT_MOST
) -> Retired:
    """Takes the partitions of documents settled before that instant out of the live window."""
    keys = instance.get_dynamic_partitions(str(DOCUMENTS.name))
    if instance.get_backfills(filters=BulkActionsFilter(statuses=_AT_WORK), limit=1):
        return Retired(len(keys), 0, is_postponed=True)
    unfinished = instance.get_runs(dg.RunsFilter(statuses=_UNFINISHED))
    in_use = keys_named(keys, [run.tags for run in unfinished])
    free = [key for key in keys if key not in in_use]
    chosen = ledger.retirable(free, settled_before=settled_before, at_most=at_most)
    retired_count = 0
    for start in range(0, len(chosen), _KEYS_AT_ONCE):
        # Asked again just before: a document may have been reopened meanwhile.
        batch = chosen[start : start + _KEYS_AT_ONCE]
        for key in ledger.retirable(batch, settled_before=settled_before, at_most=len(batch)):
            instance.delete_dynamic_partition(str(DOCUMENTS.name), key)
            retired_count += 1
    return Retired(len(keys), retired_count, is_postponed=False)


def prune(instance: dg.DagsterInstance, *, ended_before: datetime, at_most: int = DELETED_AT_MOST) -> Pruned:
    """Deletes runs that ended before that instant, with their events, the oldest first."""
    live = frozenset(instance.get_dynamic_partitions(str(DOCUMENTS.name)))
    old = dg.RunsFilter(statuses=_FINISHED, updated_before=ended_before)
    deleted_count, kept_count, after = 0, 0, None
    while deleted_count < at_most:
        runs = instance.get_run_records(old, limit=_RUNS_AT_ONCE, ascending=True, cursor=after)
        for record in runs[: at_most - deleted_count]:
            run = record.dagster_run
            if _shows_any(instance, run, live):
                kept_count, after = kept_count + 1, run.run_id
            else:
                instance.delete_run(run.run_id)
                deleted_count += 1
        if len(runs) < _RUNS_AT_ONCE:
            break
    return Pruned(deleted_count, kept_count)


def _shows_any(instance: dg.DagsterInstance, run: dg.DagsterRun, live: frozenset[str]) -> bool:
    """Whether what Dagster shows of a live document comes from this run."""
    if run.tags.get("dagster/partition") in live:
        return True
    shown = instance.get_records_for_run(run.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION).records
    return any(
        record.event_log_entry.dagster_event is not None and record.event_log_entry.dagster_event.partition in live
        for record in shown
    )
