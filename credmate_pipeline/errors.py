"""Every error the pipeline raises on purpose, and whether running again can help.

CredmateError
├── PermanentError            the document: running again changes nothing
│   └── UnreadableDocument    no reader can help; the uploader must act
├── TransientError            the world: running again may help
│   ├── StorageUnavailable    uploads or artifacts could not be reached
│   ├── LedgerUnavailable     PostgreSQL could not be reached
│   ├── EngineFailure         the OCR engine broke, not the page
│   ├── LaneFailure           the child process crashed, hung or outgrew its memory
│   └── SpendLimitReached     a call to a paid model would go over a limit; it was not made
├── ConfigurationError        a setting is wrong; nothing runs until it is right
└── LedgerRefusal             the ledger does not allow this move or this claim

Messages are for the person who must act and hold ids, never names, numbers or page text.
"""

from enum import StrEnum


class ReasonCode(StrEnum):
    """Why a document is `unreadable` or `failed`; stored with the document, explained in docs/operations.md."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    EMPTY_FILE = "empty-file"
    NO_PAGES = "no-pages"
    BLANK = "blank"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    FILE_MISSING = "file-missing"
    NOT_A_DOCUMENT = "not-a-document"
    NO_READABLE_FIELDS = "no-readable-fields"
    READER_CRASHED = "reader-crashed"
    READER_TIMED_OUT = "reader-timed-out"
    READER_OUT_OF_MEMORY = "reader-out-of-memory"
    ENGINE_FAILED = "engine-failed"
    STORAGE_UNAVAILABLE = "storage-unavailable"
    INTERNAL_ERROR = "internal-error"


class CredmateError(Exception):
    """Base of every deliberate error."""


class PermanentError(CredmateError):
    """The document is at fault; running again changes nothing."""


class UnreadableDocument(PermanentError):
    """No reader can help; `reason` says why and the message what the uploader can do."""

    def __init__(self, reason: ReasonCode, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message

    def __reduce__(self) -> tuple[type["UnreadableDocument"], tuple[ReasonCode, str]]:
        """Survives the way back from a lane: both arguments are kept."""
        return (type(self), (self.reason, self.message))


class TransientError(CredmateError):
    """The world is at fault; running again may help."""


class StorageUnavailable(TransientError):
    """Uploads or artifacts could not be reached; never read as "nothing there"."""


class LedgerUnavailable(TransientError):
    """PostgreSQL could not be reached."""


class EngineFailure(TransientError):
    """The OCR engine broke: missing, crashed or killed. Not a statement about the page."""


class SpendLimitReached(TransientError):
    """A call to a paid model would go over the day's or the document's limit; it was not made."""


class LaneFailure(TransientError):
    """A lane's child process died or was stopped; `reason` says how."""

    def __init__(self, reason: ReasonCode, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message

    def __reduce__(self) -> tuple[type["LaneFailure"], tuple[ReasonCode, str]]:
        """Survives pickling: both arguments are kept."""
        return (type(self), (self.reason, self.message))


class ConfigurationError(CredmateError):
    """A setting is wrong; the message names the setting, its value and what to do."""


class LedgerRefusal(CredmateError):
    """The ledger does not allow this move: not claimed by this run, or no such transition."""


def reason_of(error: CredmateError | None) -> ReasonCode:
    """The code of what ended a document's attempt."""
    match error:
        case LaneFailure():
            return error.reason
        case EngineFailure():
            return ReasonCode.ENGINE_FAILED
        case StorageUnavailable():
            return ReasonCode.STORAGE_UNAVAILABLE
        case _:
            return ReasonCode.INTERNAL_ERROR
