"""Tags that say who asked for a run, and what they mean for settled documents."""

from collections.abc import Mapping
from datetime import UTC, datetime

import dagster as dg

REQUESTED_BY = "credmate/requested_by"
REQUESTED_AT = "credmate/requested_at"
"""The tick that asked, by the ledger's clock: a tick no run tells of never reached Dagster's daemon."""
REPLAY = "replay"
"""Value of that tag on runs that read settled documents again, as `credmate replay` asked."""
BATCH_START = "dagster/asset_partition_range_start"
BATCH_END = "dagster/asset_partition_range_end"
_PARENT_RUN = "dagster/parent_run_id"
_ROOT_RUN = "dagster/root_run_id"
_RETRY_NUMBER = "dagster/retry_number"


def is_asked_by_a_person(tags: Mapping[str, str]) -> bool:
    """Whether a person launched or re-executed the run; a sensor's run and a crashed run's retry are not asked for."""
    is_retry = _RETRY_NUMBER in tags
    is_reexecution = _PARENT_RUN in tags and not is_retry
    return is_reexecution or REQUESTED_BY not in tags


def reopen_settled_before(instance: dg.DagsterInstance, run: dg.DagsterRun) -> datetime | None:
    """The instant before which settled documents are read again by this run; None where they are left alone.

    It is when the run was asked for. What its own crashed forerunner settled is later than that, and stays.
    """
    if not is_asked_by_a_person(run.tags) and run.tags.get(REQUESTED_BY) != REPLAY:
        return None
    first_run_id = run.tags.get(_ROOT_RUN, run.run_id) if _RETRY_NUMBER in run.tags else run.run_id
    record = instance.get_run_record_by_id(first_run_id)
    return None if record is None else record.create_timestamp.astimezone(UTC)
