"""Purges documents on request, in the one order that can be taken up again after a crash.

First the ledger marks them and drops their values, so that nothing reads them anymore; then their bytes and
artifacts are removed; then the ledger says that they are gone. Whoever is interrupted begins again.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.evaluation.labelled_set import artifact_folder
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import DocumentStatus


def purge(
    gateways: Gateways,
    document_ids: Sequence[DocumentId],
    *,
    actor: str,
    reason: str,
    clock: Callable[[], datetime],
) -> tuple[DocumentId, ...]:
    """Purges the documents; returns those now gone, also those that were before.

    Raises `LedgerRefusal` before anything is touched where a run is reading one of them or one is not known.
    """
    records = gateways.ledger.documents_by_id(document_ids)
    known = {record.document_id for record in records}
    if unknown := [document_id for document_id in document_ids if document_id not in known]:
        raise LedgerRefusal(f"The ledger does not know document {', '.join(unknown)}; nothing was purged.")
    _leave_the_labelled_set(gateways, [record.sha256 for record in records if record.sha256 is not None])
    gateways.ledger.begin_purge(document_ids, actor=actor, reason=reason, now=clock())
    marked = gateways.ledger.documents_by_id(document_ids)
    return _finished(gateways, marked, actor=actor, clock=clock)


def _leave_the_labelled_set(gateways: Gateways, hashes: Sequence[str]) -> None:
    """Before the ledger forgets the hashes, by which alone these copies are found."""
    gateways.ledger.forget_truths(hashes)
    for one in hashes:
        gateways.artifacts.remove_all(artifact_folder(one))


def finish_purges(gateways: Gateways, *, actor: str, clock: Callable[[], datetime]) -> tuple[DocumentId, ...]:
    """Finishes purges that were interrupted; returns the documents now gone."""
    return _finished(gateways, gateways.ledger.purges_under_way(), actor=actor, clock=clock)


def _finished(
    gateways: Gateways, marked: Iterable[DocumentRecord], *, actor: str, clock: Callable[[], datetime]
) -> tuple[DocumentId, ...]:
    gone = []
    for record in marked:
        if record.status is DocumentStatus.PURGED and record.purged_at is None:
            gateways.uploads.remove(record.upload_uri, version=record.upload_version)
            gateways.artifacts.remove_all(record.document_id)
            gateways.ledger.finish_purge(record.document_id, actor=actor, now=clock())
        gone.append(record.document_id)
    return tuple(gone)
