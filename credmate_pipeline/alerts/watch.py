"""What is wrong, decided from what the ledger says of the pipeline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from credmate_pipeline.alerts.condition import AlertKind, Condition

SENSORS = ("alerts", "approvals", "new_uploads")
"""Sensors that must tick."""
RECONCILIATION_IS_LATE = timedelta(hours=2)
"""It runs hourly."""


@dataclass(frozen=True, slots=True)
class Some:
    """How many there are, some of their ids, and when the oldest began."""

    count: int = 0
    samples: tuple[str, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """The pipeline's state, as the ledger has it. Canary documents count in nothing but `canary_*`."""

    failed: Some
    """Documents `failed`."""
    impatient: Some
    """Documents waiting longer than their patience."""
    waiting: Some
    """Documents waiting longer than the backlog's minutes."""
    settled_count: int
    """Settled within the backlog's minutes."""
    unread: Some
    """The newest settled documents within a day, where there are enough of them and none has an extraction."""
    failed_runs: Some
    """Runs that failed within the last window."""
    ended_services: Some
    """Processes of the system that ended and were started again within the last window."""
    spend_stops: Some
    """Times a spend limit stopped a call within the last window."""
    faulty_notices: Some
    """Messages within the last window that were no notices about uploads."""
    reconciled_at: datetime | None
    unrepaired_count: int
    """Findings of the newest reconciliation report that need a person."""
    canary_expected: bool
    """Whether canary documents are sent in this environment."""
    canary_passed_at: datetime | None
    """When a round of canary documents last came through right."""
    canary_failed: Some
    """Canary documents that failed and were sent after that round."""
    undelivered: Some
    """Deliveries tried in vain; `samples` are channels."""
    beats: dict[str, datetime]
    """When each sensor last ticked."""
    started_at: datetime | None
    """When the ledger first knew of anything: a new installation is late with nothing."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is too long."""

    canary: timedelta
    daemon: timedelta


def conditions(observed: Observed, *, now: datetime, patience: Patience) -> tuple[Condition, ...]:
    """Everything that is wrong, one condition a kind."""
    return tuple(_conditions(observed, now, patience))


def _conditions(observed: Observed, now: datetime, patience: Patience) -> Iterator[Condition]:
    counted = {
        AlertKind.DOCUMENT_FAILED: observed.failed,
        AlertKind.WAITING_TOO_LONG: observed.impatient,
        AlertKind.NOTHING_READ: observed.unread,
        AlertKind.RUN_FAILED: observed.failed_runs,
        AlertKind.SERVICE_ENDED: observed.ended_services,
        AlertKind.SPEND_LIMIT: observed.spend_stops,
        AlertKind.FAULTY_NOTICE: observed.faulty_notices,
        AlertKind.UNDELIVERED: observed.undelivered,
    }
    for kind, some in counted.items():
        if some.count:
            yield Condition(kind, some.count, some.samples, some.since)
    if observed.waiting.count and not observed.settled_count:
        yield Condition(
            AlertKind.NOTHING_SETTLES, observed.waiting.count, observed.waiting.samples, observed.waiting.since
        )
    yield from _reconciliation(observed, now)
    yield from _canary(observed, now, patience.canary)
    silent = tuple(name for name in SENSORS if not _has_ticked(observed.beats.get(name), now, patience.daemon))
    if silent:
        beats = [observed.beats[name] for name in silent if name in observed.beats]
        yield Condition(AlertKind.DAEMON_SILENT, len(silent), silent, min(beats, default=None))


def _has_ticked(last: datetime | None, now: datetime, patience: timedelta) -> bool:
    # A beat from the future is as little a sign of life as an old one: a clock was moved.
    return last is not None and abs(now - last) <= patience


def _reconciliation(observed: Observed, now: datetime) -> Iterator[Condition]:
    known_since = observed.reconciled_at or observed.started_at
    if observed.unrepaired_count:
        yield Condition(AlertKind.RECONCILIATION, observed.unrepaired_count, (), observed.reconciled_at)
    elif known_since is not None and now - known_since > RECONCILIATION_IS_LATE:
        yield Condition(AlertKind.RECONCILIATION, 1, (), known_since)


def _canary(observed: Observed, now: datetime, patience: timedelta) -> Iterator[Condition]:
    if not observed.canary_expected:
        return
    known_since = observed.canary_passed_at or observed.started_at
    if observed.canary_failed.count:
        failed = observed.canary_failed
        yield Condition(AlertKind.CANARY, failed.count, failed.samples, failed.since)
    elif known_since is not None and now - known_since > patience:
        yield Condition(AlertKind.CANARY, 1, (), known_since)
