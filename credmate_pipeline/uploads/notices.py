"""What a message about stored objects says, decided from its text; and the interface to where such messages wait.

A notice only says where to look: the store itself says what lies there now. Receiving and deleting is in `sqs`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import unquote_plus

from credmate_pipeline.uploads.keys import UPLOADS_PREFIX

# SNS wraps a message once; a wrapping in a wrapping is nobody's.
_WRAPPINGS = 2


class FaultyNotice(ValueError):
    """The text is no notice about a bucket's objects."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object that a notice says was stored."""

    bucket: str
    key: str

    @property
    def uri(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message as its queue hands it out; `receipt` is what deletes it."""

    message_id: str
    receipt: str
    body: str


class UploadNotices(Protocol):
    """Messages about new uploads, each handed out until it is deleted. Both methods raise `StorageUnavailable`
    where the queue does not answer and `ConfigurationError` where it is missing or closed to us."""

    def receive(self) -> Sequence[Notice]:
        """Some messages, none where none waits. Until they are deleted or time is up nobody else gets them."""
        ...

    def delete(self, notices: Sequence[Notice]) -> None:
        """Ends messages whose uploads are in the ledger."""
        ...


def stored_uploads(body: str, bucket: str) -> tuple[StoredObject, ...]:
    """The uploads a message says were stored in `bucket`, each once; none where it tells of other things.

    Raises `FaultyNotice` for a text that is no notice, and for notices of another bucket.
    """
    content = _unwrapped(body)
    if content.get("Event") == "s3:TestEvent":
        return ()
    records = content.get("Records")
    if not isinstance(records, list):
        raise FaultyNotice("It has no Records.")
    return tuple(dict.fromkeys(_uploads(records, bucket)))


def _unwrapped(body: str) -> dict[str, Any]:
    """The notice's own content, out of the envelope SNS puts around it."""
    for _ in range(_WRAPPINGS):
        try:
            content = json.loads(body)
        except ValueError:
            raise FaultyNotice("It is no JSON.") from None
        if not isinstance(content, dict):
            raise FaultyNotice("It is no JSON object.")
        if not isinstance(content.get("Message"), str):
            return content
        body = content["Message"]
    raise FaultyNotice("It is wrapped more than once.")


def _uploads(records: list[Any], bucket: str) -> Iterator[StoredObject]:
    for record in records:
        try:
            event, told = str(record["eventName"]), record["s3"]
            stored = StoredObject(str(told["bucket"]["name"]), unquote_plus(str(told["object"]["key"])))
        except (KeyError, TypeError):
            raise FaultyNotice("A record names no event, bucket or key.") from None
        if stored.bucket != bucket:
            raise FaultyNotice("It tells of another bucket.")
        is_stored = event.removeprefix("s3:").startswith("ObjectCreated:")
        if is_stored and stored.key.startswith(UPLOADS_PREFIX) and not stored.key.endswith("/"):
            yield stored
