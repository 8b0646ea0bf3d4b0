"""Results in a folder of this machine, each written whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

from credmate_pipeline.errors import ConfigurationError, PermanentError
from credmate_pipeline.uploads.folder_tree import storage_errors, uri_of
from credmate_pipeline.uploads.keys import checked_key, is_unfinished
from credmate_pipeline.uploads.local_folder import sync_folder, write_through


class LocalArtifacts:
    """An `ArtifactStore` over the folder `root`, which is made where it is missing."""

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()

    def put(self, key: str, content: bytes) -> str:
        path = self._root / checked_key(key)
        partial = path.with_name(f".{token_hex(8)}.part")
        with storage_errors(self._root):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                write_through(partial, content)
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
            sync_folder(path.parent)
        return uri_of(path)

    def read(self, key: str) -> bytes:
        with storage_errors(self._root):
            try:
                return (self._root / checked_key(key)).read_bytes()
            except FileNotFoundError as error:
                raise PermanentError(
                    f"The artifact {key} is missing; run the document again from its first stage."
                ) from error

    def exists(self, key: str) -> bool:
        with storage_errors(self._root):
            return (self._root / checked_key(key)).is_file()

    def remove_all(self, folder: str) -> None:
        path = self._root / checked_key(folder)
        with storage_errors(self._root):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
                sync_folder(path.parent)

    def keys_between(self, after: str, last: str) -> Iterator[str]:
        if not self._root.is_dir():
            raise ConfigurationError(
                f"The artifacts folder {self._root} does not exist; mount it, or correct CREDMATE_ARTIFACTS_DIR."
            )
        with storage_errors(self._root), os.scandir(self._root) as folders:
            for folder in folders:
                if after < folder.name <= last:
                    yield from self._keys_below(folder.path, folder.name)

    def _keys_below(self, path: str, key: str) -> Iterator[str]:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from self._keys_below(entry.path, f"{key}/{entry.name}")
                elif not is_unfinished(entry.name):
                    yield f"{key}/{entry.name}"
