"""What the pipeline looks like from outside, in counts and ids. Canary documents count only as canaries."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, not_, select

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.alerts.watch import Observed, Some
from credmate_pipeline.ledger.queries import canaries
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import (
    alert_deliveries,
    alert_signals,
    canary_results,
    documents,
    heartbeats,
    reconciliation_reports,
)

_SAMPLES = 10
_ENOUGH_UNREAD = 5
"""So many documents in a row that nothing was read of are no accident."""
_READ_WITHIN = timedelta(days=1)
_NEVER_READ = (DocumentStatus.UPLOADED, DocumentStatus.DUPLICATE, DocumentStatus.FAILED, DocumentStatus.PURGED)
_IS_REAL = not_(documents.c.is_canary)


def observe(
    connection: Connection,
    *,
    now: datetime,
    patience: timedelta,
    backlog: timedelta,
    window: timedelta,
    canary_expected: bool,
) -> Observed:
    """Everything alerts are decided from, in one transaction."""
    is_waiting = documents.c.status == DocumentStatus.UPLOADED
    waited = documents.c.waiting_since_at
    good_round = canaries.last_good_round(connection)
    reconciled_at, unrepaired = _newest_report(connection)
    return Observed(
        failed=_documents(connection, documents.c.status == DocumentStatus.FAILED, documents.c.settled_at),
        impatient=_documents(connection, and_(is_waiting, waited < now - patience), waited),
        waiting=_documents(connection, and_(is_waiting, waited < now - backlog), waited),
        settled_count=_count_settled(connection, now - backlog),
        unread=_unread(connection, now),
        failed_runs=_signals(connection, AlertKind.RUN_FAILED, now - window),
        ended_services=_signals(connection, AlertKind.SERVICE_ENDED, now - window),
        spend_stops=_signals(connection, AlertKind.SPEND_LIMIT, now - window),
        faulty_notices=_signals(connection, AlertKind.FAULTY_NOTICE, now - window),
        reconciled_at=reconciled_at,
        unrepaired_count=unrepaired,
        canary_expected=canary_expected,
        canary_passed_at=good_round[1] if good_round else None,
        canary_failed=_failed_canaries(connection, good_round[0] if good_round else None),
        undelivered=_undelivered(connection),
        beats={row.name: row.beat_at for row in connection.execute(select(heartbeats.c.name, heartbeats.c.beat_at))},
        started_at=connection.execute(select(func.min(documents.c.registered_at))).scalar(),
    )


def _documents(connection: Connection, condition: ColumnElement[bool], since: ColumnElement[Any]) -> Some:
    chosen = and_(condition, _IS_REAL)
    count, oldest = connection.execute(select(func.count(), func.min(since)).where(chosen)).one()
    if not count:
        return Some()
    ids = connection.execute(select(documents.c.document_id).where(chosen).order_by(since).limit(_SAMPLES)).scalars()
    return Some(count, tuple(ids), oldest)


def _count_settled(connection: Connection, since: datetime) -> int:
    return connection.execute(
        select(func.count()).select_from(documents).where(documents.c.settled_at >= since, _IS_REAL)
    ).scalar_one()


def _unread(connection: Connection, now: datetime) -> Some:
    """The newest documents that reached a reader, where not one of them gave an extraction."""
    newest = (
        select(documents.c.document_id, documents.c.extraction_id, documents.c.settled_at)
        .where(documents.c.settled_at >= now - _READ_WITHIN, documents.c.status.not_in(_NEVER_READ), _IS_REAL)
        .order_by(documents.c.settled_at.desc())
        .limit(_ENOUGH_UNREAD)
    )
    rows = connection.execute(newest).all()
    if len(rows) < _ENOUGH_UNREAD or any(row.extraction_id is not None for row in rows):
        return Some()
    return Some(len(rows), tuple(row.document_id for row in rows), rows[-1].settled_at)


def _signals(connection: Connection, kind: AlertKind, since: datetime) -> Some:
    rows = connection.execute(
        select(alert_signals.c.subject, alert_signals.c.signaled_at)
        .where(alert_signals.c.kind == kind, alert_signals.c.signaled_at >= since)
        .order_by(alert_signals.c.alert_signal_id.desc())
    ).all()
    if not rows:
        return Some()
    return Some(len(rows), tuple(row.subject for row in rows[:_SAMPLES]), rows[-1].signaled_at)


def _newest_report(connection: Connection) -> tuple[datetime | None, int]:
    """When reconciliation last ended, and how many of its findings nobody repaired."""
    row = connection.execute(
        select(
            reconciliation_reports.c.finished_at,
            reconciliation_reports.c.finding_count - reconciliation_reports.c.repair_count,
        )
        .order_by(reconciliation_reports.c.finished_at.desc())
        .limit(1)
    ).one_or_none()
    return (None, 0) if row is None else (row[0], row[1])


def _failed_canaries(connection: Connection, since: datetime | None) -> Some:
    """Canaries that failed and were sent after `since`."""
    chosen = not_(canary_results.c.is_passed)
    if since is not None:
        chosen = and_(chosen, canary_results.c.started_at > since)
    rows = connection.execute(
        select(canary_results.c.document_id, canary_results.c.finished_at)
        .where(chosen)
        .order_by(canary_results.c.finished_at)
    ).all()
    ids = tuple(row.document_id for row in rows if row.document_id is not None)
    return Some(len(rows), ids[-_SAMPLES:], rows[0].finished_at) if rows else Some()


def _undelivered(connection: Connection) -> Some:
    rows = connection.execute(
        select(alert_deliveries.c.channel, func.count(), func.min(alert_deliveries.c.tried_at))
        .where(alert_deliveries.c.delivered_at.is_(None), alert_deliveries.c.attempt_count > 0)
        .group_by(alert_deliveries.c.channel)
        .order_by(alert_deliveries.c.channel)
    ).all()
    if not rows:
        return Some()
    return Some(sum(row[1] for row in rows), tuple(row[0] for row in rows), min(row[2] for row in rows))
