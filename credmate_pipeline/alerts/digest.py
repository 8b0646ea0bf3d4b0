"""Which messages are due, decided from what was said last and what is seen now: one a kind and window, no floods."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from credmate_pipeline.alerts.condition import MEANINGS, AlertKind, Condition

SAMPLES = 5
"""Ids a message names."""


class Occasion(StrEnum):
    """Why a message is sent."""

    RAISED = "raised"
    REMINDER = "reminder"
    RECOVERED = "recovered"
    TEST = "test"


_STATES = {
    Occasion.RAISED: "new",
    Occasion.REMINDER: "still",
    Occasion.RECOVERED: "over",
    Occasion.TEST: "nothing is wrong",
}


@dataclass(frozen=True, slots=True)
class Message:
    """What channels deliver. It holds counts and ids, never personal data."""

    kind: AlertKind
    occasion: Occasion
    count: int
    samples: tuple[str, ...]
    since: datetime | None
    """Since when the trouble lasts."""
    created_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether the trouble lasted when this was said."""
        return self.occasion in {Occasion.RAISED, Occasion.REMINDER}

    @property
    def title(self) -> str:
        """One line."""
        counted = f" ({self.count})" if self.is_open else ""
        return f"CredentialMate pipeline: {self.kind.value}{counted}, {_STATES[self.occasion]}"

    @property
    def text(self) -> str:
        """Meaning, examples and remedy, a line each."""
        meaning = MEANINGS[self.kind]
        if self.occasion is Occasion.RECOVERED:
            return f"Over: {meaning.sentence}"
        lines = [meaning.sentence]
        if self.since is not None:
            lines.append(f"Since {self.since:%Y-%m-%d %H:%M} UTC.")
        if self.samples:
            more = f" and {self.count - len(self.samples)} more" if self.count > len(self.samples) else ""
            lines.append(f"For example: {', '.join(self.samples)}{more}.")
        return "\n".join([*lines, f"What to do: {meaning.remedy}"])


def messages_due(
    last_said: Mapping[AlertKind, Message], seen: Iterable[Condition], *, now: datetime, window: timedelta
) -> tuple[Message, ...]:
    """What must be said now: new trouble at once, lasting trouble once a window, and what is over."""
    conditions = {condition.kind: condition for condition in seen}
    due = [_about(condition, last_said.get(kind), now, window) for kind, condition in conditions.items()]
    over = [
        Message(kind, Occasion.RECOVERED, 0, (), None, now)
        for kind, message in last_said.items()
        if message.is_open and kind not in conditions
    ]
    return (*(message for message in due if message is not None), *over)


def _about(condition: Condition, last: Message | None, now: datetime, window: timedelta) -> Message | None:
    samples = condition.samples[:SAMPLES]
    if last is None or not last.is_open:
        return Message(condition.kind, Occasion.RAISED, condition.count, samples, condition.since or now, now)
    if now - last.created_at >= window:
        since = condition.since or last.since
        return Message(condition.kind, Occasion.REMINDER, condition.count, samples, since, now)
    return None
