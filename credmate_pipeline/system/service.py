"""One supervised process and all its descendants."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psutil

_GRACE_SECONDS = 10.0
_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Service:
    """A running process, leader of a session of its own; its output goes to `log`."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """Ends the process and everything it started, gently first; returns when all are gone."""
        family = self._family()
        _signal(family, signal.SIGTERM)
        _, alive = psutil.wait_procs(family, timeout=_GRACE_SECONDS)
        _signal(alive, signal.SIGKILL)
        psutil.wait_procs(alive, timeout=_GRACE_SECONDS)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(_GRACE_SECONDS)

    def _family(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            leader = psutil.Process(self.process.pid)
            return [leader, *leader.children(recursive=True)]
        return []


def start_service(
    name: str, command: Sequence[str], *, folder: Path, environment: Mapping[str, str], log: Path
) -> Service:
    """Starts `command` in a session of its own, so that Ctrl-C on the terminal is the supervisor's alone."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Service(name, process, log)


def wait_until(is_true: Callable[[], bool], *, seconds: float) -> bool:
    """Whether the condition came true in time."""
    end = monotonic() + seconds
    while monotonic() < end:
        if is_true():
            return True
        sleep(_POLL_SECONDS)
    return False


def _signal(processes: Sequence[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
