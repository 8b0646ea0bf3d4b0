"""The oversight asset that shows what waits for a person."""

from datetime import UTC, datetime

import dagster as dg

from credmate_pipeline.defs.assets.specs import oversight
from credmate_pipeline.defs.links import partition_link
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.markdown import markdown_table
from credmate_pipeline.oversight.review_queue import ReviewQueue, kind_of
from credmate_pipeline.stages import Stage

SHOWN = 50
_REASONS_SHOWN = 30


@dg.asset(
    **oversight("work"),
    kinds={"postgres"},
    deps=[Stage.VALIDATION.value],
    description=(
        "What waits for a person? Every document in `review_pending`: how many by type and by their first reason, "
        "and the longest waiting one by one, each linked to its page. Review them with `credmate review`. Materialize "
        "to see the queue as it is now."
    ),
)
def review_queue(pipeline: PipelineGateways) -> dg.MaterializeResult:
    """The queue in counts, and its oldest documents."""
    queue, now = pipeline.open().ledger.waiting_for_a_person(at_most=SHOWN), datetime.now(UTC)
    return dg.MaterializeResult(
        metadata={
            "waiting": queue.count,
            "oldest_hours": round(queue.waited(now).total_seconds() / 3600, 1),
            **{f"waiting_{name}": count for name, count in queue.by_type.items()},
            "by_reason": dg.MetadataValue.md(_reasons(queue)),
            "oldest": dg.MetadataValue.md(_oldest(queue, now)),
        }
    )


def _reasons(queue: ReviewQueue) -> str:
    rows = [(count, kind, reason) for (kind, reason), count in queue.by_reason.items()][:_REASONS_SHOWN]
    return markdown_table(["documents", "type", "first reason"], rows) if rows else "Nothing waits."


def _oldest(queue: ReviewQueue, now: datetime) -> str:
    rows = [
        (
            partition_link(one.document_id),
            one.document_type,
            f"{one.since.astimezone(UTC):%Y-%m-%d %H:%M}",
            f"{(now - one.since).total_seconds() / 3600:.0f}",
            kind_of(one.reason),
        )
        for one in queue.oldest
    ]
    table = markdown_table(["document", "type", "waits since (UTC)", "hours", "first reason"], rows)
    more = f"\n\nand {queue.count - len(rows)} more" if queue.count > len(rows) else ""
    return table + more if rows else "Nothing waits."
