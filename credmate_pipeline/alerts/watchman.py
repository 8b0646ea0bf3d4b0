"""Watches from outside of Dagster, so that a daemon or a database that stopped is told of too."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from credmate_pipeline.alerts.alarm import Alarm, sound
from credmate_pipeline.alerts.channel import Channel
from credmate_pipeline.alerts.condition import AlertKind, Condition
from credmate_pipeline.alerts.outage import Outage
from credmate_pipeline.errors import LedgerUnavailable
from credmate_pipeline.ledger.alert_book import AlertBook
from credmate_pipeline.settings import Settings


class Watchman:
    """Looks as the `alerts` sensor does; without a book, because no database runs, it tells of that."""

    def __init__(self, book: AlertBook | None, channels: Sequence[Channel], settings: Settings) -> None:
        self._book = book
        self._channels = channels
        self._settings = settings
        self._outage = Outage(settings.home, channels, window=timedelta(minutes=settings.alert_window_minutes))
        self._ended: list[str] = []

    def note_ended(self, service: str) -> None:
        """Takes note that a process of the system ended and was started again; the next look tells of it."""
        self._ended.append(service)

    def look(self, *, now: datetime) -> Alarm:
        """One look; sends what is wrong."""
        try:
            alarm = None if self._book is None else self._sound(self._book, now)
        except LedgerUnavailable:
            alarm = None
        gone = (Condition(AlertKind.LEDGER_UNREACHABLE, 1),) if alarm is None else ()
        said, failures = self._outage.tell(gone, now=now)
        if alarm is None:
            return Alarm(gone, said, failures)
        return Alarm(alarm.conditions, (*alarm.said, *said), {**alarm.failures, **failures})

    def _sound(self, book: AlertBook, now: datetime) -> Alarm:
        while self._ended:
            book.signal(AlertKind.SERVICE_ENDED, self._ended[0], now=now)
            self._ended.pop(0)
        return sound(book, self._channels, self._settings, now=now)
