"""The oversight asset that keeps what each day brought, also after its documents' partitions have retired."""

from collections.abc import Iterator
from datetime import date

import dagster as dg

from credmate_pipeline.defs.assets.specs import oversight
from credmate_pipeline.defs.partitions import DAYS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.markdown import markdown_table
from credmate_pipeline.oversight.activity import DayActivity

ACTIVITY = "document_activity"


@dg.multi_asset(
    name="sum_up_days",
    specs=[
        dg.AssetSpec(
            ACTIVITY,
            **oversight("work"),
            kinds={"postgres"},
            partitions_def=DAYS,
            skippable=True,
            description=(
                "What did each day bring? One partition a day (UTC): documents uploaded, how they first settled, "
                "how long that took, and the share that needed no person. Days stay here when documents' own "
                "partitions have left; materializing a day again gives the same."
            ),
        )
    ],
    backfill_policy=dg.BackfillPolicy.multi_run(max_partitions_per_run=100),
)
def document_activity(
    context: dg.AssetExecutionContext, pipeline: PipelineGateways
) -> Iterator[dg.AssetMaterialization]:
    """Sums up each day asked for, from the audit trail."""
    ledger = pipeline.open().ledger
    for key in context.partition_keys:
        activity = ledger.day_activity(date.fromisoformat(key))
        yield dg.AssetMaterialization(ACTIVITY, partition=key, metadata=_metadata(activity))


def _metadata(activity: DayActivity) -> dict[str, float | dg.MetadataValue]:
    measured = {
        "seconds_to_settle_p50": activity.seconds_p50,
        "seconds_to_settle_p95": activity.seconds_p95,
        "share_without_a_person": activity.share_without_a_person,
    }
    return {
        "uploaded": activity.uploaded,
        "settled": activity.settled_count,
        **{status.value: activity.settled.get(status, 0) for status in DocumentStatus if status in activity.settled},
        "read_again": activity.read_again,
        "reviewed": sum(activity.reviewed.values()),
        **{name: round(value, 4) for name, value in measured.items() if value is not None},
        "report": dg.MetadataValue.md(_report(activity)),
    }


def _report(activity: DayActivity) -> str:
    rows: list[tuple[str, object]] = [("uploaded", activity.uploaded)]
    rows += [(f"settled as `{status.value}`", count) for status, count in sorted(activity.settled.items())]
    rows.append(("settled again", activity.read_again))
    rows += [(f"decided by a person: `{status.value}`", count) for status, count in sorted(activity.reviewed.items())]
    if activity.seconds_p50 is not None and activity.seconds_p95 is not None:
        rows.append(("seconds to settle, half were faster than", f"{activity.seconds_p50:.0f}"))
        rows.append(("seconds to settle, 95 % were faster than", f"{activity.seconds_p95:.0f}"))
    if activity.share_without_a_person is not None:
        rows.append(("settled without a person", f"{activity.share_without_a_person:.1%}"))
    return markdown_table([f"{activity.day.isoformat()} (UTC)", ""], rows)
