"""The whole system on one machine: PostgreSQL where none is named, code server, webserver and daemon."""

import fcntl
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import check_gateways, database_url
from credmate_pipeline.ledger.embedded import is_embedded_running, stop_embedded
from credmate_pipeline.ledger.roles import roles_named
from credmate_pipeline.ledger.schema import migrate
from credmate_pipeline.settings import Settings
from credmate_pipeline.system import dagster_api, family
from credmate_pipeline.system.ports import HOST
from credmate_pipeline.system.service import Command, Service, ServiceEnded

PROJECT = Path(__file__).resolve().parents[2]
"""Where `dagster.yaml` lies."""

LOCATION = "credmate_pipeline"
"""The code location's name, as in `workspace.yaml`."""

_START_SECONDS = 180.0
_POLL_SECONDS = 0.2
_GRPC_SECONDS = "300"


@dataclass(frozen=True, slots=True)
class Restart:
    """A service that ended and was started again."""

    service: str
    told: str
    """How it ended, and where its log is."""


@dataclass(frozen=True, slots=True)
class System:
    """The running system."""

    services: tuple[Service, ...]
    url: str
    """Address of the Dagster UI."""
    database_url: str
    logs: Path

    def keep_up(self) -> list[Restart]:
        """Starts again what has ended, and says what. Raises `ServiceEnded` where that happens too often."""
        revived = ((service.command.name, service.revive()) for service in self.services)
        return [Restart(name, told) for name, told in revived if told is not None]


@contextmanager
def running_system(settings: Settings, *, port: int) -> Iterator[System]:
    """The system, up and answering; at the end everything that was started is stopped, and nothing else.

    Raises ConfigurationError where a setting is wrong or the same home is in use, `ServiceEnded` where a process
    does not come up.
    """
    home = settings.home.resolve()
    with ExitStack() as stack:
        stack.enter_context(_only_one(home))
        stack.enter_context(_end_of_all_started(home, has_own_database=settings.database_url is None))
        url = database_url(settings)
        migrate(url, roles_named(settings.role_prefix))
        check_gateways(settings)
        sockets = Path(stack.enter_context(TemporaryDirectory(prefix="credmate-")))
        services = stack.enter_context(_services(home))
        yield _start(_Plan(home, sockets / "code.sock", port, _environment(settings, home, url)), services)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the services of one start live."""

    home: Path
    code_socket: Path
    """A unix socket in a folder of the owner's: whoever reaches it can run code."""
    port: int
    environment: Mapping[str, str]

    def command(self, name: str, *words: str) -> Command:
        program = str(Path(sys.executable).parent / words[0])
        log = self.home / "logs" / f"{name.replace(' ', '-')}.log"
        return Command(name, (program, *words[1:]), self.environment, Path.cwd(), log)


@contextmanager
def _services(home: Path) -> Iterator[list[Service]]:
    """A list for services as they are started; at the end they are ended with all they started."""
    services: list[Service] = []
    try:
        yield services
    finally:
        family.end_all(home)
        for service in services:
            service.reap()


def _start(plan: _Plan, services: list[Service]) -> System:
    """All services, in the order they need each other, waited for until documents would move."""
    url, logs = f"http://{HOST}:{plan.port}", plan.home / "logs"
    workspace = _write_workspace(plan)
    code = ("dagster", "api", "grpc", "--module-name", f"{LOCATION}.definitions", "--location-name", LOCATION)
    services.append(Service(plan.command("code server", *code, "--socket", str(plan.code_socket))))
    _wait(services, lambda: _listens(plan.code_socket), what="code server", logs=logs)
    address = ("--host", HOST, "--port", str(plan.port), "--live-data-poll-rate", "5000")
    services.append(Service(plan.command("webserver", "dagster-webserver", "-w", str(workspace), *address)))
    services.append(Service(plan.command("daemon", "dagster-daemon", "run", "-w", str(workspace))))
    _wait(services, lambda: _is_ready(url), what="system", logs=logs)
    return System(tuple(services), url, plan.environment["DATABASE_URL"], logs)


def _wait(services: Sequence[Service], is_true: Callable[[], bool], *, what: str, logs: Path) -> None:
    end = monotonic() + _START_SECONDS
    while not is_true():
        for service in services:
            service.require_running()
        if monotonic() > end:
            raise ServiceEnded(f"The {what} did not come up within {_START_SECONDS:g} seconds; see {logs}.")
        sleep(_POLL_SECONDS)


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def _is_ready(url: str) -> bool:
    try:
        problem = dagster_api.code_problem(url)
        if problem is not None:
            raise ServiceEnded(f"Dagster cannot load the pipeline: {problem}")
        return dagster_api.is_ready(url)
    except dagster_api.DagsterUnavailable:
        return False


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / ".up.lock").open("w")
    except OSError as error:
        raise ConfigurationError(f"CREDMATE_HOME is {home}, which cannot be written: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(
                f"The system is already running over {home} (CREDMATE_HOME); stop it or set another home."
            ) from None
        yield


@contextmanager
def _end_of_all_started(home: Path, *, has_own_database: bool) -> Iterator[None]:
    """Ends what a killed supervisor left behind, and at last the database, unless someone else started that."""
    unfinished = home / ".up.unfinished"
    family.end_all(home)
    is_anothers = has_own_database and is_embedded_running(home) and not unfinished.exists()
    unfinished.touch()
    try:
        yield
    finally:
        if has_own_database and not is_anothers:
            stop_embedded(home)
        unfinished.unlink(missing_ok=True)


def _environment(settings: Settings, home: Path, url: str) -> Mapping[str, str]:
    """The caller's environment and settings, told to every service in full."""
    dagster_home = home / "dagster"
    dagster_home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / "dagster.yaml", dagster_home / "dagster.yaml")
    return {
        **os.environ,
        **family.mark(home),
        "CREDMATE_HOME": str(home),
        "CREDMATE_UPLOADS": settings.uploads,
        "CREDMATE_UPLOADS_DIR": str(settings.uploads_folder),
        "CREDMATE_ARTIFACTS_DIR": str(settings.artifacts_folder),
        "DATABASE_URL": url,
        "DAGSTER_HOME": str(dagster_home),
        # A busy machine takes longer than Dagster's minute to start a run's process, which would be started twice.
        "DAGSTER_GRPC_TIMEOUT_SECONDS": os.environ.get("DAGSTER_GRPC_TIMEOUT_SECONDS", _GRPC_SECONDS),
        # Warnings of the libraries below are noise in every process.
        "PYTHONWARNINGS": "ignore",
    }


def _write_workspace(plan: _Plan) -> Path:
    """Webserver and daemon share one code server."""
    path = plan.code_socket.with_name("workspace.yaml")
    entry = f"  - grpc_server:\n      socket: {plan.code_socket}\n      location_name: {LOCATION}\n"
    path.write_text(f"load_from:\n{entry}")
    return path
