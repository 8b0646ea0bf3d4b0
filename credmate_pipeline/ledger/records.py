"""What the ledger gives back: frozen records without any tie to the database. No SQL here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from credmate_pipeline.documents.document import DocumentId, MediaType
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.ledger.states import DocumentStatus

ProviderId = NewType("ProviderId", str)
"""A UUID in its canonical text form."""


class EventKind(StrEnum):
    """What an entry of the audit trail tells of."""

    REGISTERED = "registered"
    MOVED = "moved"
    ATTEMPT_FAILED = "attempt_failed"
    ADOPTED = "adopted"
    """It came from an earlier installation; its status did not move."""
    READ_AGAIN = "read_again"
    """A document decided by a person was read again with the same result; its status stayed."""
    PURGED = "purged"
    """The bytes of a document whose values were removed on request are gone, too."""


@dataclass(frozen=True, slots=True)
class Registration:
    """The document an upload belongs to, and whether it was new to the ledger."""

    document_id: DocumentId
    is_new: bool


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document as the ledger holds it."""

    document_id: DocumentId
    upload_uri: str
    upload_key: str
    upload_version: str
    owner: str
    file_name: str
    provider_id: ProviderId | None
    byte_count: int
    sha256: str | None
    media_type: MediaType | None
    page_count: int | None
    document_type: str | None
    status: DocumentStatus
    reason_code: ReasonCode | None
    reasons: tuple[str, ...]
    duplicate_of: DocumentId | None
    attempt_count: int
    """Claims since it was registered or reopened."""
    claim_run_id: str | None
    claim_until_at: datetime | None
    uploaded_at: datetime
    registered_at: datetime
    waiting_since_at: datetime
    """When it last began to wait for a run: registered, reopened, given back or failed an attempt."""
    requested_at: datetime | None
    """When a run was last asked for."""
    request_count: int
    """How often a run was asked for; above 0 its partition key exists."""
    settled_at: datetime | None
    reading_artifact: str | None
    """Key of the stored reading, kept when the document is reopened."""
    is_canary: bool
    purged_at: datetime | None = None
    """When the last of it was gone; None in status `purged` means that its bytes are still being removed."""

    def is_claimed(self, now: datetime) -> bool:
        """Whether a run holds it at `now`."""
        return self.claim_until_at is not None and self.claim_until_at > now


@dataclass(frozen=True, slots=True)
class DocumentEvent:
    """One entry of a document's audit trail."""

    document_id: DocumentId
    kind: EventKind
    from_status: DocumentStatus | None
    to_status: DocumentStatus
    actor: str
    run_id: str | None
    reason: str | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Filed:
    """What filing a document's items did."""

    created: int = 0
    """Credentials that were not on file, renewals among them."""
    renewed: int = 0
    """Of those, the ones that renew a credential on file."""
    confirmed: int = 0
    """Items that prove credentials already on file."""

    @property
    def count(self) -> int:
        """Every item proves one credential."""
        return self.created + self.confirmed


@dataclass(frozen=True, slots=True)
class OnFile:
    """What a document proves that is on file: no names, no numbers."""

    document_id: DocumentId
    status: DocumentStatus
    count: int
    """Credentials it proves; none where it was rejected after all."""
    renewed: int
    """Of those, the ones that renew an earlier one."""
    confirmed: int
    """Of those, the ones another document proved first."""
    types: tuple[str, ...]
    expires_on: date | None
    """The earliest expiry among them."""


@dataclass(frozen=True, slots=True)
class CredentialRecord:
    """What is held true of a provider, with the document that proved it first."""

    credential_id: int
    document_id: DocumentId
    credential_type: str
    item_position: int
    """Which item of the document's extraction, counted from 0."""
    provider_id: ProviderId | None
    happened_on: date | None
    expires_on: date | None
    renews: int | None
    """The credential whose next period this is."""
    is_renewed: bool
    proof_count: int
    """Documents that prove it."""
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ProviderRecord:
    """A provider with how many real documents are tied to him or her."""

    provider_id: ProviderId
    owner: str
    names: tuple[str, ...]
    """The legal name first."""
    npi: str | None
    organization: str | None
    degree: str | None
    document_count: int


@dataclass(frozen=True, slots=True)
class RosterChange:
    """What an import did, or in a dry run would do."""

    added: tuple[str, ...]
    """Folders of new providers."""
    changed: tuple[str, ...]
    unchanged_count: int
    linked_document_count: int
    """Documents now tied to their provider that were not before."""
    doubted_documents: tuple[DocumentId, ...]
    """Documents that had settled, and whose holder is not their provider: they go to a person."""


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A person's decision about one extraction of a document."""

    review_id: int
    document_id: DocumentId
    extraction_id: int
    decision: str
    reviewer: str
    reason: str | None
    reviewed_at: datetime
    corrected_fields: tuple[str, ...]
    """Such as `2.completion_date`: items counted from 1."""


@dataclass(frozen=True, slots=True)
class AdoptedRecord:
    """What an earlier installation stated of a document."""

    source_id: str
    document_id: DocumentId
    stated_status: str
    stated_type: str | None
    stated_confidence: float | None
    had_extraction: bool
    decision: str | None
    """What a person had decided: `approved` or `rejected`."""
    decided_at: datetime | None
    adopted_at: datetime


@dataclass(frozen=True, slots=True)
class RelationRecord:
    """What an item of a document is to an item of another."""

    document_id: DocumentId
    item: int
    """Counted from 0."""
    kind: str
    other_document_id: DocumentId
    other_item: int


def canonical_ids(document_ids: Iterable[str]) -> list[str]:
    """The ids that are UUIDs; others cannot be in the ledger."""
    return [document_id for document_id in document_ids if _is_uuid(document_id)]


def _is_uuid(text: str) -> bool:
    parts = text.split("-")
    hexadecimal = all(character in "0123456789abcdef" for part in parts for character in part)
    return hexadecimal and [len(part) for part in parts] == [8, 4, 4, 4, 12]
