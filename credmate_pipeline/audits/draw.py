"""Which settled documents are drawn for an audit. Nothing of a document but its id decides."""

from hashlib import sha256

from credmate_pipeline.documents.document import DocumentId

_DIGITS = 16


def is_drawn(document_id: DocumentId, share: float) -> bool:
    """Whether the document is among the `share` (0–1) drawn; the same document always gives the same answer.

    Who is drawn at a share is drawn at every larger one.
    """
    place = int(sha256(document_id.encode()).hexdigest()[:_DIGITS], 16) / 16**_DIGITS
    return place < share
