"""The oversight asset that shows whether documents with known fields come through right."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

import dagster as dg

from credmate_pipeline.defs.assets.specs import oversight
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.ledger.canary_book import CanaryResult

CANARY = dg.AssetKey("canary")
CAME_THROUGH = "came_through_right"
SHOWN = 20


@dg.asset(
    key=CANARY,
    **oversight("health"),
    kinds={"postgres"},
    description=(
        "Does what is uploaded come out right? Every few minutes (CREDMATE_CANARY_MINUTES) freshly drawn documents "
        "with known fields, one with a text layer and one scanned, are uploaded like any other; what the ledger says "
        "of them must equal the truth in time. Canaries are in no count or list of real documents. Materialize to "
        "judge those on their way."
    ),
    check_specs=[
        dg.AssetCheckSpec(CAME_THROUGH, asset=CANARY, description="The newest canaries came through right and in time.")
    ],
)
def canary_asset(pipeline: PipelineGateways) -> dg.MaterializeResult:
    """Judges what is on its way, and shows the newest verdicts."""
    gateways = pipeline.open()
    book = gateways.canaries
    book.judge_all(now=gateways.ledger.now())
    newest = book.newest(at_most=SHOWN)
    return dg.MaterializeResult(
        metadata=shown(newest),
        check_results=[dg.AssetCheckResult(check_name=CAME_THROUGH, passed=has_come_through(newest))],
    )


def has_come_through(newest: Sequence[CanaryResult]) -> bool:
    """Whether every verdict on the newest round is good; none at all is not."""
    return bool(newest) and all(one.is_passed for one in newest if one.started_at == newest[0].started_at)


def shown(newest: Sequence[CanaryResult]) -> dict[str, Any]:
    """The asset's metadata."""
    rows = [
        f"| {one.finished_at.astimezone(UTC):%Y-%m-%d %H:%M} | {'right' if one.is_passed else 'WRONG'} "
        f"| {one.seconds:.0f} | {'; '.join(one.differences)} | {one.document_id or ''} |"
        for one in newest
    ]
    table = "\n".join(
        ["| judged (UTC) | verdict | seconds | what differed | document |", "|---|---|---|---|---|", *rows]
    )
    return {
        "passed": sum(one.is_passed for one in newest),
        "failed": sum(not one.is_passed for one in newest),
        **({"seconds": newest[0].seconds} if newest else {}),
        "report": dg.MetadataValue.md(table if newest else "No canary was judged yet."),
    }
