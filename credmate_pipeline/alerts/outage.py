"""Tells of a database that is gone, which nothing in it can remember: a small file keeps what each channel was told.

So a watchman that is started anew each time (cron) says it once a window, and what one channel did not take is sent
to that one again.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from credmate_pipeline.alerts.channel import Channel, DeliveryFailed
from credmate_pipeline.alerts.condition import AlertKind, Condition
from credmate_pipeline.alerts.digest import Message, Occasion, messages_due

_FILE = "ledger-unreachable.json"
"""Below the pipeline's home."""


class Outage:
    """The one kind of alert that is kept outside of the ledger."""

    def __init__(self, home: Path, channels: Sequence[Channel], *, window: timedelta) -> None:
        self._path = home / _FILE
        self._channels = channels
        self._window = window

    def tell(self, conditions: Iterable[Condition], *, now: datetime) -> tuple[tuple[Message, ...], dict[str, str]]:
        """Tells every channel what is due to it; returns what was due, and which channels did not take it."""
        seen, kept = tuple(conditions), self._kept()
        due, failures = dict[AlertKind, Message](), dict[str, str]()
        for channel in self._channels:
            last = kept.get(channel.name)
            for message in messages_due({last.kind: last} if last else {}, seen, now=now, window=self._window):
                due[message.kind] = message
                try:
                    channel.send(message)
                except DeliveryFailed as failure:
                    failures[channel.name] = str(failure)
                else:
                    kept[channel.name] = message
        if due:
            self._keep(kept)
        return tuple(due.values()), failures

    def _kept(self) -> dict[str, Message]:
        try:
            return {channel: _message(one) for channel, one in json.loads(self._path.read_text()).items()}
        except (FileNotFoundError, ValueError, KeyError, AttributeError):
            # Never told, or the file was cut off: told again rather than never.
            return {}

    def _keep(self, told: dict[str, Message]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps({channel: _as_json(message) for channel, message in told.items()}))
        new.replace(self._path)


def _as_json(message: Message) -> dict[str, Any]:
    return {
        "occasion": message.occasion.value,
        "created_at": message.created_at.isoformat(),
        "since": message.since.isoformat() if message.since else None,
    }


def _message(kept: dict[str, Any]) -> Message:
    since = datetime.fromisoformat(kept["since"]) if kept["since"] else None
    created_at = datetime.fromisoformat(kept["created_at"])
    return Message(AlertKind.LEDGER_UNREACHABLE, Occasion(kept["occasion"]), 1, (), since, created_at)
