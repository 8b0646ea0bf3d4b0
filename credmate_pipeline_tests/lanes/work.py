"""What the tests have lanes do; lanes find it by name."""

import ctypes
import gc
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, gettempdir

import psutil
from pebble.pool.channel import WorkerChannel

from credmate_pipeline.errors import ConfigurationError, ReasonCode, UnreadableDocument

prepared: list[int] = []


def prepare() -> None:
    prepared.append(os.getpid())


def prepare_wrongly() -> None:
    raise ConfigurationError("Tesseract was not found.")


def prepare_greedily() -> None:
    bytearray(1 << 40)


def die_while_preparing() -> None:
    os._exit(1)


def kill_every_lane(own_death: bool) -> None:
    """As the kernel short of memory: all lanes at once, idle ones too."""
    for process in psutil.Process(os.getppid()).children():
        if process.pid != os.getpid():
            with suppress(psutil.AccessDenied, psutil.NoSuchProcess):
                process.kill()
    if own_death:
        os.kill(os.getpid(), signal.SIGKILL)


def own_file(name: str) -> Path:
    """A file where lanes may write."""
    return Path(gettempdir()) / name


def die_while_taking_a_job() -> str:
    """As a lane that is killed in the moment between two jobs: the pool's lock is never given back. Only once."""
    died = own_file("died")
    if died.exists():
        return "alive"
    died.touch()
    [channel] = [thing for thing in gc.get_objects() if isinstance(thing, WorkerChannel)]
    with channel.lock():
        os.kill(os.getpid(), signal.SIGKILL)
    return "unreachable"


def double(number: int) -> int:
    return 2 * number


def times_prepared() -> tuple[int, int]:
    return os.getpid(), len(prepared)


def fail_with_page_text() -> None:
    raise ValueError("Holder: Jane Q. Example")


def be_unreadable() -> None:
    raise UnreadableDocument(ReasonCode.ENCRYPTED, "Ask for an unlocked copy.")


def segfault() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(3)


def hang(seconds: float) -> None:
    time.sleep(seconds)


def hang_in_helper() -> None:
    """As a hanging Tesseract: the lane waits for a child process."""
    helper = subprocess.Popen(["sleep", "600"])
    own_file("pid").write_text(str(helper.pid))
    helper.wait()


def die_beside_helper() -> None:
    helper = subprocess.Popen(["sleep", "600"])
    own_file("pid").write_text(str(helper.pid))
    segfault()


def eat_memory() -> int:
    return len(bytearray(1 << 40))


def return_what_cannot_be_sent() -> object:
    return lambda: None


def modules() -> set[str]:
    return set(sys.modules)


def print_to_standard_output() -> None:
    print("noise of a library", flush=True)  # noqa: T201 - that is the point
    os.write(1, b"noise of a library\n")


def connect(port: int) -> str:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return "connected"
    except OSError as error:
        return type(error).__name__


def surroundings() -> dict[str, object]:
    import cv2

    return {
        "nice": os.nice(0),
        "threads": os.environ["OMP_THREAD_LIMIT"],
        "cv2": cv2.getNumThreads(),
        "leads_group": os.getpgrp() == os.getpid(),
    }


def write(path: Path) -> str:
    try:
        path.write_bytes(b"x")
    except OSError as error:
        return type(error).__name__
    return "written"


def write_to_temporary_folder() -> bool:
    with NamedTemporaryFile() as file:
        return write(Path(file.name)) == "written"


def remove(path: Path) -> str:
    try:
        path.unlink()
    except OSError as error:
        return type(error).__name__
    return "removed"


def connect_to_socket_file(path: str) -> str:
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(path)
    except OSError as error:
        return type(error).__name__
    return "connected"


def who() -> tuple[int, int]:
    return os.geteuid(), resource.getrlimit(resource.RLIMIT_NOFILE)[1]


def open_many_files() -> str:
    kept = []
    try:
        for _ in range(1000):
            kept.append(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        return type(error).__name__
    finally:
        for descriptor in kept:
            os.close(descriptor)
    return "opened"


def fill_disk() -> str:
    """Asks for a file of 2 GiB, of which nothing is written."""
    with NamedTemporaryFile() as file:
        try:
            os.ftruncate(file.fileno(), 2 << 30)
        except OSError as error:
            return type(error).__name__
    return "filled"


def outlive_cpu_time() -> None:
    """As a document that used up what it may: the kernel sends this."""
    os.kill(os.getpid(), signal.SIGXCPU)
