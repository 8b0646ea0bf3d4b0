"""The gateway to what adoption needs of the ledger.

Every method raises `LedgerUnavailable` where PostgreSQL does not answer.
"""

from datetime import datetime

from credmate_pipeline.adoption.plan import Adoption
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.gateway import Gateway
from credmate_pipeline.ledger.queries import adoptions
from credmate_pipeline.ledger.records import AdoptedRecord


class AdoptionBook(Gateway):
    """Documents adopted from an earlier installation. Over a ledger's engine, which its owner closes."""

    def adopted_ids(self) -> dict[str, DocumentId]:
        """The document of every id adopted so far."""
        with self._transaction() as connection:
            return adoptions.adopted_ids(connection)

    def adopted(self, document_id: str) -> tuple[AdoptedRecord, ...]:
        """What earlier installations stated of the document."""
        with self._transaction() as connection:
            return adoptions.load_adopted(connection, document_id)

    def adopt(self, adoption: Adoption, *, actor: str, now: datetime) -> DocumentId:
        """Registers the document, as `uploaded`, with what was stated of it; one transaction."""
        with self._transaction() as connection:
            return adoptions.adopt(connection, adoption, actor=actor, now=now)
