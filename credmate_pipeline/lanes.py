"""Lanes: child processes that work on one document at a time, within limits, without privileges,
and without network unless an engine is asked over it.

A crash, a hang or an appetite for memory is that document's failure alone. Lanes stay warm between documents and
end with their parent, whatever ends it; what they give up is in `lane_confinement`,
how they enter and leave in `lane_process`.
"""

import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from pebble import ProcessExpired, ProcessPool

from credmate_pipeline.errors import ConfigurationError, CredmateError, LaneFailure, ReasonCode
from credmate_pipeline.lane_confinement import UNCONFINED, Bounds, Confinement, hand_over
from credmate_pipeline.lane_process import LaneAnswer, enter_lane, lane_context, work_in_lane

MOST_FOLDER_BYTES = 107 - len("/pymp-12345678/listener-12345678")
"""Of a socket's path Linux takes 107 bytes; `multiprocessing` adds the rest to the folder for temporary files."""
_RESTARTS = 3
"""How often a pool whose lanes all died or stalled is replaced before its documents are given up."""


@dataclass(frozen=True, slots=True)
class LaneLimits:
    """What a lane may use."""

    lanes: int
    seconds: float
    """Wall time a document."""
    memory_bytes: int
    """Address space a lane and each of its helpers may use."""
    has_network: bool = False
    """Whether lanes keep the network, as an engine in the cloud needs."""
    stall_seconds: float = 30.0
    """Wall time beyond a document's in which something must have ended, or all lanes are replaced."""


@dataclass(frozen=True, slots=True)
class LaneJob:
    """`work(*arguments)` for one document; everything must survive pickling, `work` by its name."""

    key: str
    work: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class LaneResult:
    """What became of a job: its value, or the error that ended it."""

    key: str
    value: Any
    error: CredmateError | None
    peak_bytes: int
    """Largest resident memory so far of the lane plus its largest helper; 0 where the lane died."""
    seconds: float = 0.0
    """Wall time in the lane; the limit where it was stopped, 0 where it crashed."""
    confinement: Confinement = UNCONFINED
    """What the lane could give up; the platform may not allow all of it."""


class Lanes:
    """Warm lanes; opened by `open_lanes`."""

    def __init__(self, open_pool: Callable[[], ProcessPool], limits: LaneLimits, folder: Path) -> None:
        self.folder = folder
        """Private, and removed with the lanes, whatever ends them; files for them to read go here."""
        self._open_pool = open_pool
        self._limits = limits
        self._pool = open_pool()

    def run(self, jobs: Iterable[LaneJob]) -> Iterator[LaneResult]:
        """Every job's result, as each ends. Jobs are taken from the iterable as lanes come free.

        Raises `ConfigurationError` where a job does: nothing else will succeed before the setting is right.
        """
        coming = iter(jobs)
        restarts_left = _RESTARTS
        running: dict[Future[LaneAnswer], LaneJob] = {}
        while True:
            # One job waits for each that runs, so that no lane idles while a result is looked at.
            for job in islice(coming, 2 * self._limits.lanes - len(running)):
                running[self._schedule(job)] = job
            if not running:
                return
            ended, _ = wait(running, self._limits.seconds + self._limits.stall_seconds, FIRST_COMPLETED)
            broken = [running.pop(future) for future in ended if _is_broken(future)]
            for future in ended & running.keys():
                yield _result(running.pop(future), future, self._limits)
            # A lane killed while it took its job leaves the pool locked: nothing would ever end again.
            if broken or not ended:
                broken += running.values()
                running.clear()
                self._restart()
                restarts_left -= 1
            if broken and restarts_left < 0:
                yield from (_crashed(job) for job in broken)
            else:
                running |= {self._schedule(job): job for job in broken}

    def close(self) -> None:
        """Stops every lane, whatever it does."""
        self._pool.stop()
        self._pool.join()

    def _schedule(self, job: LaneJob) -> Future[LaneAnswer]:
        return self._pool.schedule(work_in_lane, args=[job.work, job.arguments], timeout=self._limits.seconds)

    def _restart(self) -> None:
        self.close()
        self._pool = self._open_pool()


def _check_temporary_folder(folder: str) -> None:
    """The server that lanes are forked from is reached by a socket there, and the path of a socket has its limit."""
    if len(os.fsencode(folder)) > MOST_FOLDER_BYTES:
        raise ConfigurationError(
            f"TMPDIR is {folder}, {len(os.fsencode(folder))} bytes long; "
            f"use a folder whose path has at most {MOST_FOLDER_BYTES}."
        )


@contextmanager
def open_lanes(limits: LaneLimits, prepare: Callable[..., None], arguments: tuple[Any, ...] = ()) -> Iterator[Lanes]:
    """Lanes that have each called `prepare(*arguments)` once; stopped at the end, whatever they do.

    Raises `ConfigurationError` where the folder for temporary files has too long a path.
    """
    _check_temporary_folder(gettempdir())
    context = lane_context()
    with TemporaryDirectory(prefix="credmate-lanes-", ignore_cleanup_errors=True) as folder:
        own = Path(folder) / "lanes"
        own.mkdir(mode=0o700)
        hand_over(own)
        bounds = Bounds(limits.memory_bytes, limits.seconds, str(own), limits.has_network)

        def open_pool() -> ProcessPool:
            return ProcessPool(
                max_workers=limits.lanes,
                initializer=enter_lane,
                initargs=[bounds, dict(os.environ), prepare, arguments],
                context=context,
            )

        lanes = Lanes(open_pool, limits, Path(folder))
        try:
            yield lanes
        finally:
            lanes.close()


def _is_broken(future: Future[LaneAnswer]) -> bool:
    return not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)


def _result(job: LaneJob, future: Future[LaneAnswer], limits: LaneLimits) -> LaneResult:
    try:
        answer = future.result()
    except TimeoutError:
        sentence = f"Reading took longer than {limits.seconds:g} seconds (CREDMATE_DOCUMENT_TIMEOUT_SECONDS)."
        failure = LaneFailure(ReasonCode.READER_TIMED_OUT, sentence)
        return LaneResult(job.key, None, failure, 0, limits.seconds)
    except ProcessExpired as expired:
        return _crashed(job, expired.exitcode)
    except CancelledError:
        return _crashed(job)
    if isinstance(answer.error, ConfigurationError):
        raise answer.error
    value = None if answer.error is not None else pickle.loads(answer.pickled_value)  # noqa: S301 - our own lane's
    return LaneResult(job.key, value, answer.error, answer.peak_bytes, answer.seconds, answer.confinement)


def _crashed(job: LaneJob, exit_code: int | None = None) -> LaneResult:
    if exit_code == -signal.SIGXCPU:
        sentence = "Reading took more CPU time than a document may (CREDMATE_DOCUMENT_TIMEOUT_SECONDS)."
        return LaneResult(job.key, None, LaneFailure(ReasonCode.READER_TIMED_OUT, sentence), 0)
    if exit_code == -signal.SIGKILL:
        # Nobody but the kernel's out-of-memory killer sends lanes this signal.
        sentence = "The machine ran out of memory while the document was read; set CREDMATE_LANES lower."
        return LaneResult(job.key, None, LaneFailure(ReasonCode.READER_OUT_OF_MEMORY, sentence), 0)
    how = f" ({signal.Signals(-exit_code).name})" if exit_code is not None and exit_code < 0 else ""
    sentence = f"The reader crashed on this document{how}."
    return LaneResult(job.key, None, LaneFailure(ReasonCode.READER_CRASHED, sentence), 0)
