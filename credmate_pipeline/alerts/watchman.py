"""Watches from outside of Dagster, so that a daemon or a database that stopped is told of too."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from credmate_pipeline.alerts.alarm import Alarm, sound
from credmate_pipeline.alerts.channel import Channel, DeliveryFailed
from credmate_pipeline.alerts.condition import AlertKind, Condition
from credmate_pipeline.alerts.digest import Message, messages_due
from credmate_pipeline.errors import LedgerUnavailable
from credmate_pipeline.ledger.alert_book import AlertBook
from credmate_pipeline.settings import Settings


class Watchman:
    """Looks as the `alerts` sensor does. What it says of a ledger that is gone, it must remember itself."""

    def __init__(self, book: AlertBook, channels: Sequence[Channel], settings: Settings) -> None:
        self._book = book
        self._channels = channels
        self._settings = settings
        self._said: dict[AlertKind, Message] = {}

    def look(self, *, now: datetime) -> Alarm:
        """One look; sends what is wrong."""
        try:
            alarm = sound(self._book, self._channels, self._settings, now=now)
        except LedgerUnavailable:
            gone = Condition(AlertKind.LEDGER_UNREACHABLE, 1)
            return self._tell((gone,), now)
        over = self._tell((), now)
        return Alarm(alarm.conditions, (*alarm.said, *over.said), {**alarm.failures, **over.failures})

    def _tell(self, conditions: tuple[Condition, ...], now: datetime) -> Alarm:
        window = timedelta(minutes=self._settings.alert_window_minutes)
        due = messages_due(self._said, conditions, now=now, window=window)
        failures: dict[str, str] = {}
        for message in due:
            taken = [channel.name for channel in self._channels if self._is_taken(channel, message, failures)]
            if taken:
                self._said[message.kind] = message
        return Alarm(conditions, due, failures)

    def _is_taken(self, channel: Channel, message: Message, failures: dict[str, str]) -> bool:
        try:
            channel.send(message)
        except DeliveryFailed as failure:
            failures[channel.name] = str(failure)
            return False
        return True
