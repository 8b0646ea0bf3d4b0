"""The ledger's gateway to purging documents on request."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.gateway import Gateway
from credmate_pipeline.ledger.queries import purging
from credmate_pipeline.ledger.records import DocumentRecord


class PurgeGateway(Gateway):
    """Purging, as methods of the ledger. A separate writer's role may not purge; the owner's may."""

    def same_bytes(self, document_ids: Iterable[str]) -> tuple[DocumentRecord, ...]:
        """The documents, and every other one of the same bytes, oldest first."""
        with self._transaction() as connection:
            return purging.same_bytes(connection, document_ids)

    def begin_purge(self, document_ids: Sequence[DocumentId], *, actor: str, reason: str, now: datetime) -> None:
        """Removes every value of the documents and moves them to `purged`, all or none; those already there stay.

        Raises `LedgerRefusal` where a run is reading one of them, or without a reason.
        """
        with self._transaction() as connection:
            purging.begin_purge(connection, document_ids, actor=actor, reason=reason, now=now)

    def finish_purge(self, document_id: DocumentId, *, actor: str, now: datetime) -> None:
        """Leaves a tombstone of a document whose bytes are gone, too."""
        with self._transaction() as connection:
            purging.finish_purge(connection, document_id, actor=actor, now=now)

    def purges_under_way(self) -> tuple[DocumentRecord, ...]:
        """Documents whose values are gone and whose bytes may not be."""
        with self._transaction() as connection:
            return purging.purges_under_way(connection)
