"""What is held true of a provider: one live credential for each thing shown, with all documents that prove it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, any_, exists, func, insert, literal, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as insert_or_keep

from credmate_pipeline.credentials.correction import corrected
from credmate_pipeline.credentials.identity import Identity, identity_of
from credmate_pipeline.credentials.relation import A_DAY, RelationKind, relation
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.extraction.fields import Extraction, Item
from credmate_pipeline.ledger.queries.claims import among
from credmate_pipeline.ledger.queries.reading_back import load_corrections, load_extraction
from credmate_pipeline.ledger.queries.standing import lock_identities
from credmate_pipeline.ledger.queries.transaction import act_as, storable
from credmate_pipeline.ledger.records import CredentialRecord, Filed, ProviderId
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import credential_proofs, credentials, documents

_APPROVABLE = frozenset({DocumentStatus.COMPLETED, DocumentStatus.REVIEW_APPROVED})
_SHOWN_BEFORE = frozenset({RelationKind.SAME_CREDENTIAL, RelationKind.SAME_ACTIVITY})
_IDENTITY_COLUMNS = (
    "credential_type",
    "holder_name",
    "number_digest",
    "activity_digest",
    "title_digest",
    "happened_on",
    "expires_on",
    "credits",
)


def create_credentials(connection: Connection, document_id: DocumentId, *, actor: str, now: datetime) -> Filed:
    document = (
        connection.execute(select(documents).where(among([document_id])).with_for_update(of=documents))
        .mappings()
        .one_or_none()
    )
    if document is None or DocumentStatus(document["status"]) not in _APPROVABLE:
        raise LedgerRefusal(f"Document {document_id} is not completed or approved; it proves no credential yet.")
    if document["is_canary"]:
        raise LedgerRefusal(f"Document {document_id} is a canary; it proves no credential.")
    extraction = load_extraction(connection, document_id)
    if extraction is None:
        raise LedgerRefusal(f"Document {document_id} has no extraction; it proves no credential.")
    items = extraction.items
    if document["status"] == DocumentStatus.REVIEW_APPROVED:
        items = corrected(extraction, load_corrections(connection, document_id))
    filed = _file(connection, document, extraction, items, actor=actor, now=now)
    act_as(connection, actor, now=now, reason="Its credential is on file.")
    connection.execute(
        update(documents)
        .where(documents.c.document_id == document_id)
        .values(status=DocumentStatus.APPROVED, reasons=[], settled_at=now)
    )
    return filed


def _file(
    connection: Connection,
    document: RowMapping,
    extraction: Extraction,
    items: Sequence[Item],
    *,
    actor: str,
    now: datetime,
) -> Filed:
    identities = [identity_of(extraction.type_of(item), item) for item in items]
    lock_identities(connection, identities)
    values = [_values(item) for item in items]
    digests = [identity.digest(document["provider_id"]) for identity in identities]
    kept = {(digest, _key(held)) for digest, held in zip(digests, values, strict=True)}
    withdraw_own(connection, document["document_id"], now=now, keep=kept)
    held = [_Held(row) for row in connection.execute(_known(identities)).mappings()]
    filed = Filed()
    for position, identity in enumerate(identities):
        relations = [(one, relation(identity, one.identity, is_same_provider=_is_same(document, one))) for one in held]
        shown = next((one for one, kind in relations if kind in _SHOWN_BEFORE), None)
        if shown is None:
            renewed = [one for one, kind in relations if kind is RelationKind.RENEWAL]
            row = {
                **_identity_row(identity, digests[position]),
                **_proof(document, position),
                "provider_id": document["provider_id"],
                "field_values": values[position],
                "renews": _latest(renewed),
                "created_by": storable(actor),
                "created_at": now,
            }
            shown = _Held(
                connection.execute(insert(credentials).values(**row).returning(*credentials.c)).mappings().one()
            )
            _mark_later(connection, shown, [one for one, kind in relations if kind is RelationKind.EARLIER_PERIOD])
            held.append(shown)
            filed = Filed(filed.created + 1, filed.renewed + bool(renewed), filed.confirmed)
        else:
            filed = Filed(filed.created, filed.renewed, filed.confirmed + 1)
        proof = {"credential_id": shown.credential_id, **_proof(document, position), "proven_at": now}
        connection.execute(insert_or_keep(credential_proofs).values(**proof).on_conflict_do_nothing())
    return filed


class _Held:
    """A live credential to compare with."""

    __slots__ = ("credential_id", "identity", "provider_id")

    def __init__(self, row: RowMapping) -> None:
        self.credential_id: int = row["credential_id"]
        self.provider_id: str | None = row["provider_id"]
        self.identity = Identity(**{name: row[name] for name in _IDENTITY_COLUMNS})


def _is_same(document: RowMapping, held: _Held) -> bool | None:
    own = document["provider_id"]
    return None if own is None or held.provider_id is None else own == held.provider_id


def _known(identities: Sequence[Identity]) -> Any:
    """Live credentials with any of the digests, those filed first before others."""
    days = [one.happened_on for one in identities if one.happened_on is not None]
    ways = [
        credentials.c[name] == any_(literal(sorted(given), ARRAY(credentials.c[name].type)))
        for name in ("number_digest", "activity_digest")
        if (given := {getattr(one, name) for one in identities} - {None})
    ]
    titles = sorted({one.title_digest for one in identities} - {None}, key=str)
    if days and titles:
        around = credentials.c.happened_on.between(min(days) - A_DAY, max(days) + A_DAY)
        is_titled = credentials.c.title_digest == any_(literal(titles, ARRAY(credentials.c.title_digest.type)))
        ways.append(is_titled & around)
    chosen = select(credentials).where(credentials.c.withdrawn_at.is_(None), or_(literal(value=False), *ways))
    return chosen.order_by(credentials.c.credential_id)


def _identity_row(identity: Identity, digest: str | None) -> dict[str, object]:
    row = {name: getattr(identity, name) for name in _IDENTITY_COLUMNS}
    holder = storable(identity.holder_name) if identity.holder_name else None
    return {**row, "holder_name": holder, "identity_digest": digest}


def _proof(document: RowMapping, position: int) -> dict[str, object]:
    place = {name: document[name] for name in ("document_id", "extraction_id")}
    return {**place, "item_position": position}


def _latest(renewed: Sequence[_Held]) -> int | None:
    latest = max(renewed, key=lambda one: str(one.identity.expires_on), default=None)
    return latest.credential_id if latest is not None else None


def _mark_later(connection: Connection, filed: _Held, later: Sequence[_Held]) -> None:
    """A later period that was filed before this one renews it, unless it renews a nearer one."""
    next_one = min(later, key=lambda one: str(one.identity.expires_on), default=None)
    if next_one is not None:
        connection.execute(
            update(credentials)
            .where(credentials.c.credential_id == next_one.credential_id, credentials.c.renews.is_(None))
            .values(renews=filed.credential_id)
        )


def withdraw_own(
    connection: Connection,
    document_id: DocumentId,
    *,
    now: datetime,
    keep: Iterable[tuple[str | None, object]] = (),
) -> int:
    """Withdraws the live credentials that no other document proves, but for those to keep; returns how many."""
    other = credential_proofs.alias()
    own = connection.execute(
        select(credentials.c.credential_id, credentials.c.identity_digest, credentials.c.field_values).where(
            credentials.c.withdrawn_at.is_(None),
            exists().where(
                credential_proofs.c.credential_id == credentials.c.credential_id,
                credential_proofs.c.document_id == document_id,
            ),
            ~exists().where(other.c.credential_id == credentials.c.credential_id, other.c.document_id != document_id),
        )
    )
    kept = set(keep)
    gone = [row.credential_id for row in own if (row.identity_digest, _key(row.field_values)) not in kept]
    if gone:
        connection.execute(update(credentials).where(credentials.c.credential_id.in_(gone)).values(withdrawn_at=now))
    return len(gone)


def _values(item: Item) -> dict[str, object]:
    return {
        field.name: storable(field.value) if isinstance(field.value, str) else [storable(part) for part in field.value]
        for field in item.fields
    }


def _key(values: dict[str, object]) -> object:
    return tuple(sorted((name, str(value)) for name, value in values.items()))


def list_credentials(connection: Connection, provider_id: ProviderId) -> tuple[CredentialRecord, ...]:
    """Live credentials of a provider by type and expiry; a renewed one is marked."""
    later = credentials.alias()
    is_renewed = exists().where(later.c.renews == credentials.c.credential_id, later.c.withdrawn_at.is_(None))
    proofs = (
        select(func.count(func.distinct(credential_proofs.c.document_id)))
        .where(credential_proofs.c.credential_id == credentials.c.credential_id)
        .scalar_subquery()
    )
    columns = [credentials.c[name] for name in CredentialRecord.__dataclass_fields__ if name in credentials.c]
    rows = connection.execute(
        select(*columns, is_renewed.label("is_renewed"), proofs.label("proof_count"))
        .where(credentials.c.provider_id == provider_id, credentials.c.withdrawn_at.is_(None))
        .order_by(credentials.c.credential_type, credentials.c.expires_on, credentials.c.credential_id)
    ).mappings()
    return tuple(CredentialRecord(**row) for row in rows)
