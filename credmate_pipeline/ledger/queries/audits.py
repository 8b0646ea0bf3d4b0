"""Audits of documents settled without a person: drawn when they settle, listed, judged, counted.

An audit is judged by its auditor, or by the review of the very extraction it speaks of: approved as read is right,
rejected or corrected is wrong.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, not_, or_, select, update

from credmate_pipeline.audits.draw import is_drawn
from credmate_pipeline.audits.error import AuditedError
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.ledger.queries.claims import among
from credmate_pipeline.ledger.queries.rows import RECORD_COLUMNS, document_record
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import audits, corrections, document_events, documents, reviews

_IS_CURRENT = audits.c.extraction_id == documents.c.extraction_id
_BY_REVIEW = reviews.c.extraction_id == audits.c.extraction_id


def draw_audit(
    connection: Connection, document_id: DocumentId, extraction_id: int, *, share: float, now: datetime
) -> bool:
    """Draws the document's extraction for an audit where its id falls into the share; returns whether it did."""
    if not is_drawn(document_id, share):
        return False
    connection.execute(insert(audits).values(document_id=document_id, extraction_id=extraction_id, drawn_at=now))
    return True


def open_audits(connection: Connection, *, at_most: int | None = None) -> tuple[DocumentRecord, ...]:
    """Documents to audit, the longest drawn first; those read again meanwhile are drawn anew or not at all."""
    rows = connection.execute(
        select(*RECORD_COLUMNS)
        .join(audits, and_(audits.c.document_id == documents.c.document_id, _IS_CURRENT))
        .where(audits.c.is_right.is_(None), not_(_is_reviewed()), not_(documents.c.is_canary))
        .order_by(audits.c.drawn_at, documents.c.document_id)
        .limit(at_most)
    ).mappings()
    return tuple(map(document_record, rows))


def judge_audit(
    connection: Connection,
    document_id: DocumentId,
    *,
    auditor: str,
    wrong_fields: Sequence[str],
    is_right: bool,
    now: datetime,
) -> None:
    """Records an auditor's verdict on the current extraction. Raises LedgerRefusal where no audit of it is open."""
    judged = connection.execute(
        update(audits)
        .where(
            audits.c.is_right.is_(None),
            audits.c.extraction_id.in_(select(documents.c.extraction_id).where(among([document_id]))),
        )
        .values(is_right=is_right, wrong_fields=list(wrong_fields), auditor=auditor, audited_at=now)
    )
    if not judged.rowcount:
        raise LedgerRefusal(f"Document {document_id} has no open audit; list them with: credmate audit list")


def audited_error(connection: Connection) -> AuditedError:
    """Counts over all real documents that ever settled without a person."""
    was_settled = exists().where(
        document_events.c.document_id == documents.c.document_id,
        document_events.c.to_status == DocumentStatus.COMPLETED,
    )
    settled = connection.execute(
        select(func.count()).select_from(documents).where(was_settled, not_(documents.c.is_canary))
    ).scalar_one()
    is_wrong = or_(audits.c.is_right.is_(False), and_(audits.c.is_right.is_(None), _is_reviewed(as_wrong=True)))
    is_judged = or_(audits.c.is_right.is_not(None), _is_reviewed())
    counts = connection.execute(
        select(func.count(), func.count().filter(is_judged), func.count().filter(is_wrong))
        .select_from(audits)
        .join(documents, documents.c.document_id == audits.c.document_id)
        .where(or_(is_judged, _IS_CURRENT), not_(documents.c.is_canary))
    ).one()
    return AuditedError(settled, *counts)


def _is_reviewed(*, as_wrong: bool = False) -> ColumnElement[bool]:
    """Whether a person has decided on the audited extraction (and found it wrong)."""
    if not as_wrong:
        return exists().where(_BY_REVIEW)
    is_corrected = exists().where(corrections.c.review_id == reviews.c.review_id)
    return exists().where(_BY_REVIEW, or_(reviews.c.decision == "rejected", is_corrected))
