"""The oversight asset that compares what everyone believes of the documents, and repairs what differs."""

from collections import Counter
from datetime import datetime, timedelta

import dagster as dg

from credmate_pipeline.defs.assets.specs import OVERSIGHT_GROUP, OWNERS
from credmate_pipeline.defs.dead_claims import DEAD_RUN_MESSAGE, live_runs
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.reconciliation.compare import (
    EXPLANATIONS,
    Difference,
    Mismatch,
    OpenDocument,
    Repair,
    State,
    compare,
)
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage

SHOWN = 20
"""Documents a kind that the report names."""

EVERYTHING_AGREES = "everything_agrees"


@dg.asset(
    group_name=OVERSIGHT_GROUP,
    owners=OWNERS,
    kinds={"postgres"},
    description=(
        "**Does everybody tell the same story?** Compares the ledger with Dagster's partitions, runs and results. "
        "Stuck documents and those of dead runs are run again by themselves; the rest is listed for a person."
    ),
    check_specs=[
        dg.AssetCheckSpec(
            EVERYTHING_AGREES,
            asset="reconciliation",
            description="Ledger, partitions, runs and results agree. Where it warns, the report says on what not.",
        )
    ],
)
def reconciliation(context: dg.AssetExecutionContext, pipeline: PipelineGateways) -> dg.MaterializeResult:
    """Compares, repairs, reports."""
    settings, ledger = pipeline.settings(), pipeline.open().ledger
    now = ledger.now()
    state = _read_state(context.instance, ledger)
    mismatches = compare(state, now=now, patience=timedelta(minutes=settings.patience_minutes))
    _repair(ledger, mismatches, settings, now)
    counts = Counter(mismatch.difference for mismatch in mismatches)
    return dg.MaterializeResult(
        metadata={
            "documents": len(state.statuses),
            "differences": len(mismatches),
            **{kind.value.replace("-", "_"): counts[kind] for kind in Difference},
            "report": dg.MetadataValue.md(_report(mismatches)),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name=EVERYTHING_AGREES,
                passed=not mismatches,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={"differences": len(mismatches)},
            )
        ],
    )


def _read_state(instance: dg.DagsterInstance, ledger: Ledger) -> State:
    """What everyone believes; any of them that does not answer raises, and nothing is compared."""
    keys = frozenset(instance.get_dynamic_partitions(str(DOCUMENTS.name)))
    validated = frozenset(instance.get_materialized_partitions(dg.AssetKey(Stage.VALIDATION.value)))
    records = ledger.open_documents()
    return State(
        open_documents=[
            OpenDocument(
                record.document_id,
                record.registered_at,
                record.requested_at,
                record.claim_run_id,
                record.claim_until_at,
            )
            for record in records
        ],
        statuses=ledger.statuses(keys | validated),
        partition_keys=keys,
        validated=validated,
        extracted=ledger.with_a_result(validated),
        live_runs=live_runs(instance, [record.claim_run_id for record in records if record.claim_run_id]),
    )


def _repair(ledger: Ledger, mismatches: tuple[Mismatch, ...], settings: Settings, now: datetime) -> None:
    """Repairs go through the ledger: what it calls due, the `new_uploads` sensor runs."""
    for run_id in sorted({mismatch.run_id for mismatch in mismatches if mismatch.run_id}):
        ledger.give_back(
            run_id,
            reason=ReasonCode.INTERNAL_ERROR,
            message=DEAD_RUN_MESSAGE,
            attempts_allowed=settings.attempts,
            now=now,
        )
    ledger.make_due([mismatch.key for mismatch in mismatches if mismatch.repair is Repair.REQUEST_RUN])


def _report(mismatches: tuple[Mismatch, ...]) -> str:
    if not mismatches:
        return "Everything agrees."
    parts = []
    for kind in Difference:
        keys = [mismatch.key for mismatch in mismatches if mismatch.difference is kind]
        if keys:
            more = f"\n- and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
            listed = "\n".join(f"- `{key}`" for key in keys[:SHOWN])
            parts.append(f"**{kind.value}** ({len(keys)}): {EXPLANATIONS[kind]}\n\n{listed}{more}")
    return "\n\n".join(parts)
