"""The ledger's gateway to audits of documents settled without a person."""

from collections.abc import Sequence
from datetime import datetime

from credmate_pipeline.audits.error import AuditedError
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.gateway import Gateway
from credmate_pipeline.ledger.queries import audits
from credmate_pipeline.ledger.records import DocumentRecord


class AuditGateway(Gateway):
    """Audits, as methods of the ledger."""

    def open_audits(self, *, at_most: int | None = None) -> tuple[DocumentRecord, ...]:
        """Documents drawn for an audit that nobody has looked at, the longest drawn first."""
        with self._transaction() as connection:
            return audits.open_audits(connection, at_most=at_most)

    def audit_right(self, document_id: DocumentId, *, auditor: str, now: datetime) -> None:
        """An auditor found every required field right. Raises `LedgerRefusal` where no audit is open."""
        with self._transaction() as connection:
            audits.judge_audit(connection, document_id, auditor=auditor, wrong_fields=(), is_right=True, now=now)

    def audit_wrong(self, document_id: DocumentId, *, fields: Sequence[str], auditor: str, now: datetime) -> None:
        """An auditor found the type or these fields wrong; what to do about the document is a review's business."""
        with self._transaction() as connection:
            audits.judge_audit(connection, document_id, auditor=auditor, wrong_fields=fields, is_right=False, now=now)

    def audited_error(self) -> AuditedError:
        """How many documents settled without a person, and what their audits found."""
        with self._transaction() as connection:
            return audits.audited_error(connection)
