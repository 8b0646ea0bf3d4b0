"""What an upload's or artifact's key may look like. Stores check with these before they write."""

from collections.abc import Iterator
from itertools import count, islice
from pathlib import PurePosixPath

from credmate_pipeline.errors import PermanentError

UPLOADS_PREFIX = "documents/"
"""Every upload's key begins so."""

UNFINISHED_PREFIXES = (".", "~")
UNFINISHED_SUFFIXES = (".part", ".tmp")

# A name tried so often is being fought over; going on would never end.
_NAMES_TRIED = 1000


def is_unfinished(name: str) -> bool:
    """Whether a file of this name is taken for one still being written (or an editor's own)."""
    return name.startswith(UNFINISHED_PREFIXES) or name.lower().endswith(UNFINISHED_SUFFIXES)


def checked_upload_key(key: str) -> str:
    """`key`, if it is `documents/<owner>/<name>` and a listing will find it; `PermanentError` otherwise."""
    parts = checked_key(key).split("/")
    if len(parts) < 3 or parts[0] != UPLOADS_PREFIX.rstrip("/"):
        raise PermanentError("An upload's key must be documents/<owner>/<name>.")
    if is_unfinished(parts[-1]) or any(part.startswith(".") for part in parts):
        raise PermanentError(
            "Files named .…, ~…, ….part or ….tmp are taken for unfinished ones and never read; rename the file."
        )
    return key


def checked_key(key: str) -> str:
    """`key`, if its parts stay inside the store; `PermanentError` otherwise."""
    if "\0" in key or any(part in ("", ".", "..") for part in key.split("/")):
        raise PermanentError("A key must be parts joined by '/', none of them empty, '.' or '..'.")
    return key


def free_keys(key: str) -> Iterator[str]:
    """`key` itself, then `<name> (2)`, `<name> (3)`, …: the names to try where the first is taken."""
    path = PurePosixPath(key)
    numbered = (str(path.with_name(f"{path.stem} ({number}){path.suffix}")) for number in count(2))
    yield key
    yield from islice(numbered, _NAMES_TRIED)
