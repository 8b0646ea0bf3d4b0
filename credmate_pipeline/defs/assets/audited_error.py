"""The oversight asset that says how often documents settled without a person turned out wrong."""

from datetime import UTC, datetime

import dagster as dg

from credmate_pipeline.audits.error import AuditedError
from credmate_pipeline.defs.assets.specs import oversight
from credmate_pipeline.defs.resources import PipelineGateways

WITHIN_THE_AIM = "within_the_aim"
AIM = 0.01
"""Of the documents settled without a person at most this share may be wrong."""


@dg.asset(
    **oversight("quality"),
    kinds={"postgres"},
    description=(
        "Is what settles by itself right? A share of the documents settled without a person is drawn for an "
        "audit; auditors record right or wrong (`credmate audit`). The error measured, and how large it may still be, "
        "stand here over time."
    ),
    check_specs=[
        dg.AssetCheckSpec(
            WITHIN_THE_AIM,
            asset="audited_error",
            description="Of the documents audited at most 1 % were wrong. Where it warns, look at what was wrong.",
        )
    ],
)
def audited_error(context: dg.AssetExecutionContext, pipeline: PipelineGateways) -> dg.MaterializeResult:
    """Counts and bounds, from the ledger."""
    found = pipeline.open().ledger.audited_error()
    rate = {} if found.rate is None else {"error_rate": found.rate}
    return dg.MaterializeResult(
        metadata={
            "settled_without_a_person": found.settled,
            "drawn": found.drawn,
            "judged": found.judged,
            "wrong": found.wrong,
            "error_at_most": found.upper_bound,
            **rate,
            "report": dg.MetadataValue.md(_report(found, datetime.now(UTC))),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=WITHIN_THE_AIM,
                passed=(found.rate or 0.0) <= AIM,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"wrong": found.wrong, "judged": found.judged},
            )
        ],
    )


def _report(found: AuditedError, now: datetime) -> str:
    day = now.date().isoformat()
    if not found.judged:
        return f"{found.drawn} of {found.settled} documents are drawn for an audit by {day}; none is judged yet."
    return (
        f"By {day} {found.judged} of {found.drawn} drawn documents are judged and {found.wrong} were wrong. With 95 % "
        f"confidence at most {found.upper_bound:.1%} of all {found.settled} documents settled without a person are."
    )
