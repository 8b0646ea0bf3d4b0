"""Lanes: child processes that work on one document at a time, within a time and a memory limit, without network.

A crash, a hang or an appetite for memory is that document's failure alone. Lanes stay warm between documents and
end with their parent, whatever ends it.
"""

import ctypes
import multiprocessing
import os
import queue
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pebble import ProcessExpired, ProcessPool

from credmate_pipeline.errors import CredmateError, LaneFailure, ReasonCode

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_NICE = 5


@dataclass(frozen=True, slots=True)
class LaneLimits:
    """What a lane may use."""

    lanes: int
    seconds: float
    """Wall time a document."""
    memory_bytes: int
    """Address space a lane and each of its helpers may use."""


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
    """Largest resident memory of the lane so far, its helpers apart; 0 where it died."""


class Lanes:
    """Warm lanes; opened by `open_lanes`."""

    def __init__(self, pool: ProcessPool, limits: LaneLimits) -> None:
        self._pool = pool
        self._limits = limits

    def run(self, jobs: Sequence[LaneJob]) -> Iterator[LaneResult]:
        """Every job's result, as each ends."""
        done: queue.SimpleQueue[tuple[LaneJob, Future[Any]]] = queue.SimpleQueue()
        for job in jobs:
            future = self._pool.schedule(_work, args=[job.work, job.arguments], timeout=self._limits.seconds)
            future.add_done_callback(lambda ended, job=job: done.put((job, ended)))
        for _ in jobs:
            job, future = done.get()
            yield _result(job, future, self._limits)


@contextmanager
def open_lanes(limits: LaneLimits, prepare: Callable[..., None], arguments: tuple[Any, ...] = ()) -> Iterator[Lanes]:
    """Lanes that have each called `prepare(*arguments)` once; stopped at the end, whatever they do."""
    with _main_module_hidden():
        pool = ProcessPool(
            max_workers=limits.lanes,
            initializer=_enter_lane,
            initargs=[os.getpid(), limits.memory_bytes, prepare, arguments],
            context=multiprocessing.get_context("spawn"),
        )
        try:
            yield Lanes(pool, limits)
        finally:
            pool.stop()
            pool.join()


@contextmanager
def _main_module_hidden() -> Iterator[None]:
    """Keeps new lanes from importing the parent's main module, which may be Dagster's and costs seconds."""
    main = sys.modules["__main__"]
    kept = {name: getattr(main, name) for name in ("__spec__", "__file__") if hasattr(main, name)}
    main.__spec__ = None
    main.__dict__.pop("__file__", None)
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(main, name, value)


def _enter_lane(parent: int, memory_bytes: int, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    _leave_the_network(libc)
    prepare(*arguments)


def _leave_the_network(libc: ctypes.CDLL) -> None:
    """A network namespace of its own, with nothing in it, where the platform lets a process have one."""
    if hasattr(libc, "unshare") and libc.unshare(_CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _work(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, CredmateError | None, int]:
    """Runs in the lane. The one place that isolates documents from each other, and so catches everything."""
    error: CredmateError | None = None
    value = None
    try:
        value = work(*arguments)
    except CredmateError as raised:
        error = raised
    except MemoryError:
        error = LaneFailure(ReasonCode.READER_OUT_OF_MEMORY, "The document needs more memory than a lane may use.")
    except Exception as raised:  # noqa: BLE001  # a bug met in one document must not stop the others
        where = _place_of(raised)
        error = LaneFailure(ReasonCode.INTERNAL_ERROR, f"The reader failed with {type(raised).__name__} at {where}.")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return value, error, peak


def _place_of(raised: BaseException) -> str:
    """File and line, without the message: that may quote the page."""
    trace = raised.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "an unknown place" if trace is None else f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"


def _result(job: LaneJob, future: Future[Any], limits: LaneLimits) -> LaneResult:
    failure: LaneFailure
    try:
        value, error, peak = future.result()
    except TimeoutError:
        failure = LaneFailure(
            ReasonCode.READER_TIMED_OUT,
            f"Reading took longer than {limits.seconds:g} seconds (CREDMATE_DOCUMENT_TIMEOUT_SECONDS).",
        )
    except (ProcessExpired, CancelledError):
        failure = LaneFailure(ReasonCode.READER_CRASHED, "The reader crashed on this document.")
    else:
        return LaneResult(job.key, value, error, peak)
    return LaneResult(job.key, None, failure, 0)
