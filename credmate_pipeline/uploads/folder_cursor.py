"""What the local folder's listing remembers between two calls. How it walks is in `folder_walk`."""

import json
from dataclasses import dataclass, field
from hashlib import blake2b

from credmate_pipeline.errors import ConfigurationError

_FORMAT = 1


@dataclass(slots=True)
class FolderCursor:
    """One call's working copy of the memory; instants are nanoseconds since 1970.

    A *pass* looks once at every folder that changed; it may take several calls. A *round* looks bit by bit at
    the folders that did not change, for files overwritten in place, which leave no mark on their folder.
    """

    since: int = 0
    """Every file whose last change is older has been listed, in the folders known."""
    known: set[str] = field(default_factory=set)
    """Marks of the folders listed so far; a folder moved in may hold files older than `since`."""
    nested: set[str] = field(default_factory=set)
    """Folders below the owners' own."""
    watched: dict[str, int] = field(default_factory=dict)
    """Folders to look at though they did not change, each with the instant since which to list."""
    pass_started: int | None = None
    pass_folder: str = ""
    pass_file: str = ""
    """The pass goes on with `pass_folder`, after this file."""
    round_since: int = 0
    round_started: int = 0
    round_folder: str = ""
    """The round goes on with this folder."""

    def to_text(self) -> str:
        return json.dumps(
            {
                "format": _FORMAT,
                "since": self.since,
                "known": sorted(self.known),
                "nested": sorted(self.nested),
                "watched": self.watched,
                "pass": [self.pass_started, self.pass_folder, self.pass_file],
                "round": [self.round_since, self.round_started, self.round_folder],
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_text(cls, text: str | None) -> "FolderCursor":
        """The memory written by `to_text`, an empty one for None."""
        if text is None:
            return cls()
        try:
            memory = json.loads(text)
            if memory["format"] != _FORMAT:
                raise ValueError("another format")
            return cls(
                memory["since"],
                set(memory["known"]),
                set(memory["nested"]),
                dict(memory["watched"]),
                *memory["pass"],
                *memory["round"],
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(
                "The cursor of the uploads folder was not written by this store; clear it to list from the beginning."
            ) from error


def folder_mark(folder: str, inode: int) -> str:
    """Short text that differs for another folder at the same path and for the same folder at another path."""
    named = f"{folder}\0{inode}".encode(errors="surrogatepass")
    return blake2b(named, digest_size=6).hexdigest()
