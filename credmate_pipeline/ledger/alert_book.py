"""The gateway to what alerts need of the ledger: heartbeats, signals, what was said and delivered.

Every method raises `LedgerUnavailable` where PostgreSQL does not answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from credmate_pipeline.alerts.channel import Channel, DeliveryFailed
from credmate_pipeline.alerts.condition import AlertKind, Condition
from credmate_pipeline.alerts.digest import Message, messages_due
from credmate_pipeline.alerts.watch import Observed
from credmate_pipeline.ledger.connection import translated_errors
from credmate_pipeline.ledger.queries import alerts, observing


class AlertBook:
    """What is watched, what was said of it, and to whom. Over a ledger's engine, which its owner closes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated_errors(self._engine), self._engine.begin() as connection:
            yield connection

    def beat(self, name: str, *, now: datetime) -> datetime | None:
        """Notes that a sensor ticked well; returns when it did before."""
        with self._transaction() as connection:
            return alerts.beat(connection, name, now)

    def signal(self, kind: AlertKind, subject: str, *, now: datetime) -> None:
        """Notes something that happened once; `subject` is an id."""
        with self._transaction() as connection:
            alerts.signal(connection, kind, subject, now)

    def observe(
        self, *, now: datetime, patience: timedelta, backlog: timedelta, window: timedelta, canary_expected: bool
    ) -> Observed:
        """The pipeline's state."""
        with self._transaction() as connection:
            return observing.observe(
                connection,
                now=now,
                patience=patience,
                backlog=backlog,
                window=window,
                canary_expected=canary_expected,
            )

    def decide(
        self, conditions: Iterable[Condition], channels: Iterable[str], *, now: datetime, window: timedelta
    ) -> tuple[Message, ...]:
        """Stores what must be said now, for every channel; of several that decide at once, one says it."""
        with self._transaction() as connection:
            alerts.lock(connection)
            due = messages_due(alerts.last_said(connection), conditions, now=now, window=window)
            alerts.say(connection, due, tuple(channels))
            return due

    def say(self, message: Message, channels: Iterable[str]) -> None:
        """Stores one message for every channel."""
        with self._transaction() as connection:
            alerts.say(connection, [message], tuple(channels))

    def deliver(self, channels: Sequence[Channel], *, now: datetime) -> dict[str, str]:
        """Sends all that is pending, each message once a channel; returns channels that failed, and why.

        After its first failure a channel is left alone until the next time, so that a dead one holds nothing up.
        """
        by_name = {channel.name: channel for channel in channels}
        failures: dict[str, str] = {}
        with self._transaction() as connection:
            alerts.drop_stale(connection, by_name, now)
            for one in alerts.pending(connection):
                if one.channel in failures:
                    continue
                try:
                    by_name[one.channel].send(one.message)
                except DeliveryFailed as failure:
                    failures[one.channel] = str(failure)
                alerts.note_delivery(connection, one, error=failures.get(one.channel), now=now)
        return failures

    def last_said(self) -> dict[AlertKind, Message]:
        """The newest message of each kind."""
        with self._transaction() as connection:
            return alerts.last_said(connection)

    def newest(self, *, at_most: int) -> tuple[alerts.Said, ...]:
        """The newest messages and what became of them, newest first."""
        with self._transaction() as connection:
            return alerts.newest(connection, at_most)
