"""The oversight asset that keeps Dagster small: settled documents retire from it, old runs are deleted."""

from datetime import timedelta

import dagster as dg

from credmate_pipeline.defs.assets.specs import oversight
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.retirement import Pruned, Retired, prune, retire

ROOM = "window_is_small_enough"
COMFORTABLE = 50_000
"""Keys up to which the UI answers well."""


@dg.asset(
    **oversight("health"),
    kinds={"python"},
    description=(
        "Which documents still have a partition? Every night, documents settled longer ago than "
        "`CREDMATE_LIVE_DAYS` retire from Dagster, unless somebody must still act on them, and runs older than "
        "`CREDMATE_RUN_HISTORY_DAYS` are deleted. The ledger keeps everything; a retired document that is read again "
        "gets its partition back."
    ),
    check_specs=[
        dg.AssetCheckSpec(
            ROOM,
            asset="live_window",
            description="No more partitions are live than the UI shows well. Where it warns, set fewer live days.",
        )
    ],
)
def live_window(context: dg.AssetExecutionContext, pipeline: PipelineGateways) -> dg.MaterializeResult:
    """Retires, prunes, reports."""
    settings, ledger = pipeline.settings(), pipeline.open().ledger
    now = ledger.now()
    retired = retire(context.instance, ledger, settled_before=now - timedelta(days=settings.live_days))
    pruned = prune(context.instance, ended_before=now - timedelta(days=settings.run_history_days))
    left = retired.live_count - retired.retired_count
    return dg.MaterializeResult(
        metadata={
            "live_partitions": left,
            "retired": retired.retired_count,
            "runs_deleted": pruned.deleted_count,
            "old_runs_kept": pruned.kept_count,
            "report": dg.MetadataValue.md(_report(retired, pruned)),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=ROOM,
                passed=left <= COMFORTABLE,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"live_partitions": left, "comfortable": COMFORTABLE},
            )
        ],
    )


def _report(retired: Retired, pruned: Pruned) -> str:
    window = f"{retired.live_count} partitions were live; {retired.retired_count} retired."
    if retired.is_postponed:
        window = f"{retired.live_count} partitions are live; none retired, as a backfill is under way."
    kept = f" {pruned.kept_count} old ones stay: live documents show what they made." if pruned.kept_count else ""
    return f"{window}\n\n{pruned.deleted_count} old runs were deleted.{kept}"
