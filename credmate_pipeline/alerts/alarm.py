"""One look at the pipeline: what is wrong, what is said of it, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from credmate_pipeline.alerts.channel import Channel
from credmate_pipeline.alerts.condition import Condition
from credmate_pipeline.alerts.digest import Message
from credmate_pipeline.alerts.watch import Patience, conditions
from credmate_pipeline.ledger.alert_book import AlertBook
from credmate_pipeline.settings import Settings

_CANARY_MARGIN = timedelta(minutes=1)
"""Ticks of the sensor that sends and judges."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What one look found and did."""

    conditions: tuple[Condition, ...]
    said: tuple[Message, ...]
    failures: dict[str, str]
    """Channels that did not take what they were sent, and why."""


def see(book: AlertBook, settings: Settings, *, now: datetime) -> tuple[Condition, ...]:
    """What is wrong just now."""
    observed = book.observe(
        now=now,
        patience=timedelta(minutes=settings.patience_minutes),
        backlog=timedelta(minutes=settings.backlog_minutes),
        window=timedelta(minutes=settings.alert_window_minutes),
        canary_expected=settings.canary_minutes is not None,
    )
    canary = timedelta(minutes=(settings.canary_minutes or 0) + settings.canary_deadline_minutes) + _CANARY_MARGIN
    patience = Patience(canary=canary, daemon=timedelta(seconds=settings.daemon_silence_seconds))
    return conditions(observed, now=now, patience=patience)


def sound(book: AlertBook, channels: Sequence[Channel], settings: Settings, *, now: datetime) -> Alarm:
    """Looks, stores what must be said, and sends it and whatever was not delivered before."""
    seen = see(book, settings, now=now)
    names = [channel.name for channel in channels]
    said = book.decide(seen, names, now=now, window=timedelta(minutes=settings.alert_window_minutes))
    return Alarm(seen, said, book.deliver(channels, now=now))
