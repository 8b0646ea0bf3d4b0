"""What the S3 listing remembers between two calls. How it walks is in `s3`."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.uploads.store import Upload

_FORMAT = 1
# An object of several parts carries the instant at which its upload began, and clocks differ.
_OVERLAP = timedelta(hours=1)


@dataclass(slots=True)
class BucketCursor:
    """One call's working copy of the memory; instants are seconds since 1970.

    A *round* walks once through all keys, in order, over as many calls as it takes.
    """

    after: str = ""
    """The round goes on after this key."""
    since: float = 0.0
    """Everything stored before has been listed by earlier rounds."""
    started: float | None = None
    """When the present round began; None between two."""
    recent: dict[str, float] = field(default_factory=dict)
    """Marks of the uploads already listed that were stored after `since`, with that instant."""

    def is_resting(self, now: datetime, rest: timedelta) -> bool:
        """Whether no round is under way and the last one began less than `rest` ago."""
        return self.started is None and now.timestamp() < self.since + (_OVERLAP + rest).total_seconds()

    def begin(self, now: datetime) -> None:
        """Begins a round unless one is under way."""
        if self.started is None:
            self.started = now.timestamp()

    def is_new(self, upload: Upload) -> bool:
        """Whether no earlier round can have listed this version."""
        return upload.stored_at.timestamp() >= self.since and _mark(upload) not in self.recent

    def note_listed(self, upload: Upload) -> None:
        if self.started is not None and upload.stored_at.timestamp() >= self.started - _OVERLAP.total_seconds():
            self.recent[_mark(upload)] = upload.stored_at.timestamp()

    def end(self) -> None:
        """Ends the round: what was stored well before it began need not be looked at again."""
        if self.started is not None:
            self.since = self.started - _OVERLAP.total_seconds()
        self.recent = {mark: stored for mark, stored in self.recent.items() if stored >= self.since}
        self.after, self.started = "", None

    def to_text(self) -> str:
        return json.dumps(
            {
                "format": _FORMAT,
                "after": self.after,
                "since": self.since,
                "started": self.started,
                "recent": self.recent,
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_text(cls, text: str | None) -> "BucketCursor":
        """The memory written by `to_text`, an empty one for None."""
        if text is None:
            return cls()
        try:
            memory = json.loads(text)
            if memory["format"] != _FORMAT:
                raise ValueError("another format")
            return cls(memory["after"], memory["since"], memory["started"], dict(memory["recent"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(
                "The cursor of the bucket was not written by this store; clear it to list from the beginning."
            ) from error


def _mark(upload: Upload) -> str:
    return blake2b(f"{upload.key}\0{upload.version}".encode(errors="surrogatepass"), digest_size=8).hexdigest()
