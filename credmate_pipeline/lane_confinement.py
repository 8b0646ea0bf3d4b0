"""What a lane gives up before it opens anybody's file: memory, time, files, network, writing, being root.

Everything here is the kernel's own and lasts until the process ends; helpers (Tesseract) inherit it. What the
platform does not offer is left out and told: `Confinement` says what holds. Linux offers all of it, also in a
container without privileges; macOS the limits but for memory's.
"""

import ctypes
import math
import os
import resource
import struct
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from platform import machine

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_KEEPCAPS, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 8, 22, 38
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 47, 2
_NOBODY = 65534
_CAP_DAC_READ_SEARCH = 2
_CAPABILITY_VERSION = 0x20080522
_OPEN_FILES = 256
_FILE_BYTES = 1 << 30

# Numbers of the system calls by which a process comes to a socket or into another process.
_REFUSED_CALLS = {
    "x86_64": (0xC000003E, {"socket": 41, "connect": 42, "ptrace": 101, "io_uring_setup": 425}),
    "aarch64": (0xC00000B7, {"socket": 198, "connect": 203, "ptrace": 117, "io_uring_setup": 425}),
}
_X32_CALLS = 0x40000000
_SECCOMP_MODE_FILTER = 2
_SECCOMP_ALLOW, _SECCOMP_EACCES = 0x7FFF0000, 0x00050000 | 13

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_WRITE_FILE = 1 << 1
# Removing, making and truncating, as the kernel's versions learned to refuse them.
_LANDLOCK_WRITES = {1: _LANDLOCK_WRITE_FILE | 0x1FF0, 2: 1 << 13, 3: 1 << 14}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a lane may use."""

    memory_bytes: int
    """Address space."""
    seconds: float
    """CPU time a document."""
    folder: str
    """The one folder it may write to, inside the lanes' own."""
    has_network: bool = False


@dataclass(frozen=True, slots=True)
class Confinement:
    """What holds of this process."""

    is_offline: bool = False
    is_unprivileged: bool = False
    """Not root: it cannot write what belongs to root or to anybody else."""
    writes_in_its_folder_only: bool = False


UNCONFINED = Confinement()


def hand_over(folder: Path) -> None:
    """Gives a folder and what it holds to the user lanes run as, where this process is root."""
    if _drops_root():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)


def confine(bounds: Bounds) -> Confinement:
    """Gives up everything a lane does not need; cannot be undone."""
    tempfile.tempdir = bounds.folder
    os.environ["TMPDIR"] = bounds.folder
    _limit(bounds)
    if sys.platform != "linux":
        return Confinement(is_unprivileged=os.geteuid() != 0)
    libc = ctypes.CDLL(None, use_errno=True)
    has_own_network = not bounds.has_network and _leave_the_network(libc)
    if _drops_root():
        _become_nobody(libc)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    is_write_bound = _bind_writing(libc, bounds.folder)
    has_no_sockets = not bounds.has_network and _refuse_sockets(libc)
    return Confinement(has_own_network or has_no_sockets, os.geteuid() != 0, is_write_bound)


def allow_seconds(seconds: float) -> None:
    """Lets this process use so much more CPU time, for its next document; more ends it with SIGXCPU."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(usage.ru_utime + usage.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _limit(bounds: Bounds) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _lower(resource.RLIMIT_FSIZE, _FILE_BYTES)
    if sys.platform != "darwin":  # macOS knows the limit but refuses to set it.
        resource.setrlimit(resource.RLIMIT_AS, (bounds.memory_bytes, bounds.memory_bytes))


def _lower(limit: int, value: int) -> None:
    _, hard = resource.getrlimit(limit)
    lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (lowest, lowest))


def _leave_the_network(libc: ctypes.CDLL) -> bool:
    """Whether this process now has a network of its own with nothing in it; containers often forbid it."""
    return libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0


def _drops_root() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0


def _become_nobody(libc: ctypes.CDLL) -> None:
    """Turns root into `nobody`, who may still read every file: libraries and documents may lie in root's own home."""
    libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    header = struct.pack("Ii", _CAPABILITY_VERSION, 0)
    reading = 1 << _CAP_DAC_READ_SEARCH
    libc.capset(header, struct.pack("6I", reading, reading, reading, 0, 0, 0))
    libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_READ_SEARCH, 0, 0)  # For helpers, too.


def _bind_writing(libc: ctypes.CDLL, folder: str) -> bool:
    """Whether the kernel (Landlock) now refuses this process to write outside `folder`."""
    version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    handled = 0
    for since, rights in _LANDLOCK_WRITES.items():
        handled |= rights if since <= version else 0
    ruleset = libc.syscall(_LANDLOCK_CREATE, struct.pack("Q", handled), 8, 0)
    if ruleset < 0:
        return False
    try:
        for path, rights in ((folder, handled), (os.devnull, _LANDLOCK_WRITE_FILE)):
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            libc.syscall(_LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", rights, place), 0)
            os.close(place)
        return bool(libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _refuse_sockets(libc: ctypes.CDLL) -> bool:
    """Whether system calls for sockets now fail, also those of the local machine, such as a database's."""
    known = _REFUSED_CALLS.get(machine())
    if known is None:
        return False
    architecture, calls = known
    program = _filter(architecture, tuple(calls.values()))
    buffer = ctypes.create_string_buffer(program, len(program))
    filter_ = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, filter_, 0, 0) == 0)


def _filter(architecture: int, calls: tuple[int, ...]) -> bytes:
    """A program for the kernel: other architectures' calls and those named fail with EACCES, all others go on."""
    load, if_equal, if_at_least, answer = 0x20, 0x15, 0x35, 0x06
    tests = [(if_at_least, _X32_CALLS), *((if_equal, call) for call in calls)]
    refusal = len(tests) + 1  # From the first test on: past all tests and the answer that allows.
    program = [
        (load, 0, 0, 4),
        (if_equal, 0, refusal + 1, architecture),
        (load, 0, 0, 0),
        *((code, refusal - 1 - number, 0, value) for number, (code, value) in enumerate(tests)),
        (answer, 0, 0, _SECCOMP_ALLOW),
        (answer, 0, 0, _SECCOMP_EACCES),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in program)
