"""What waits for a person: how much, why, and since when."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from credmate_pipeline.documents.document import DocumentId

_ITEMS = re.compile(r" \((?:item|page) \d[^)]*\)")
_NUMBERS = re.compile(r"\d+(?:, \d+)*")


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Documents of one type that wait for one reason, in the words of the decision."""

    document_type: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """One that waits."""

    document_id: DocumentId
    document_type: str
    reason: str
    since: datetime
    """When it was sent to a person."""


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """Everything that waits for a person, in counts, and the longest waiting one by one."""

    reasons: tuple[ReasonCount, ...]
    oldest: tuple[WaitingDocument, ...]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.reasons)

    @property
    def by_type(self) -> dict[str, int]:
        return _counted((one.document_type, one.count) for one in self.reasons)

    @property
    def by_reason(self) -> dict[tuple[str, str], int]:
        """By type and kind of reason, the most first."""
        kinds: Counter[tuple[str, str]] = Counter()
        for one in self.reasons:
            kinds[one.document_type, kind_of(one.reason)] += one.count
        return dict(sorted(kinds.items(), key=lambda found: (-found[1], found[0])))

    def waited(self, now: datetime) -> timedelta:
        """How long the first has waited; nothing where none waits."""
        return now - self.oldest[0].since if self.oldest else timedelta(0)


def kind_of(reason: str) -> str:
    """The reason without the items and pages it names, so that equal reasons count together."""
    return _NUMBERS.sub("…", _ITEMS.sub("", reason))


def _counted(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for name, count in counts:
        found[name] += count
    return dict(sorted(found.items()))
