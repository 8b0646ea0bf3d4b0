"""What is on file of documents, and of which decisions about it Dagster has not been told."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, and_, any_, cast, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.records import OnFile, canonical_ids
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import UUID, credential_proofs, credentials, documents, untold_filings

_PROVES_NOTHING = frozenset({DocumentStatus.REVIEW_REJECTED, DocumentStatus.PURGED})


def on_file(connection: Connection, document_ids: Iterable[str]) -> tuple[OnFile, ...]:
    """What those of the documents prove by now that ever proved anything."""
    # Several items of a document may prove one credential.
    proofs = (
        select(credential_proofs.c.document_id, credential_proofs.c.credential_id)
        .where(_is_one_of(credential_proofs.c.document_id, canonical_ids(document_ids)))
        .distinct()
        .subquery()
    )
    is_live = and_(credentials.c.withdrawn_at.is_(None), documents.c.status.not_in(_PROVES_NOTHING))
    rows = connection.execute(
        select(
            documents.c.document_id,
            documents.c.status,
            func.count().filter(is_live).label("count"),
            func.count(credentials.c.renews).filter(is_live).label("renewed"),
            func.count().filter(is_live, credentials.c.document_id != documents.c.document_id).label("confirmed"),
            func.array_agg(credentials.c.credential_type.distinct()).filter(is_live).label("types"),
            func.min(credentials.c.expires_on).filter(is_live).label("expires_on"),
        )
        .join(proofs, proofs.c.document_id == documents.c.document_id)
        .join(credentials, credentials.c.credential_id == proofs.c.credential_id)
        .group_by(documents.c.document_id)
    ).mappings()
    return tuple(
        OnFile(**{**row, "status": DocumentStatus(row["status"]), "types": tuple(row["types"] or ())}) for row in rows
    )


def _is_one_of(column: Column[str], document_ids: Sequence[str]) -> ColumnElement[bool]:
    return column == any_(cast(literal(document_ids, ARRAY(UUID)), ARRAY(UUID)))


def note_untold(connection: Connection, document_id: DocumentId, *, now: datetime) -> None:
    """Notes what a person put on file or withdrew, as no run tells Dagster of it."""
    noted = {"filed_at": now, "told_at": None}
    connection.execute(
        insert(untold_filings)
        .values(document_id=document_id, **noted)
        .on_conflict_do_update(index_elements=["document_id"], set_=noted)
    )


def forget_told(connection: Connection, told_at: datetime) -> None:
    connection.execute(delete(untold_filings).where(untold_filings.c.told_at == told_at))


def take_untold(connection: Connection, *, now: datetime, at_most: int) -> tuple[DocumentId, ...]:
    """The longest filed, marked as told at `now`."""
    rows = connection.execute(
        select(untold_filings.c.document_id)
        .order_by(untold_filings.c.filed_at, untold_filings.c.document_id)
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )
    taken = [DocumentId(row.document_id) for row in rows]
    wanted = _is_one_of(untold_filings.c.document_id, taken)
    connection.execute(update(untold_filings).where(wanted).values(told_at=now))
    return tuple(taken)
