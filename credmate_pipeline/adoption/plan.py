"""What becomes of each stated document: adopted, known already, or not to be mapped; and what is not believed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from credmate_pipeline.adoption.stated import HumanDecision, StatedDocument
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import PermanentError
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.uploads.keys import checked_upload_key
from credmate_pipeline.uploads.store import Upload

MISSING_VERSION = "missing"
"""Version of an upload that was not in storage when its document was adopted: reading it finds the file missing."""


class Fate(StrEnum):
    """What happens to a stated document."""

    ADOPTED = "adopted"
    KNOWN = "known"
    """Adopted earlier; nothing is changed."""
    REFUSED = "refused"
    """It cannot be mapped."""


class Remark(StrEnum):
    """Something a person should know of a stated document."""

    NOT_BELIEVED = "status-not-believed"
    EMPTY_EXTRACTION = "extraction-empty"
    VALUES_KEPT = "extraction-without-places"
    APPROVAL_KEPT = "approval-kept"
    REJECTION_KEPT = "rejection-kept"
    FILE_MISSING = "upload-missing"
    STATUS_UNKNOWN = "status-unknown"
    TYPE_UNKNOWN = "type-unknown"
    NO_ID = "no-id"
    ID_TWICE = "id-twice"
    NO_KEY = "no-key"
    KEY_OUTSIDE = "key-outside-uploads"


MEANINGS: Mapping[Remark, str] = {
    Remark.NOT_BELIEVED: "Its status says it was read, and no extraction shows it: it is read now.",
    Remark.EMPTY_EXTRACTION: "An extraction is there but holds no value: it counts as none.",
    Remark.VALUES_KEPT: "Its values have no place on a page: they are kept for comparison, and it is read again.",
    Remark.APPROVAL_KEPT: "A person's approval is kept beside it; a reading that differs opens a review.",
    Remark.REJECTION_KEPT: "A person's rejection is kept beside it; its reading goes to a person.",
    Remark.FILE_MISSING: "Its file is not in storage: it will be unreadable, and its uploader must send it again.",
    Remark.STATUS_UNKNOWN: "Its status is none of the known words: it is kept as stated and not believed.",
    Remark.TYPE_UNKNOWN: "Its type is none of the known ones: it is kept as stated and compared with nothing.",
    Remark.NO_ID: "The row has no id.",
    Remark.ID_TWICE: "Another row has the same id.",
    Remark.NO_KEY: "The row names no file.",
    Remark.KEY_OUTSIDE: "Its file is not at documents/<owner>/<name>: move it there and correct the row.",
}


@dataclass(frozen=True, slots=True)
class Adoption:
    """What becomes of one stated document; `upload` is there unless it is refused."""

    stated: StatedDocument
    fate: Fate
    remarks: tuple[Remark, ...]
    upload: Upload | None = None
    document_id: DocumentId | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where uploads lie: what is stored, by key, and the URI a key has."""

    stored: Mapping[str, Upload]
    uri_of: Callable[[str], str]
    now: datetime

    def upload(self, key: str, uploaded_at: datetime | None) -> Upload:
        """What is stored at `key`, or what stands for a missing file."""
        missing = Upload(self.uri_of(key), key, MISSING_VERSION, 0, uploaded_at or self.now)
        return self.stored.get(key, missing)


def plan_adoption(
    documents: Iterable[StatedDocument], place: Place, known: Mapping[str, DocumentId]
) -> tuple[Adoption, ...]:
    """What becomes of each; `known` are documents adopted earlier, by their id in the installation."""
    seen: set[str] = set()
    plan = []
    for stated in documents:
        plan.append(_adoption(stated, place, known, is_again=stated.source_id in seen))
        seen.add(stated.source_id)
    return tuple(plan)


def _adoption(stated: StatedDocument, place: Place, known: Mapping[str, DocumentId], *, is_again: bool) -> Adoption:
    if not stated.source_id or is_again:
        return Adoption(stated, Fate.REFUSED, (Remark.ID_TWICE if stated.source_id else Remark.NO_ID,))
    if stated.source_id in known:
        return Adoption(stated, Fate.KNOWN, (), document_id=known[stated.source_id])
    if not stated.key:
        return Adoption(stated, Fate.REFUSED, (Remark.NO_KEY,))
    key = upload_key(stated.key, place.uri_of)
    if key is None:
        return Adoption(stated, Fate.REFUSED, (Remark.KEY_OUTSIDE,))
    upload = place.upload(key, stated.uploaded_at)
    return Adoption(stated, Fate.ADOPTED, tuple(_remarks(stated, upload)), upload, adopted_id(stated.source_id))


def _remarks(stated: StatedDocument, upload: Upload) -> Iterator[Remark]:
    if stated.known_status is None:
        yield Remark.STATUS_UNKNOWN
    if stated.document_type is not None and stated.known_type is None:
        yield Remark.TYPE_UNKNOWN
    if stated.states_a_reading and not stated.values:
        yield Remark.NOT_BELIEVED
    if stated.values:
        yield Remark.VALUES_KEPT
    elif stated.extractions:
        yield Remark.EMPTY_EXTRACTION
    if stated.decision is not None:
        yield Remark.APPROVAL_KEPT if stated.decision is HumanDecision.APPROVED else Remark.REJECTION_KEPT
    if upload.version == MISSING_VERSION:
        yield Remark.FILE_MISSING


def upload_key(stated: str, uri_of: Callable[[str], str]) -> str | None:
    """The key of a stated place, given as a key, with a leading slash, or as a URI of this store; None elsewhere."""
    is_uri = "://" in stated
    key = stated.partition("://")[2].partition("/")[2] if is_uri else stated.lstrip("/")
    try:
        checked_upload_key(key)
    except PermanentError:
        return None
    return None if is_uri and uri_of(key) != stated else key


def adopted_id(source_id: str) -> DocumentId:
    """The document's id: its own where that is a UUID, otherwise one made from it, the same each time."""
    try:
        return DocumentId(str(UUID(source_id)))
    except ValueError:
        return DocumentId(str(uuid5(NAMESPACE_URL, f"credmate:adopted:{source_id}")))


def trail_sentence(stated: StatedDocument) -> str:
    """What the document's trail says of its adoption; without names and values."""
    status = stated.known_status.value if stated.known_status else "of an unknown word"
    parts = [f"Adopted; its status was {status}."]
    if stated.states_a_reading and not stated.values:
        parts.append("No extraction showed a reading, so that was not believed.")
    if stated.decision is not None:
        how = "on an earlier reading" if stated.values else "without a reading"
        when = f" on {stated.decided_at:%Y-%m-%d}" if stated.decided_at else ""
        parts.append(f"A person {stated.decision.value} it{when} {how}; that decision is kept.")
    if stated.known_status is DocumentStatus.FAILED or stated.error:
        parts.append("It had a processing error, which is kept beside it.")
    return " ".join(parts)
