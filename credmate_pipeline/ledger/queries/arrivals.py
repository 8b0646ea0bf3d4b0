"""Documents coming in: registering uploads, and finding out that the same bytes came before."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, not_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from credmate_pipeline.documents.document import Arrival, DocumentId, new_document_id
from credmate_pipeline.errors import ReasonCode, UnreadableDocument
from credmate_pipeline.ledger.queries import canaries
from credmate_pipeline.ledger.queries.claims import held_document
from credmate_pipeline.ledger.queries.purging import purged_upload, uris_with_a_tombstone
from credmate_pipeline.ledger.queries.replays import end_replay
from credmate_pipeline.ledger.queries.transaction import PIPELINE, act_as, storable
from credmate_pipeline.ledger.records import DocumentRecord, Registration
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import documents, providers
from credmate_pipeline.uploads.store import Upload


def register(
    connection: Connection, upload: Upload, *, document_id: DocumentId, now: datetime, actor: str, is_canary: bool
) -> Registration:
    purged = purged_upload(connection, upload)
    if purged is not None:
        return Registration(purged, is_new=False)
    act_as(connection, actor, now=now)
    is_canary = is_canary or canaries.is_ours(connection, upload.key)
    provider = select(providers.c.provider_id).where(providers.c.owner == upload.owner).scalar_subquery()
    row = {
        **_upload_row(upload, document_id, now),
        "provider_id": None if is_canary else provider,
        "is_canary": is_canary,
    }
    new = connection.execute(
        insert(documents)
        .values(**row)
        .on_conflict_do_nothing(index_elements=["upload_uri", "upload_version"])
        .returning(documents.c.document_id)
    ).scalar()
    if new is not None:
        return Registration(DocumentId(new), is_new=True)
    return Registration(_known_upload(connection, upload), is_new=False)


def register_all(connection: Connection, uploads: Iterable[Upload], *, now: datetime) -> None:
    """As `register`, in few statements however many uploads there are."""
    given = tuple(uploads)
    if not given:
        return
    special = uris_with_a_tombstone(connection, given) | {one.uri for one in given if canaries.may_be_ours(one.key)}
    for upload in given:
        if upload.uri in special:
            register(connection, upload, document_id=new_document_id(), now=now, actor=PIPELINE, is_canary=False)
    plain = [upload for upload in given if upload.uri not in special]
    if not plain:
        return
    act_as(connection, PIPELINE, now=now)
    owners = {storable(upload.owner) for upload in plain}
    known = connection.execute(
        select(providers.c.owner, providers.c.provider_id).where(providers.c.owner.in_(owners))
    ).all()
    provider_ids = {row.owner: row.provider_id for row in known}
    rows = [_upload_row(upload, new_document_id(), now) for upload in plain]
    connection.execute(
        insert(documents).on_conflict_do_nothing(index_elements=["upload_uri", "upload_version"]),
        [{**row, "provider_id": provider_ids.get(row["owner"]), "is_canary": False} for row in rows],
    )


def _upload_row(upload: Upload, document_id: DocumentId, now: datetime) -> dict[str, object]:
    return {
        "document_id": document_id,
        "upload_uri": storable(upload.uri),
        "upload_key": storable(upload.key),
        "upload_version": upload.version,
        "owner": storable(upload.owner),
        "file_name": storable(upload.key.rsplit("/", 1)[-1]),
        "byte_count": upload.byte_count,
        "uploaded_at": upload.stored_at,
        "registered_at": now,
        "waiting_since_at": now,
    }


def _known_upload(connection: Connection, upload: Upload) -> DocumentId:
    known = connection.execute(
        select(documents.c.document_id).where(
            documents.c.upload_uri == storable(upload.uri), documents.c.upload_version == upload.version
        )
    ).scalar_one()
    return DocumentId(known)


def record_arrival(
    connection: Connection, document_id: DocumentId, *, run_id: str, arrival: Arrival, now: datetime
) -> DocumentId | None:
    # Of two arrivals of the same bytes, the second waits here until the first is stored.
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:hash, 0))"), {"hash": arrival.sha256})
    document = held_document(connection, document_id, run_id)
    if document.sha256 not in {None, arrival.sha256}:
        raise UnreadableDocument(
            ReasonCode.FILE_MISSING,
            f"The file of document {document_id} was replaced after it was first read; upload it again.",
        )
    original = None
    if document.status is DocumentStatus.UPLOADED and not document.is_canary:
        original = _earlier_document(connection, document_id, arrival.sha256)
    connection.execute(
        update(documents)
        .where(documents.c.document_id == document_id)
        .values(
            sha256=arrival.sha256,
            media_type=arrival.media_type,
            page_count=arrival.page_count,
            duplicate_of=None if document.status is DocumentStatus.UPLOADED else documents.c.duplicate_of,
        )
    )
    if original is not None:
        _settle_as_copy(connection, document, original, run_id=run_id, now=now)
    return original


def _earlier_document(connection: Connection, document_id: DocumentId, sha256: str) -> DocumentId | None:
    found = connection.execute(
        select(documents.c.document_id)
        .where(documents.c.sha256 == sha256, documents.c.document_id != document_id, _can_be_original())
        .order_by(documents.c.registered_at, documents.c.document_id)
        .limit(1)
    ).scalar()
    return DocumentId(found) if found is not None else None


def _can_be_original() -> ColumnElement[bool]:
    is_gone = and_(documents.c.status == DocumentStatus.UNREADABLE, documents.c.reason_code == ReasonCode.FILE_MISSING)
    # `duplicate_of` stays set while a copy is read again, so that its original never becomes its copy.
    return and_(documents.c.duplicate_of.is_(None), not_(func.coalesce(is_gone, False)), not_(documents.c.is_canary))


def _settle_as_copy(
    connection: Connection, document: DocumentRecord, original: DocumentId, *, run_id: str, now: datetime
) -> None:
    reason = f"The same bytes as document {original}."
    act_as(connection, PIPELINE, now=now, run_id=run_id, reason=reason)
    end_replay(connection, document.document_id)
    _hand_over_copies(connection, document.document_id, original)
    connection.execute(
        update(documents)
        .where(documents.c.document_id == document.document_id)
        .values(
            status=DocumentStatus.DUPLICATE,
            duplicate_of=original,
            reasons=[reason],
            reason_code=None,
            settled_at=now,
            claim_run_id=None,
            claim_until_at=None,
        )
    )


def _hand_over_copies(connection: Connection, document_id: DocumentId, original: DocumentId) -> None:
    """Makes copies of what turns out to be a copy itself copies of its original."""
    reasons = literal([f"The same bytes as document {original}."], documents.c.reasons.type)
    told = case((documents.c.status == DocumentStatus.DUPLICATE, reasons), else_=documents.c.reasons)
    connection.execute(
        update(documents).where(documents.c.duplicate_of == document_id).values(duplicate_of=original, reasons=told)
    )
