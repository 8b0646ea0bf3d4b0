"""Claims whose run has ended: what Dagster knows of the holders, and giving their documents back."""

from collections.abc import Collection, Iterable

import dagster as dg

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.reconciliation.reconcile import DEAD_RUN_MESSAGE
from credmate_pipeline.settings import Settings


def live_runs(instance: dg.DagsterInstance, run_ids: Iterable[str]) -> frozenset[str]:
    """Those of `run_ids` whose runs have not ended. A run Dagster does not know has ended."""
    wanted = sorted(set(run_ids))
    if not wanted:
        return frozenset()
    runs = instance.get_runs(dg.RunsFilter(run_ids=wanted))
    return frozenset(run.run_id for run in runs if not run.is_finished)


def free_dead_claims(
    ledger: Ledger, instance: dg.DagsterInstance, document_ids: Collection[DocumentId], *, settings: Settings
) -> dict[DocumentId, str]:
    """Gives back those of `document_ids` that ended runs still hold, so that this run may claim them.

    Returns those that runs under way hold, with the holder. Whether a run lives is asked of Dagster and not of a
    clock: one that was moved would end every lease at once.
    """
    held = {
        record.document_id: record.claim_run_id
        for record in ledger.documents_by_id(document_ids)
        if record.claim_run_id
    }
    live = live_runs(instance, held.values())
    for run_id in set(held.values()) - live:
        ledger.give_back(
            run_id,
            reason=ReasonCode.INTERNAL_ERROR,
            message=DEAD_RUN_MESSAGE,
            attempts_allowed=settings.attempts,
            now=ledger.now(),
        )
    return {document_id: run_id for document_id, run_id in held.items() if run_id in live}
