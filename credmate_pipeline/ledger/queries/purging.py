"""Taking a document's values out of the ledger on request. Its bytes are removed between the two steps, elsewhere.

The database refuses all of this for documents that are not `purged`, and a `purged` one that still holds a value.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, delete, exists, func, not_, null, or_, select, text, update

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.ledger.queries.claims import among
from credmate_pipeline.ledger.queries.credentials import withdraw_own
from credmate_pipeline.ledger.queries.replays import end_replay
from credmate_pipeline.ledger.queries.rows import document_record, select_records
from credmate_pipeline.ledger.queries.transaction import PIPELINE, act_as, note_event, storable
from credmate_pipeline.ledger.records import DocumentRecord, EventKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import (
    adopted_documents,
    classifications,
    corrections,
    credential_proofs,
    credentials,
    document_events,
    documents,
    extracted_fields,
    extraction_results,
    findings,
    ground_truth_documents,
    item_identities,
    reviews,
)
from credmate_pipeline.uploads.store import Upload

WITHHELD = "(purged)"
"""Stands for a person's own words in a purged document's trail and reviews."""

TOUCHED = frozenset(
    {
        "adopted_documents",
        "classifications",
        "corrections",
        "credentials",
        "document_events",
        "documents",
        "extracted_fields",
        "extraction_results",
        "ground_truth_documents",
        "item_identities",
        "reviews",
    }
)
"""Tables whose sensitive columns a purge empties."""

_PURGING = 7264
"""Advisory lock between registering uploads and turning documents into tombstones."""


def same_bytes(connection: Connection, document_ids: Iterable[str]) -> tuple[DocumentRecord, ...]:
    """The documents, and every other one of the same bytes, oldest first."""
    hashes = select(documents.c.sha256).where(among(document_ids), documents.c.sha256.is_not(None))
    chosen = select_records().where(or_(among(document_ids), documents.c.sha256.in_(hashes)))
    rows = connection.execute(chosen.order_by(documents.c.registered_at, documents.c.document_id)).mappings()
    return tuple(map(document_record, rows))


def begin_purge(
    connection: Connection, document_ids: Sequence[DocumentId], *, actor: str, reason: str, now: datetime
) -> None:
    if not reason.strip():
        raise LedgerRefusal("A purge needs a reason: it is all that will be left to tell of the document.")
    locked = connection.execute(select_records().where(among(document_ids)).with_for_update()).mappings()
    begun = [record for record in map(document_record, locked) if record.status is not DocumentStatus.PURGED]
    for record in begun:
        if record.is_claimed(now):
            raise LedgerRefusal(
                f"Document {record.document_id} is being read by run {record.claim_run_id}; purge it once that ended."
            )
    act_as(connection, actor, now=now, reason=reason)
    for record in begun:
        withdraw_own(connection, record.document_id, now=now)
    hashes = [record.sha256 for record in begun if record.sha256 is not None]
    connection.execute(
        update(documents)
        .where(among(record.document_id for record in begun))
        .values(
            status=DocumentStatus.PURGED,
            settled_at=now,
            sha256=None,
            provider_id=None,
            provider_link=None,
            duplicate_of=None,
            reason_code=None,
            reasons=[],
            claim_run_id=None,
            claim_until_at=None,
        )
    )
    connection.execute(delete(ground_truth_documents).where(ground_truth_documents.c.sha256.in_(hashes)))
    for record in begun:
        end_replay(connection, record.document_id)
        _remove_values(connection, record.document_id)


def _remove_values(connection: Connection, document_id: DocumentId) -> None:
    own = extraction_results.c.document_id == document_id
    extractions = select(extraction_results.c.extraction_id).where(own)
    for table in (extracted_fields, findings, item_identities):
        connection.execute(delete(table).where(table.c.extraction_id.in_(extractions)))
    own_reviews = select(reviews.c.review_id).where(reviews.c.document_id == document_id)
    connection.execute(delete(corrections).where(corrections.c.review_id.in_(own_reviews)))
    connection.execute(update(extraction_results).where(own).values(totals=[], text_digest=None))
    connection.execute(update(classifications).where(classifications.c.document_id == document_id).values(evidence=[]))
    connection.execute(
        update(adopted_documents)
        .where(adopted_documents.c.document_id == document_id)
        .values(stated_error=None, stated_values=null(), decided_by=None)
    )
    said = reviews.c.document_id == document_id, reviews.c.reason.is_not(None)
    connection.execute(update(reviews).where(*said).values(reason=WITHHELD))
    connection.execute(
        update(document_events)
        .where(
            document_events.c.document_id == document_id,
            document_events.c.actor != PIPELINE,
            document_events.c.to_status != DocumentStatus.PURGED,
            document_events.c.reason.is_not(None),
        )
        .values(reason=WITHHELD)
    )
    _empty_credentials(connection, document_id)


def _empty_credentials(connection: Connection, document_id: DocumentId) -> None:
    """Empties credentials that purged documents alone prove; others are held by the documents that still do."""
    proof, other = credential_proofs.alias(), credential_proofs.alias()
    is_proven_here = exists().where(
        proof.c.credential_id == credentials.c.credential_id, proof.c.document_id == document_id
    )
    is_proven_elsewhere = exists().where(
        other.c.credential_id == credentials.c.credential_id,
        other.c.document_id == documents.c.document_id,
        documents.c.status != DocumentStatus.PURGED,
    )
    connection.execute(
        update(credentials)
        .where(is_proven_here, not_(is_proven_elsewhere), credentials.c.withdrawn_at.is_not(None))
        .values(
            provider_id=None,
            holder_name=None,
            identity_digest=None,
            number_digest=None,
            activity_digest=None,
            title_digest=None,
            field_values={},
            happened_on=None,
            expires_on=None,
            credits=None,
        )
    )


def finish_purge(connection: Connection, document_id: DocumentId, *, actor: str, now: datetime) -> None:
    """Turns a purged document whose bytes are gone into a tombstone; a second time changes nothing."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _PURGING})
    row = connection.execute(select_records().where(among([document_id])).with_for_update()).mappings().one()
    document = document_record(row)
    if document.purged_at is not None:
        return
    told = "The bytes and everything made of them are gone."
    act_as(connection, storable(actor), now=now, reason=told)
    connection.execute(
        update(documents)
        .where(documents.c.document_id == document_id)
        .values(
            purged_at=now,
            upload_uri=tombstone_uri(document.upload_uri),
            upload_version=f"{document.upload_version} {document_id}",
            upload_key="",
            file_name="",
            owner="",
            reading_artifact=None,
        )
    )
    note_event(connection, document_id, EventKind.PURGED, reason=told)


def tombstone_uri(upload_uri: str) -> str:
    """What a tombstone keeps of its upload's place: enough to know a surviving object again."""
    return f"purged:{sha256(storable(upload_uri).encode()).hexdigest()}"


def purged_upload(connection: Connection, upload: Upload) -> DocumentId | None:
    """The purged document whose bytes these are: what lay at this place, in this version, before it was purged.

    The same bytes put there later are a new document.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": _PURGING})
    found = connection.execute(
        select(documents.c.document_id).where(
            documents.c.upload_uri == tombstone_uri(upload.uri),
            func.starts_with(documents.c.upload_version, f"{upload.version} "),
            documents.c.purged_at >= upload.stored_at,
        )
    ).scalar()
    return DocumentId(found) if found is not None else None


def uris_with_a_tombstone(connection: Connection, uploads: Iterable[Upload]) -> set[str]:
    """URIs of those uploads at whose place a purged document once lay."""
    connection.execute(text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": _PURGING})
    by_tombstone = {tombstone_uri(upload.uri): upload.uri for upload in uploads}
    found = connection.execute(select(documents.c.upload_uri).where(documents.c.upload_uri.in_(by_tombstone)))
    return {by_tombstone[uri] for uri in found.scalars()}


def purges_under_way(connection: Connection) -> tuple[DocumentRecord, ...]:
    """Documents whose values are gone and whose bytes may not be."""
    rows = connection.execute(
        select_records().where(documents.c.status == DocumentStatus.PURGED, documents.c.purged_at.is_(None))
    ).mappings()
    return tuple(map(document_record, rows))
