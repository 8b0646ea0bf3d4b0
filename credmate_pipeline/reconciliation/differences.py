"""The ways in which storage, ledger, Dagster and results can disagree: what each means, what is done, who acts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Difference(StrEnum):
    """A kind of disagreement, the most urgent first."""

    NOT_COMPARED = "not-compared"
    FACTS_EDITED = "facts-edited"
    EXTRACTION_EDITED = "extraction-edited"
    STATUS_NOT_IN_TRAIL = "status-not-in-trail"
    EXTRACTION_WITHOUT_EVIDENCE = "extraction-without-evidence"
    BYTES_CHANGED = "bytes-changed"
    UPLOAD_GONE = "upload-gone"
    UPLOAD_REPLACED = "upload-replaced"
    ARTIFACT_MISSING = "artifact-missing"
    CLAIMED_BY_DEAD_RUN = "claimed-by-dead-run"
    UPLOAD_WITHOUT_DOCUMENT = "upload-without-document"
    STUCK = "stuck"
    DOCUMENT_WITHOUT_PARTITION = "document-without-partition"
    MATERIALIZED_WITHOUT_EXTRACTION = "materialized-without-extraction"
    EXTRACTION_WITHOUT_MATERIALIZATION = "extraction-without-materialization"
    PARTITION_WITHOUT_DOCUMENT = "partition-without-document"


class Repair(StrEnum):
    """What reconciliation does about a difference by itself."""

    NONE = "none"
    FREE_CLAIM = "free-claim"
    REGISTER = "register"
    REQUEST_RUN = "request-run"
    RECALL = "recall"


class Person(StrEnum):
    """Who must act where no repair helps."""

    ENGINEER = "engineer"
    UPLOADER = "uploader"
    RECORDS = "keeper of the records"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a difference means to whoever reads of it."""

    meaning: str
    remedy: str
    """What was done, or what the person has to do."""
    repair: Repair
    person: Person


_E, _U, _R = Person.ENGINEER, Person.UPLOADER, Person.RECORDS

KINDS: dict[Difference, Kind] = {
    Difference.NOT_COMPARED: Kind(
        "A part could not be listed or read, so nothing is known of it and nothing was concluded from it.",
        "Mend what the reason names; the next reconciliation compares it again.",
        Repair.NONE,
        _E,
    ),
    Difference.FACTS_EDITED: Kind(
        "A settled document is not as the ledger sealed it: its row was changed by something else.",
        "Compare with `credmate show ID` and a backup; put it right through a review or by reading it again.",
        Repair.NONE,
        _E,
    ),
    Difference.EXTRACTION_EDITED: Kind(
        "Stored fields or findings are not those that were sealed when the document settled.",
        "Do not use its values; restore them from a backup or read the document again.",
        Repair.NONE,
        _E,
    ),
    Difference.STATUS_NOT_IN_TRAIL: Kind(
        "A document's status is not the last one in its audit trail, or the trail has a gap.",
        "Find out who changed the database; put it right through a review or by reading the document again.",
        Repair.NONE,
        _E,
    ),
    Difference.EXTRACTION_WITHOUT_EVIDENCE: Kind(
        "A settled document's extraction has no field, or a field without its place.",
        "Its status claims what nobody can point at: read the document again.",
        Repair.NONE,
        _E,
    ),
    Difference.BYTES_CHANGED: Kind(
        "A stored file has other bytes than were read, under the same version.",
        "Restore the file from a backup; look at the disk if there are several.",
        Repair.NONE,
        _E,
    ),
    Difference.UPLOAD_GONE: Kind(
        "The file of a settled document is no longer in the uploads.",
        "Restore it, or ask for another copy; where neither is possible, accept the difference with the reason.",
        Repair.NONE,
        _U,
    ),
    Difference.UPLOAD_REPLACED: Kind(
        "The file of a settled document was overwritten: what was read is no longer there.",
        "The file there now is a document of its own; restore the earlier one, or accept the difference.",
        Repair.NONE,
        _R,
    ),
    Difference.ARTIFACT_MISSING: Kind(
        "The stored reading of a settled document is gone; its fields are kept, but stages cannot run again alone.",
        "Restore the artifacts, or materialize the document's `ocr` again.",
        Repair.NONE,
        _E,
    ),
    Difference.CLAIMED_BY_DEAD_RUN: Kind(
        "Held by a run that has ended.",
        "Given back, with the attempt in its trail: due again, or `failed`.",
        Repair.FREE_CLAIM,
        _E,
    ),
    Difference.UPLOAD_WITHOUT_DOCUMENT: Kind(
        "A stored file that the ledger does not know.",
        "Registered: the sensor asks for its run.",
        Repair.REGISTER,
        _E,
    ),
    Difference.STUCK: Kind(
        "Not settled past its patience, and no run holds it.",
        "Made due: the sensor asks for a run.",
        Repair.REQUEST_RUN,
        _E,
    ),
    Difference.DOCUMENT_WITHOUT_PARTITION: Kind(
        "Waiting, or settled within the live window, but without a partition key.",
        "The sensor adds the key and asks for a run.",
        Repair.RECALL,
        _E,
    ),
    Difference.MATERIALIZED_WITHOUT_EXTRACTION: Kind(
        "Dagster shows a validation that the ledger has no result of.",
        "A waiting document is made due; a settled one must be read again from Dagster.",
        Repair.REQUEST_RUN,
        _E,
    ),
    Difference.EXTRACTION_WITHOUT_MATERIALIZATION: Kind(
        "Settled with an extraction, but Dagster shows no validation.",
        "The sensor asks for a run that tells Dagster what the ledger knows.",
        Repair.RECALL,
        _E,
    ),
    Difference.PARTITION_WITHOUT_DOCUMENT: Kind(
        "A partition key the ledger does not know: added by hand, or from another ledger.",
        "Find out whose it is, then delete the key in the UI.",
        Repair.NONE,
        _E,
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """All that disagree in one way, as one comparison saw them."""

    difference: Difference
    count: int
    subjects: tuple[str, ...]
    """Ids, oldest first, at most as many as are repaired at a time. For `not-compared`: what, and why."""
    since: datetime | None = None
    """Since when the oldest is known to disagree."""
