"""What a hostile file is: its bytes, and what may honestly become of it."""

from dataclasses import dataclass

from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.ledger.states import DocumentStatus

READ = frozenset({DocumentStatus.COMPLETED, DocumentStatus.REVIEW_PENDING})
"""Statuses of a certificate that was read in spite of what the file also holds."""
OTHER_PAPER = frozenset({DocumentStatus.UNSUPPORTED})
NO_READER_HELPS = frozenset({DocumentStatus.UNREADABLE})


@dataclass(frozen=True, slots=True)
class HostileFile:
    """One file, and what a sound reader says of it."""

    name: str
    content: bytes
    honest: frozenset[DocumentStatus]
    reasons: frozenset[ReasonCode] = frozenset()
    """Reason codes that are honest where the file is unreadable or failed."""
    attempt: str = ""
    """What the file attempts."""
    is_slow: bool = False
    """Whether it is stopped only by the time limit."""


def unreadable(name: str, content: bytes, *reasons: ReasonCode, attempt: str = "") -> HostileFile:
    """A file no reader can help, for one of `reasons`."""
    return HostileFile(name, content, NO_READER_HELPS, frozenset(reasons), attempt)


def read_anyway(name: str, content: bytes, *, attempt: str = "") -> HostileFile:
    """A certificate that is read, and whose other contents are left alone."""
    return HostileFile(name, content, READ, attempt=attempt)
