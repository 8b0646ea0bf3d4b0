"""Credentials that expire soon: in which window, of which provider."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.records import ProviderId

WINDOWS = (30, 60, 90)
"""Days ahead."""


@dataclass(frozen=True, slots=True)
class ExpiringCredential:
    """One on file that no later one renews."""

    credential_id: int
    credential_type: str
    provider_id: ProviderId | None
    document_id: DocumentId
    expires_on: date


def window_counts(credentials: Sequence[ExpiringCredential], today: date) -> dict[int, int]:
    """How many expire within each window, the longer ones holding the shorter ones; expired ones are in none."""
    days = [(one.expires_on - today).days for one in credentials]
    return {window: sum(0 <= ahead <= window for ahead in days) for window in WINDOWS}


def expired_count(credentials: Sequence[ExpiringCredential], today: date) -> int:
    """How many have expired already."""
    return sum(one.expires_on < today for one in credentials)


def by_type(credentials: Sequence[ExpiringCredential], today: date) -> dict[str, tuple[int, ...]]:
    """The counts of each window, and of expired ones, by type."""
    types = sorted(Counter(one.credential_type for one in credentials))
    found = {}
    for name in types:
        own = [one for one in credentials if one.credential_type == name]
        found[name] = (*window_counts(own, today).values(), expired_count(own, today))
    return found
