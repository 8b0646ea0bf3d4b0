"""Runs the comparisons of `disagreements`, and keeps what reconciliation remembers: reports, recalls, acceptances."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, any_, cast, delete, func, insert, literal, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.queries.claims import among
from credmate_pipeline.ledger.queries.copying import copy_rows
from credmate_pipeline.ledger.queries.disagreements import (
    ARTIFACTS,
    CLAIM_HOLDERS,
    LEDGER,
    ORCHESTRATOR,
    SLICE,
    UNMATCHED,
    UNREGISTERED,
    UPLOADS,
)
from credmate_pipeline.ledger.records import canonical_ids
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import UUID, accepted_differences, documents, recalls, reconciliation_reports
from credmate_pipeline.reconciliation.differences import Difference, Found
from credmate_pipeline.run_plan import DueDocument
from credmate_pipeline.uploads.store import Upload

AT_MOST = 2000
"""Subjects of a kind that one reconciliation names and repairs; it counts them all, and comes again."""

_UUID_SHAPE = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_KEY_AS_ID = f"document_id uuid GENERATED ALWAYS AS (CASE WHEN key ~ '{_UUID_SHAPE}' THEN key::uuid END) STORED"

_COUNTED = (
    "SELECT id, count(*) OVER () AS found_count, min(since) OVER () AS oldest FROM ({}) AS found "
    "WHERE NOT EXISTS (SELECT FROM accepted_differences AS accepted "
    "WHERE accepted.difference = :difference AND accepted.subject = found.id) "
    "ORDER BY since NULLS LAST, id LIMIT :at_most"
)


@dataclass(frozen=True, slots=True)
class HashedDocument:
    """A document whose bytes are to be hashed again."""

    document_id: DocumentId
    upload_uri: str
    upload_version: str
    sha256: str


def allow_memory(connection: Connection) -> None:
    """Lets this transaction sort and hash in memory what would be written to disk otherwise."""
    connection.execute(text("SET LOCAL work_mem = '128MB'"))


def copy_uploads(connection: Connection, uploads: Iterable[Upload]) -> int:
    """Copies a listing beside the ledger; returns its length."""
    columns = {"uri": "text", "key": "text", "version": "text", "byte_count": "bigint", "stored_at": "timestamptz"}
    rows = ((one.uri, one.key, one.version, str(one.byte_count), one.stored_at.isoformat()) for one in uploads)
    count = copy_rows(connection, "stored_uploads", columns, rows)
    connection.execute(text(UNMATCHED))
    connection.execute(text("ANALYZE unmatched"))
    return count


def copy_orchestrator(connection: Connection, partition_keys: Iterable[str], validated_keys: Iterable[str]) -> None:
    for table, keys in (("partition_keys", partition_keys), ("validated_keys", validated_keys)):
        copy_rows(connection, table, {"key": "text"}, ((key,) for key in keys), derived=_KEY_AS_ID)
        connection.execute(text(f"CREATE INDEX ON {table} (document_id)"))


def copy_artifacts(connection: Connection, keys: Iterable[str]) -> int:
    return copy_rows(connection, "stored_artifacts", {"key": "text"}, ((key,) for key in keys))


def cut_slice(connection: Connection, after: str, at_most: int) -> tuple[str, str]:
    """Sets aside the settled ones among the next `at_most` documents after `after` in the order of their ids.

    Returns the id the slice ends with, and where the next one goes on: `""` at the end.
    """
    lowest = after or "00000000-0000-0000-0000-000000000000"
    last, count = connection.execute(
        text(
            "SELECT max(document_id::text), count(*) FROM (SELECT document_id FROM documents "
            "WHERE document_id > cast(:lowest AS uuid) ORDER BY document_id LIMIT :at_most) AS next"
        ),
        {"lowest": lowest, "at_most": at_most},
    ).one()
    connection.execute(
        text(
            "CREATE TEMPORARY TABLE slice ON COMMIT DROP AS "
            "SELECT document_id, status, settled_at, extraction_id, "
            "CASE WHEN NOT is_canary THEN reading_artifact END AS reading_artifact FROM documents "
            "WHERE document_id > cast(:lowest AS uuid) AND document_id <= cast(:last AS uuid) "
            "AND status NOT IN ('uploaded', 'purged') AND claim_run_id IS NULL"
        ),
        {"lowest": lowest, "last": last or lowest},
    )
    connection.execute(text("ANALYZE slice"))
    return last or lowest, last if count == at_most else ""


def expects_artifacts(connection: Connection) -> bool:
    """Whether the slice has any: before the first reading there is no place for them either."""
    return bool(
        connection.execute(text("SELECT EXISTS (SELECT FROM slice WHERE reading_artifact IS NOT NULL)")).scalar_one()
    )


def compare_uploads(connection: Connection, *, started_at: datetime) -> Iterator[Found]:
    return _all_found(connection, UPLOADS, {"started_at": started_at})


def unregistered(connection: Connection, *, impatient_before: datetime) -> tuple[int, tuple[Upload, ...]]:
    """How many stored files the ledger does not know, and the oldest of them."""
    rows = connection.execute(text(UNREGISTERED), {"impatient_before": impatient_before, "at_most": AT_MOST}).all()
    uploads = tuple(Upload(row.uri, row.key, row.version, row.byte_count, row.stored_at) for row in rows)
    return (rows[0].found_count if rows else 0), uploads


def claim_holders(connection: Connection) -> tuple[str, ...]:
    """Runs that hold documents."""
    return tuple(connection.execute(text(CLAIM_HOLDERS)).scalars())


def compare_orchestrator(
    connection: Connection, *, dead_runs: Iterable[str], impatient_before: datetime, window_from: datetime
) -> Iterator[Found]:
    given = {"dead_runs": list(dead_runs), "impatient_before": impatient_before, "window_from": window_from}
    return _all_found(connection, ORCHESTRATOR, given)


def compare_ledger(connection: Connection) -> Iterator[Found]:
    return _all_found(connection, LEDGER, {})


def compare_slice(connection: Connection) -> Iterator[Found]:
    return _all_found(connection, SLICE, {})


def compare_artifacts(connection: Connection, *, started_at: datetime) -> Iterator[Found]:
    return _all_found(connection, ARTIFACTS, {"started_at": started_at})


def _all_found(
    connection: Connection, statements: Mapping[Difference, str], given: Mapping[str, Any]
) -> Iterator[Found]:
    for difference, statement in statements.items():
        rows = connection.execute(
            text(_COUNTED.format(statement)), {**given, "difference": difference.value, "at_most": AT_MOST}
        ).all()
        if rows:
            yield Found(difference, rows[0].found_count, tuple(row.id for row in rows), rows[0].oldest)


def documents_to_hash(connection: Connection, after: str, at_most: int) -> tuple[HashedDocument, ...]:
    """The next settled documents whose hash is known, in the order of their ids."""
    chosen = select(*(documents.c[name] for name in HashedDocument.__dataclass_fields__)).where(
        documents.c.status.not_in([DocumentStatus.UPLOADED, "purged"]),
        documents.c.sha256.is_not(None),
        documents.c.is_canary.is_(False),
    )
    if after:
        chosen = chosen.where(documents.c.document_id > after)
    rows = connection.execute(chosen.order_by(documents.c.document_id).limit(at_most))
    return tuple(HashedDocument(*row) for row in rows)


def is_accepted(connection: Connection, difference: Difference, subject: str) -> bool:
    chosen = select(accepted_differences.c.subject).where(
        accepted_differences.c.difference == difference, accepted_differences.c.subject == subject
    )
    return connection.execute(chosen).first() is not None


def accept(
    connection: Connection, difference: Difference, subject: str, *, accepted_by: str, reason: str, now: datetime
) -> bool:
    """Whether it was not accepted before."""
    row = {
        "difference": difference,
        "subject": subject,
        "accepted_by": accepted_by,
        "reason": reason,
        "accepted_at": now,
    }
    return bool(connection.execute(upsert(accepted_differences).values(**row).on_conflict_do_nothing()).rowcount)


def recall(connection: Connection, document_ids: Iterable[str], *, now: datetime) -> int:
    """Asks that Dagster be told again of those of the documents that are settled; returns how many."""
    chosen = select(documents.c.document_id, literal(now)).where(
        among(document_ids), documents.c.status.not_in([DocumentStatus.UPLOADED, "purged"])
    )
    statement = upsert(recalls).from_select(["document_id", "asked_at"], chosen)
    return connection.execute(
        statement.on_conflict_do_update(
            index_elements=["document_id"], set_={"asked_at": statement.excluded.asked_at, "requested_at": None}
        )
    ).rowcount


def open_recalls(connection: Connection, known_keys: Iterable[str], at_most: int) -> tuple[DueDocument, ...]:
    """Documents of which Dagster is to be told; those without a key among `known_keys` as never requested."""
    is_known = recalls.c.document_id == any_(cast(literal(canonical_ids(known_keys), ARRAY(UUID)), ARRAY(UUID)))
    rows = connection.execute(
        select(recalls.c.document_id, is_known.label("is_known"))
        .where(recalls.c.requested_at.is_(None))
        .order_by(recalls.c.asked_at, recalls.c.document_id)
        .limit(at_most)
    )
    return tuple(DueDocument(DocumentId(row.document_id), int(row.is_known)) for row in rows)


def count_open_recalls(connection: Connection) -> int:
    return connection.execute(
        select(func.count()).select_from(recalls).where(recalls.c.requested_at.is_(None))
    ).scalar_one()


def note_recalled(connection: Connection, document_ids: Iterable[str], *, now: datetime) -> None:
    wanted = any_(cast(literal(list(document_ids), ARRAY(UUID)), ARRAY(UUID)))
    connection.execute(update(recalls).where(recalls.c.document_id == wanted).values(requested_at=now))


def forget_recalls(connection: Connection, before: datetime) -> None:
    connection.execute(delete(recalls).where(recalls.c.requested_at < before))


def oldest(connection: Connection, status: DocumentStatus) -> datetime | None:
    """Since when the longest has been in `status`."""
    since = documents.c.waiting_since_at if status is DocumentStatus.UPLOADED else documents.c.settled_at
    chosen = select(func.min(since)).where(documents.c.status == status, documents.c.is_canary.is_(False))
    return connection.execute(chosen).scalar()


def newest_positions(connection: Connection) -> dict[str, str]:
    """Where the newest stored reconciliation ended its slices."""
    found = connection.execute(
        select(reconciliation_reports.c.positions).order_by(reconciliation_reports.c.finished_at.desc()).limit(1)
    ).scalar()
    return dict(found or {})


def store_report(connection: Connection, row: Mapping[str, Any]) -> None:
    connection.execute(insert(reconciliation_reports).values(**row))
