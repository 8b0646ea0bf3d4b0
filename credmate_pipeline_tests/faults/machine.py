"""What of the machine can be tampered with: a disk that fills, a clock that jumps."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

_SIZE = "2m"
_LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/local/lib/faketime/libfaketimeMT.so.1")


def can_mount() -> bool:
    """Whether this user may have a small disk of its own."""
    return sys.platform == "linux" and os.geteuid() == 0


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """The folder, on a disk of two megabytes where this user may mount one, else as it is."""
    folder.mkdir()
    if not can_mount():
        yield folder
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Fills the disk the folder is on; removing the file that is returned gives the space back."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return filler


def movable_clock(told: Path) -> Mapping[str, str]:
    """What processes are told so that their clock follows the file; nothing where libfaketime is not installed."""
    found = [path for pattern in _LIBRARIES for path in Path("/").glob(pattern.removeprefix("/"))]
    if not found:
        return {}
    return {
        "LD_PRELOAD": str(found[0]),
        "FAKETIME_TIMESTAMP_FILE": str(told),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DONT_RESET": "1",
        "NO_FAKE_STAT": "1",
    }


def move_clock(told: Path, offset: str) -> None:
    """Has the clock of everything that follows the file jump, for example by `+1h`."""
    if not movable_clock(told):
        pytest.fail("libfaketime is not installed; on Debian: apt-get install faketime")
    told.write_text(offset)
