"""The states of a document and the moves between them: the one table the database trigger is made from."""

from enum import StrEnum


class DocumentStatus(StrEnum):
    """One honest state a document; the first six words are read by the product's portal."""

    UPLOADED = "uploaded"
    REVIEW_PENDING = "review_pending"
    COMPLETED = "completed"
    REVIEW_APPROVED = "review_approved"
    APPROVED = "approved"
    UNSUPPORTED = "unsupported"
    REVIEW_REJECTED = "review_rejected"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    PURGED = "purged"
    """Its values and bytes were removed on request; nothing leaves this state."""


_S = DocumentStatus

_WORKING_MOVES: dict[DocumentStatus, frozenset[DocumentStatus]] = {
    _S.UPLOADED: frozenset({_S.REVIEW_PENDING, _S.COMPLETED, _S.UNSUPPORTED, _S.UNREADABLE, _S.DUPLICATE, _S.FAILED}),
    _S.REVIEW_PENDING: frozenset({_S.UPLOADED, _S.REVIEW_APPROVED, _S.REVIEW_REJECTED}),
    _S.COMPLETED: frozenset({_S.UPLOADED, _S.APPROVED, _S.REVIEW_PENDING, _S.REVIEW_APPROVED, _S.REVIEW_REJECTED}),
    _S.REVIEW_APPROVED: frozenset({_S.APPROVED, _S.REVIEW_PENDING}),
    _S.APPROVED: frozenset({_S.REVIEW_PENDING}),
    _S.UNSUPPORTED: frozenset({_S.UPLOADED, _S.REVIEW_PENDING}),
    _S.REVIEW_REJECTED: frozenset({_S.REVIEW_PENDING}),
    _S.UNREADABLE: frozenset({_S.UPLOADED}),
    _S.DUPLICATE: frozenset({_S.UPLOADED}),
    _S.FAILED: frozenset({_S.UPLOADED}),
}

ALLOWED_MOVES: dict[DocumentStatus, frozenset[DocumentStatus]] = {
    **{before: afters | {_S.PURGED} for before, afters in _WORKING_MOVES.items()},
    _S.PURGED: frozenset(),
}
"""From each status, the statuses it may move to; everything else is refused by the database."""

NEEDS_EXTRACTION = frozenset({_S.REVIEW_PENDING, _S.COMPLETED, _S.REVIEW_APPROVED, _S.APPROVED, _S.REVIEW_REJECTED})
"""Statuses that cannot exist without a stored, evidenced extraction."""

SETTLED = frozenset(DocumentStatus) - {_S.UPLOADED}
"""Statuses in which the pipeline has nothing more to do by itself."""

DECIDED_BY_A_PERSON = frozenset({_S.REVIEW_APPROVED, _S.REVIEW_REJECTED, _S.APPROVED})
"""Statuses in which a person decided on what was read; a later automatic reading never overwrites them."""
