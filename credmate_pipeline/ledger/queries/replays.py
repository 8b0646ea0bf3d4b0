"""Results that older code made, and requests to make them anew. Canaries are left out."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    func,
    literal,
    not_,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.queries.claims import among
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import classifications, documents, extraction_results, replay_requests
from credmate_pipeline.reconciliation.stale import Making, ReplayCounts, StaleDocument, StaleGroup
from credmate_pipeline.run_plan import DueReplay
from credmate_pipeline.stages import Stage
from credmate_pipeline.versions import Versions

_NOT_READ = (DocumentStatus.UPLOADED, DocumentStatus.PURGED)
_MADE = (
    func.coalesce(documents.c.document_type, ""),
    func.coalesce(extraction_results.c.reader_version, classifications.c.reader_version),
    classifications.c.classifier_version,
    func.coalesce(extraction_results.c.extractor_version, ""),
    func.coalesce(extraction_results.c.validator_version, ""),
    func.coalesce(extraction_results.c.confidence_version, ""),
    documents.c.extraction_id.is_not(None),
    documents.c.reading_artifact.is_not(None),
)


def makings(connection: Connection) -> tuple[Making, ...]:
    rows = connection.execute(_made(*_MADE, func.count()).group_by(*_MADE))
    return tuple(Making(row[0], Versions(*row[1:6]), row[6], row[7], row[8]) for row in rows)


def stale_documents(
    connection: Connection, groups: Sequence[StaleGroup], *, at_most: int | None
) -> tuple[StaleDocument, ...]:
    found: list[StaleDocument] = []
    for group in groups:
        left = None if at_most is None else at_most - len(found)
        rows = connection.execute(
            _made(documents.c.document_id, documents.c.status)
            .where(_is_of(group))
            .order_by(documents.c.registered_at, documents.c.document_id)
            .limit(left)
        )
        found += [
            StaleDocument(DocumentId(row[0]), group.document_type, DocumentStatus(row[1]), group.first) for row in rows
        ]
    return tuple(found)


def request_replays(
    connection: Connection, groups: Sequence[StaleGroup], *, requested_by: str, attempts_allowed: int, now: datetime
) -> int:
    """Asks for every document of the groups; one asked for already stays so, unless it was given up."""
    asked = 0
    for group in groups:
        chosen = _made(documents.c.document_id, literal(group.first.value), literal(requested_by), literal(now))
        names = ["document_id", "first_stage", "requested_by", "requested_at"]
        row = insert(replay_requests).from_select(names, chosen.where(_is_of(group)))
        asked += connection.execute(
            row.on_conflict_do_update(
                index_elements=["document_id"],
                set_={
                    **{name: row.excluded[name] for name in names},
                    "run_asked_at": None,
                    "ask_count": 0,
                },
                where=replay_requests.c.ask_count >= attempts_allowed,
            )
        ).rowcount
    return asked


def due_replays(
    connection: Connection, *, now: datetime, patience: timedelta, attempts_allowed: int, at_most: int
) -> tuple[DueReplay, ...]:
    is_free = or_(documents.c.claim_run_id.is_(None), documents.c.claim_until_at <= now)
    is_unasked = or_(replay_requests.c.run_asked_at.is_(None), replay_requests.c.run_asked_at < now - patience)
    rows = connection.execute(
        select(replay_requests.c.document_id, replay_requests.c.first_stage)
        .join(documents, documents.c.document_id == replay_requests.c.document_id)
        # What waits for a run anyway is asked for as every document that waits.
        .where(documents.c.status.not_in(_NOT_READ), is_free, is_unasked)
        .where(replay_requests.c.ask_count < attempts_allowed)
        .order_by(replay_requests.c.requested_at, replay_requests.c.document_id)
        .limit(at_most)
    )
    return tuple(DueReplay(DocumentId(row[0]), Stage(row[1])) for row in rows)


def mark_replays_asked(connection: Connection, document_ids: Iterable[str], *, now: datetime) -> None:
    ids = list(document_ids)
    connection.execute(
        update(replay_requests)
        .where(replay_requests.c.document_id.in_(ids))
        .values(run_asked_at=now, ask_count=replay_requests.c.ask_count + 1)
    )
    # Their partition keys exist from now on, and no longer beside those they were added with.
    connection.execute(
        update(documents)
        .where(among(ids))
        .values(request_count=case((documents.c.request_count == 0, 1), else_=documents.c.request_count))
    )


def end_replay(connection: Connection, document_id: DocumentId) -> None:
    """The document was read again, or can no longer be."""
    connection.execute(delete(replay_requests).where(replay_requests.c.document_id == document_id))


def replay_counts(connection: Connection, *, attempts_allowed: int) -> ReplayCounts:
    is_spent = replay_requests.c.ask_count >= attempts_allowed
    waiting, given_up = connection.execute(
        select(func.count().filter(not_(is_spent)), func.count().filter(is_spent)).select_from(replay_requests)
    ).one()
    return ReplayCounts(waiting, given_up)


def _made(*columns: ColumnElement[Any]) -> Select[Any]:
    """Columns of every settled document that was read at least as far as its type."""
    return (
        select(*columns)
        .select_from(documents)
        .join(classifications, classifications.c.classification_id == documents.c.classification_id)
        .outerjoin(extraction_results, extraction_results.c.extraction_id == documents.c.extraction_id)
        .where(documents.c.status.not_in(_NOT_READ), not_(documents.c.is_canary))
    )


def _is_of(group: StaleGroup) -> ColumnElement[bool]:
    made = [
        (
            making.document_type,
            making.versions.reader,
            making.versions.classifier,
            making.versions.extractor,
            making.versions.validator,
            making.versions.confidence,
            making.has_extraction,
            making.has_reading,
        )
        for making in group.makings
    ]
    return and_(tuple_(*_MADE).in_(made))
