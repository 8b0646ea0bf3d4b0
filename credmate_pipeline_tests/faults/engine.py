"""A `tesseract` on the PATH that passes on to the real one, or fails in the way it is told."""

import os
import shutil
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

_PROGRAM = """#!{shell}
case "$1" in --version|--list-langs) exec {real} "$@";; esac
case "$(cat {folder}/mood)" in
    slow) sleep 1; exec {real} "$@";;
    crash) kill -SEGV $$;;
    hang) exec sleep 600;;
    nothing) cp {folder}/empty.tsv "$2.tsv";;
    *) exec {real} "$@";;
esac
"""


_COLUMNS = (
    "level page_num block_num par_num line_num word_num left top width height conf text".replace(" ", "\t") + "\n"
)


class Mood(StrEnum):
    """How the engine answers."""

    WELL = "well"
    SLOW = "slow"
    """A second later than it would, so that a batch has a middle."""
    CRASH = "crash"
    HANG = "hang"
    NOTHING = "nothing"
    """It ends well and has read no word."""
    MISSING = "missing"
    """It cannot be started, as if it were not there."""


class Tesseract:
    """The program, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        real = shutil.which("tesseract")
        assert real is not None
        folder.mkdir()
        (folder / "empty.tsv").write_text(_COLUMNS)
        self.folder = folder
        self._real = real
        self.mood = Mood.WELL
        self.is_(Mood.WELL)

    def is_(self, mood: Mood) -> None:
        """From now on it answers so."""
        self.mood = mood
        (self.folder / "mood").write_text(mood.value)
        shell = "/nowhere/sh" if mood is Mood.MISSING else "/bin/sh"
        new = self.folder / "tesseract.new"
        new.write_text(_PROGRAM.format(shell=shell, real=self._real, folder=self.folder))
        new.chmod(0o755)
        new.replace(self.folder / "tesseract")

    def path(self) -> str:
        """A PATH on which it comes first, and on which there is no other: where it is missing, none is found."""
        return os.pathsep.join([str(self.folder), str(Path(sys.executable).parent), *self._others()])

    def _others(self) -> Iterator[str]:
        for number, folder in enumerate(os.environ["PATH"].split(os.pathsep)):
            if not (Path(folder) / "tesseract").exists():
                yield folder
                continue
            copy = self.folder.with_name(f"{self.folder.name}-{number}")
            copy.mkdir()
            for program in Path(folder).iterdir():
                if program.name != "tesseract":
                    (copy / program.name).symlink_to(program)
            yield str(copy)
