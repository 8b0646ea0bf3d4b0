"""What the tests have lanes do; lanes find it by name."""

import ctypes
import gc
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

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
            process.kill()
    if own_death:
        os.kill(os.getpid(), signal.SIGKILL)


def die_while_taking_a_job(died: Path) -> str:
    """As a lane that is killed in the moment between two jobs: the pool's lock is never given back. Only once."""
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


def hang_in_helper(pid_file: Path) -> None:
    """As a hanging Tesseract: the lane waits for a child process."""
    helper = subprocess.Popen(["sleep", "600"])
    pid_file.write_text(str(helper.pid))
    helper.wait()


def die_beside_helper(pid_file: Path) -> None:
    helper = subprocess.Popen(["sleep", "600"])
    pid_file.write_text(str(helper.pid))
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
