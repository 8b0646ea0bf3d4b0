"""What was said to whom, and what is still to be delivered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.alerts.digest import Message, Occasion
from credmate_pipeline.ledger.tables import alert_deliveries, alert_messages, alert_signals, heartbeats

_GIVEN_UP_AFTER = timedelta(days=1)
"""A message nobody could take for so long is no news any more; a reminder has followed it meanwhile."""
_SIGNALS_KEPT = timedelta(days=30)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('credmate alerts'))")

_MESSAGE_COLUMNS = (
    alert_messages.c.kind,
    alert_messages.c.occasion,
    alert_messages.c.trouble_count,
    alert_messages.c.samples,
    alert_messages.c.since_at,
    alert_messages.c.created_at,
)


@dataclass(frozen=True, slots=True)
class Pending:
    """A message that a channel has not taken yet."""

    message_id: int
    channel: str
    message: Message


@dataclass(frozen=True, slots=True)
class Said:
    """A message and what became of it."""

    message: Message
    delivered: tuple[str, ...]
    """Channels that took it."""
    undelivered: dict[str, str]
    """Channels that did not, and why."""


def lock(connection: Connection) -> None:
    """Waits until nobody else decides what to say."""
    connection.execute(_LOCK)


def beat(connection: Connection, name: str, now: datetime) -> datetime | None:
    before = connection.execute(select(heartbeats.c.beat_at).where(heartbeats.c.name == name)).scalar()
    statement = upsert(heartbeats).values(name=name, beat_at=now)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"beat_at": now}))
    return before


def signal(connection: Connection, kind: AlertKind, subject: str, now: datetime) -> None:
    connection.execute(delete(alert_signals).where(alert_signals.c.signaled_at < now - _SIGNALS_KEPT))
    connection.execute(insert(alert_signals).values(kind=kind, subject=subject, signaled_at=now))


def last_said(connection: Connection) -> dict[AlertKind, Message]:
    """The newest message of each kind; tests of the channels are none."""
    newest = (
        select(func.max(alert_messages.c.alert_message_id))
        .where(alert_messages.c.occasion != Occasion.TEST)
        .group_by(alert_messages.c.kind)
    )
    rows = connection.execute(select(*_MESSAGE_COLUMNS).where(alert_messages.c.alert_message_id.in_(newest)))
    return {message.kind: message for message in map(_message, rows.mappings())}


def say(connection: Connection, messages: Iterable[Message], channels: Iterable[str]) -> None:
    """Stores messages, each to be delivered by every channel."""
    for message in messages:
        message_id = connection.execute(
            insert(alert_messages)
            .values(
                kind=message.kind,
                occasion=message.occasion,
                trouble_count=message.count,
                samples=list(message.samples),
                since_at=message.since,
                created_at=message.created_at,
            )
            .returning(alert_messages.c.alert_message_id)
        ).scalar_one()
        rows = [{"alert_message_id": message_id, "channel": channel} for channel in channels]
        connection.execute(insert(alert_deliveries), rows)


def drop_stale(connection: Connection, channels: Iterable[str], now: datetime) -> None:
    """Forgets deliveries nobody will make: channels taken out of the settings, and messages older than a day."""
    old = select(alert_messages.c.alert_message_id).where(alert_messages.c.created_at < now - _GIVEN_UP_AFTER)
    connection.execute(
        delete(alert_deliveries).where(
            alert_deliveries.c.delivered_at.is_(None),
            alert_deliveries.c.channel.not_in(list(channels)) | alert_deliveries.c.alert_message_id.in_(old),
        )
    )


def pending(connection: Connection) -> tuple[Pending, ...]:
    rows = connection.execute(
        select(alert_deliveries.c.alert_message_id, alert_deliveries.c.channel, *_MESSAGE_COLUMNS)
        .join(alert_messages, alert_messages.c.alert_message_id == alert_deliveries.c.alert_message_id)
        .where(alert_deliveries.c.delivered_at.is_(None))
        .order_by(alert_deliveries.c.alert_message_id, alert_deliveries.c.channel)
        .with_for_update(of=alert_deliveries, skip_locked=True)
    ).mappings()
    return tuple(Pending(row["alert_message_id"], row["channel"], _message(row)) for row in rows)


def note_delivery(connection: Connection, one: Pending, *, error: str | None, now: datetime) -> None:
    connection.execute(
        update(alert_deliveries)
        .where(
            alert_deliveries.c.alert_message_id == one.message_id,
            alert_deliveries.c.channel == one.channel,
        )
        .values(
            attempt_count=alert_deliveries.c.attempt_count + 1,
            tried_at=now,
            delivered_at=None if error else now,
            error=error,
        )
    )


def newest(connection: Connection, at_most: int) -> tuple[Said, ...]:
    """The newest messages with their deliveries, newest first."""
    rows = connection.execute(
        select(alert_messages.c.alert_message_id, *_MESSAGE_COLUMNS)
        .order_by(alert_messages.c.alert_message_id.desc())
        .limit(at_most)
    ).mappings()
    return tuple(_said(connection, row) for row in rows.all())


def _said(connection: Connection, row: RowMapping) -> Said:
    deliveries = connection.execute(
        select(alert_deliveries.c.channel, alert_deliveries.c.delivered_at, alert_deliveries.c.error)
        .where(alert_deliveries.c.alert_message_id == row["alert_message_id"])
        .order_by(alert_deliveries.c.channel)
    ).all()
    return Said(
        _message(row),
        tuple(one.channel for one in deliveries if one.delivered_at is not None),
        {one.channel: one.error or "not tried yet" for one in deliveries if one.delivered_at is None},
    )


def _message(row: RowMapping) -> Message:
    return Message(
        AlertKind(row["kind"]),
        Occasion(row["occasion"]),
        row["trouble_count"],
        tuple(row["samples"]),
        row["since_at"],
        row["created_at"],
    )
