"""The oversight asset that compares what everyone believes of the documents, and repairs what differs."""

from datetime import datetime
from typing import Any

import dagster as dg

from credmate_pipeline.defs.assets.specs import oversight
from credmate_pipeline.defs.orchestrator import DagsterOrchestrator
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.reconciliation.differences import Difference
from credmate_pipeline.reconciliation.reconcile import reconcile
from credmate_pipeline.reconciliation.report import Report, as_markdown

EVERYTHING_AGREES = "everything_agrees"


@dg.asset(
    **oversight("health"),
    kinds={"postgres"},
    description=(
        "Does everybody tell the same story? Compares the stored files with the ledger, and the ledger with "
        "Dagster's partitions, runs and results. What can be repaired is, through the documents' usual way; the "
        "report says what was, and who must act on the rest."
    ),
    check_specs=[
        dg.AssetCheckSpec(
            EVERYTHING_AGREES,
            asset="reconciliation",
            description="Storage, ledger, partitions, runs and results agree. Where not, the report says on what.",
        )
    ],
)
def reconciliation(context: dg.AssetExecutionContext, pipeline: PipelineGateways) -> dg.MaterializeResult:
    """Compares, repairs, reports."""
    gateways = pipeline.open()
    report = reconcile(
        gateways,
        DagsterOrchestrator(context.instance),
        pipeline.settings(),
        clock=gateways.ledger.now,
        is_repairing=True,
    )
    severity = dg.AssetCheckSeverity.ERROR if report.open_count else dg.AssetCheckSeverity.WARN
    return dg.MaterializeResult(
        metadata=_shown(report),
        check_results=[
            dg.AssetCheckResult(
                check_name=EVERYTHING_AGREES,
                passed=report.agrees,
                severity=severity,
                metadata={"differences": report.finding_count, "open": report.open_count},
            )
        ],
    )


def _shown(report: Report) -> dict[str, Any]:
    """Numbers that plot over time, and the report. Every kind is always there, so that its plot has no gaps."""
    counts = {finding.difference: finding.count for finding in report.findings}
    return {
        "documents": report.document_count,
        "differences": report.finding_count,
        "repaired": report.repair_count,
        "open": report.open_count,
        "oldest_waiting_minutes": _minutes(report.oldest_waiting_at, report.finished_at),
        "oldest_in_review_days": round(_minutes(report.oldest_in_review_at, report.finished_at) / 1440, 2),
        "seconds": round(report.seconds, 2),
        **{kind.value.replace("-", "_"): counts.get(kind, 0) for kind in Difference},
        "report": dg.MetadataValue.md(as_markdown(report)),
    }


def _minutes(since: datetime | None, now: datetime) -> float:
    return round(max(0.0, (now - since).total_seconds() / 60), 1) if since is not None else 0.0
