"""A `tesseract` first on PATH that fails while it is broken, and else is the real one."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = """#!/bin/sh
for word in "$@"; do case "$word" in --version|--list-langs) exec {real} "$@";; esac; done
[ -e {flag} ] && exit 3
exec {real} "$@"
"""


@dataclass(frozen=True, slots=True)
class BreakableTesseract:
    """Broken from the start; `mend` makes it read again."""

    flag: Path

    def mend(self) -> None:
        self.flag.unlink()


def put_first_on_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> BreakableTesseract:
    """A broken Tesseract in `folder`, for this process and those it starts."""
    real = shutil.which("tesseract")
    assert real is not None, "Tesseract is not installed"
    folder.mkdir(parents=True, exist_ok=True)
    flag = folder / "broken"
    flag.touch()
    script = folder / "tesseract"
    script.write_text(SCRIPT.format(real=real, flag=flag))
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return BreakableTesseract(flag)
