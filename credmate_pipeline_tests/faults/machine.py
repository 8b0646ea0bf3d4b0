"""What of the machine can be tampered with: a disk that fills, a clock that jumps."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, text

_SIZE = "2m"


@cache
def can_mount() -> bool:
    """Whether this user may have a small disk of its own; root in a container often may not."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    with TemporaryDirectory() as folder:
        if subprocess.run(_mounting(Path(folder)), capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", folder], check=True)
        return True


def _mounting(folder: Path) -> list[str]:
    return ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)]


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """The folder, on a disk of two megabytes where this user may mount one, else as it is."""
    folder.mkdir()
    if not can_mount():
        yield folder
        return
    subprocess.run(_mounting(folder), check=True)
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


def make_clock_movable(database: Engine) -> None:
    """Puts a clock before the database's, which is the one the pipeline asks, for all who connect from now on."""
    name = database.url.database
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE moved_clock (by interval NOT NULL)"))
        connection.execute(text("INSERT INTO moved_clock VALUES ('0')"))
        connection.execute(
            text(
                "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS "
                "'SELECT pg_catalog.clock_timestamp() + by FROM public.moved_clock'"
            )
        )
        connection.execute(text(f'ALTER DATABASE "{name}" SET search_path = public, pg_catalog'))
    database.dispose()


def move_clock(database: Engine, by: timedelta) -> None:
    """Has the clock jump for everybody at once."""
    with database.begin() as connection:
        connection.execute(text("UPDATE public.moved_clock SET by = :by"), {"by": by})
