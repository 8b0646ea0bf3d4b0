"""One supervised process: starting it, and starting it again. Ending it and its descendants is in `family`."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from credmate_pipeline.errors import TransientError

RESTARTS = 6
"""How often a service that ended is started again before the system gives up."""
STEADY_SECONDS = 300.0
"""A service that ran so long is steady: earlier endings are forgotten."""
LONGEST_PAUSE_SECONDS = 30.0

_REAP_SECONDS = 10


class ServiceEnded(TransientError):
    """A process of the system ended or did not come up; the message names its log."""


@dataclass(frozen=True, slots=True)
class Command:
    """What a service runs, and where its output goes."""

    name: str
    words: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    log: Path


class Service:
    """A running process made from its command."""

    def __init__(self, command: Command) -> None:
        self.command = command
        self.process = _start(command)
        self._started_at = monotonic()
        self._restarts = 0

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def require_running(self) -> None:
        """Raises `ServiceEnded` where the process has ended."""
        if not self.is_running:
            raise ServiceEnded(f"{self._ending()}; see {self.command.log}.")

    def revive(self) -> str | None:
        """Starts the process again where it has ended, and says so: at once, and after a pause where it had only
        just been started, so that what it needs (a database that comes back) has time.

        Raises `ServiceEnded` where it was started again `RESTARTS` times without ever being steady.
        """
        ran_seconds = monotonic() - self._started_at
        if self.is_running:
            if ran_seconds > STEADY_SECONDS:
                self._restarts = 0
            return None
        if self._restarts == RESTARTS:
            raise ServiceEnded(f"{self._ending()}, after {RESTARTS} new starts; see {self.command.log}.")
        if ran_seconds < self._pause_seconds():
            return None
        told = f"{self._ending()} and is started again; see {self.command.log}."
        self._restarts += 1
        self.process = _start(self.command)
        self._started_at = monotonic()
        return told

    def _pause_seconds(self) -> float:
        """Time between two starts: none before the first, then longer and longer."""
        return min(2.0**self._restarts, LONGEST_PAUSE_SECONDS) if self._restarts else 0.0

    def reap(self) -> None:
        """Takes note that the process, told to end, has ended."""
        self.process.wait(_REAP_SECONDS)

    def _ending(self) -> str:
        return f"The {self.command.name} ended with code {self.process.returncode}"


def _start(command: Command) -> subprocess.Popen[bytes]:
    command.log.parent.mkdir(parents=True, exist_ok=True)
    with command.log.open("ab") as output:
        return subprocess.Popen(
            command.words,
            cwd=command.folder,
            env=dict(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # A session of its own: Ctrl-C on the terminal is the supervisor's alone.
            start_new_session=True,
        )
