"""Every process that belongs to the system of one home, found by a mark in its environment, and how they end.

The mark is inherited, so that it also finds what has outlived its parent: a run, a lane, a code server.
"""

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

MARK = "CREDMATE_SUPERVISED_HOME"
_GRACE_SECONDS = 15.0


def mark(home: Path) -> dict[str, str]:
    """What a process of this home's system carries in its environment."""
    return {MARK: str(home.resolve())}


def members(home: Path) -> list[psutil.Process]:
    """The processes of this home's system, but for the caller."""
    wanted = str(home.resolve())
    return [process for process in psutil.process_iter() if _mark_of(process) == wanted and process.pid != os.getpid()]


def end_all(home: Path) -> int:
    """Ends every process of this home's system, gently first; returns how many there were."""
    found = members(home)
    _signal(found, signal.SIGTERM)
    psutil.wait_procs(found, timeout=_GRACE_SECONDS)
    # What a process started while it was ending is not in `found`.
    while remaining := members(home):
        _signal(remaining, signal.SIGKILL)
        psutil.wait_procs(remaining, timeout=_GRACE_SECONDS)
    return len(found)


def _mark_of(process: psutil.Process) -> str | None:
    # Other users' processes cannot be looked into, and a zombie's environment is empty.
    with suppress(psutil.Error, OSError):
        return process.environ().get(MARK)
    return None


def _signal(processes: Sequence[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
