"""How a lane's process is born, what it gives up, and what ends with it. What it is given to do is in `lanes`.

Lanes are forked from a server process that has imported the journey once; the parent's main module, which may be
Dagster's, is never imported again. Each lane leads a process group with its helpers (Tesseract) and has a guard:
a tiny process that kills the whole group once the lane or its parent is gone, even if either was killed itself.
"""

import ctypes
import gc
import multiprocessing
import os
import pickle
import resource
import select
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from pkgutil import iter_modules
from time import perf_counter
from types import ModuleType
from typing import Any

from credmate_pipeline.errors import ConfigurationError, CredmateError, LaneFailure, ReasonCode
from credmate_pipeline.extraction import types
from credmate_pipeline.lane_confinement import UNCONFINED, Bounds, Confinement, allow_seconds, confine

_PR_SET_PDEATHSIG = 1
_CV2_NO_MEMORY = -4  # OpenCV's StsNoMem.
_NICE = 5
_PARENT_ENDS_SECONDS = 1.0
"""A parent that is killed ends a moment after its lanes, or before."""
_PRELOADED = ["credmate_pipeline.lane_work", "credmate_pipeline.journey", "credmate_pipeline.ocr.tesseract"]
# The lanes are the parallelism: a library's own threads would only fight for the same cores.
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class LaneAnswer:
    """What a lane sends back; nothing in it can fail to be unpickled but the value, which was tried."""

    pickled_value: bytes
    error: CredmateError | None
    peak_bytes: int
    seconds: float
    confinement: Confinement


@dataclass(slots=True)
class _Lane:
    """The state of this process as a lane."""

    bounds: Bounds | None = None
    confinement: Confinement = UNCONFINED
    failure: CredmateError | None = None
    """Why it cannot work, where `prepare` failed."""


_lane = _Lane()


class _LaneProcess(ForkServerProcess):
    """A process that knows nothing of its parent's main module and whose libraries use one thread."""

    def start(self) -> None:
        with _main_module_hidden(), _environment(_ONE_THREAD):
            super().start()


class _LaneContext(ForkServerContext):
    Process = _LaneProcess


def lane_context() -> ForkServerContext:
    """The way lanes are started."""
    context = _LaneContext()
    context.set_forkserver_preload(
        [*_PRELOADED, *(f"{types.__name__}.{module.name}" for module in iter_modules(types.__path__))]
    )
    return context


@contextmanager
def _main_module_hidden() -> Iterator[None]:
    """Puts an empty main module in place of the parent's, which new processes would import again."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def enter_lane(
    bounds: Bounds, environment: dict[str, str], prepare: Callable[..., None], arguments: tuple[Any, ...]
) -> None:
    """Turns this new process into a lane: guarded, confined and prepared."""
    # The fork server has the environment of the first lane ever started; a lane has its own parent's.
    os.environ.clear()
    os.environ.update({**environment, **_ONE_THREAD})
    os.setpgid(0, 0)
    _start_guard(Path(bounds.folder).parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Libraries write warnings to standard output, which belongs to the command's own results.
    os.dup2(2, 1)
    os.nice(_NICE)
    _lane.bounds = bounds
    _lane.confinement = confine(bounds)
    _end_with_parent()
    _, _lane.failure = _isolated(prepare, arguments)
    # What is loaded by now lives as long as the lane does: the collector need not look at it again.
    gc.freeze()
    if isinstance(_lane.failure, LaneFailure) and _lane.failure.reason is ReasonCode.READER_OUT_OF_MEMORY:
        _lane.failure = ConfigurationError(
            f"A lane cannot start within {bounds.memory_bytes // 1024 // 1024} MB; set CREDMATE_LANE_MEMORY_MB higher."
        )


def work_in_lane(work: Callable[..., Any], arguments: tuple[Any, ...]) -> LaneAnswer:
    """`work(*arguments)`, in the lane; whatever it raises comes back as an error of ours."""
    started = perf_counter()
    if _lane.bounds is not None:
        allow_seconds(_lane.bounds.seconds)
    pickled, error = (b"", _lane.failure) if _lane.failure is not None else _isolated(work, arguments)
    return LaneAnswer(pickled, error, _peak_bytes(), perf_counter() - started, _lane.confinement)


def _isolated(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bytes, CredmateError | None]:
    """The one place that isolates documents from each other, and so catches everything."""
    try:
        return pickle.dumps(work(*arguments), pickle.HIGHEST_PROTOCOL), None
    except CredmateError as error:
        return b"", error
    except Exception as error:  # noqa: BLE001 - a bug met in one document must not stop the others
        return b"", _failure(error)


def _failure(error: Exception) -> LaneFailure:
    """Type and place of an unexpected error, without its message: that may quote the page."""
    is_cv2 = type(error).__module__ == "cv2"
    if isinstance(error, MemoryError) or (is_cv2 and getattr(error, "code", None) == _CV2_NO_MEMORY):
        sentence = "The document needs more memory than a lane may use (CREDMATE_LANE_MEMORY_MB)."
        return LaneFailure(ReasonCode.READER_OUT_OF_MEMORY, sentence)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "an unknown place" if trace is None else f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
    return LaneFailure(ReasonCode.INTERNAL_ERROR, f"The reader failed with {type(error).__name__} at {place}.")


def _peak_bytes() -> int:
    unit = 1 if sys.platform == "darwin" else 1024  # Linux counts in KiB, macOS in bytes.
    own, helpers = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + helpers) * unit


def _end_with_parent() -> None:
    """Has the kernel kill this process with the one that forked it. After all that is given up, which undoes it."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _start_guard(folder: Path) -> None:
    """Forks the guard. Its pipe ends when this process does, in whatever way: no other process holds the end."""
    group = os.getpgrp()
    ended, _alive = os.pipe()
    parent = multiprocessing.parent_process()
    watched = [ended] if parent is None else [ended, parent.sentinel]
    # The sentinel also ends where a parent that goes on forgets an ended lane; this tells of the parent alone.
    parents_end = None
    if parent is not None and parent.pid is not None and sys.platform == "linux":
        try:
            parents_end = os.pidfd_open(parent.pid)
        except ProcessLookupError:
            os._exit(1)  # The parent is gone already; there is nobody to work for.
    if os.fork() == 0:
        _guard(group, watched, parents_end, folder)
    os.close(ended)
    if parents_end is not None:
        os.close(parents_end)


def _guard(group: int, watched: list[int], parents_end: int | None, folder: Path) -> None:
    """Kills the process group once anything watched ends, and then removes what an ended parent left in `folder`:
    documents and pictures of pages. Never returns."""
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _close_all_but([*watched, *([] if parents_end is None else [parents_end])])
        _wait_for(watched, None)
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        if parents_end is not None and _wait_for([parents_end], _PARENT_ENDS_SECONDS):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os._exit(0)


def _wait_for(descriptors: list[int], seconds: float | None) -> bool:
    """Whether one of them ended in so many seconds."""
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


def _close_all_but(kept: list[int]) -> None:
    first = 0
    for descriptor in [*sorted(kept), os.sysconf("SC_OPEN_MAX")]:
        os.closerange(first, descriptor)
        first = descriptor + 1
