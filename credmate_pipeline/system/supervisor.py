"""The whole system on one machine: embedded PostgreSQL where none is named, webserver and daemon."""

import fcntl
import os
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from credmate_pipeline.errors import ConfigurationError, TransientError
from credmate_pipeline.gateways import check_gateways, database_url
from credmate_pipeline.ledger.embedded import stop_embedded
from credmate_pipeline.ledger.schema import migrate
from credmate_pipeline.settings import Settings
from credmate_pipeline.system.ports import HOST
from credmate_pipeline.system.service import Service, start_service, wait_until

PROJECT = Path(__file__).resolve().parents[2]
"""Where `workspace.yaml` and `dagster.yaml` lie."""

_START_SECONDS = 120.0


class ServiceEnded(TransientError):
    """A process of the system ended or did not come up; the message names its log."""


@dataclass(frozen=True, slots=True)
class System:
    """The running system."""

    services: tuple[Service, ...]
    url: str
    """Address of the Dagster UI."""
    database_url: str

    def check(self) -> None:
        """Raises `ServiceEnded` where one of the processes has ended."""
        for service in self.services:
            if not service.is_running:
                raise ServiceEnded(
                    f"The {service.name} ended with code {service.process.returncode}; see {service.log}."
                )


@contextmanager
def running_system(settings: Settings, *, port: int, stop_database: bool = True) -> Iterator[System]:
    """The system, up and answering; at the end everything that was started is stopped, and nothing else.

    Raises ConfigurationError where a setting is wrong or the same home is in use, `ServiceEnded` where a process
    does not come up.
    """
    home = settings.home.resolve()
    with ExitStack() as stack:
        stack.enter_context(_only_one(home))
        url = database_url(settings)
        if settings.database_url is None and stop_database:
            stack.callback(stop_embedded, home)
        migrate(url)
        check_gateways(settings)
        environment = _environment(home, url)
        logs = home / "logs"
        services: list[Service] = []
        for name, command in _commands(port).items():
            log = logs / f"{name}.log"
            service = start_service(name, command, folder=PROJECT, environment=environment, log=log)
            stack.callback(service.stop)
            services.append(service)
        system = System(tuple(services), f"http://{HOST}:{port}", url)
        if not wait_until(lambda: _answers(system), seconds=_START_SECONDS):
            raise ServiceEnded(f"The webserver did not answer within {_START_SECONDS:g} seconds; see {logs}.")
        yield system


@contextmanager
def _only_one(home: Path) -> Iterator[TextIO]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / ".up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(
                f"The system is already running over {home} (CREDMATE_HOME); stop it or set another home."
            ) from None
        yield lock


def _environment(home: Path, url: str) -> Mapping[str, str]:
    dagster_home = home / "dagster"
    dagster_home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / "dagster.yaml", dagster_home / "dagster.yaml")
    return {
        **os.environ,
        "CREDMATE_HOME": str(home),
        "DATABASE_URL": url,
        "DAGSTER_HOME": str(dagster_home),
        # One line a warning of the libraries below is noise in every process.
        "PYTHONWARNINGS": "ignore",
    }


def _commands(port: int) -> dict[str, list[str]]:
    programs = Path(sys.executable).parent
    workspace = ["-w", str(PROJECT / "workspace.yaml")]
    return {
        "webserver": [
            str(programs / "dagster-webserver"),
            *workspace,
            *("--host", HOST, "--port", str(port), "--live-data-poll-rate", "5000"),
        ],
        "daemon": [str(programs / "dagster-daemon"), "run", *workspace],
    }


def _answers(system: System) -> bool:
    system.check()
    try:
        with urllib.request.urlopen(f"{system.url}/server_info", timeout=5) as answer:  # noqa: S310  # loopback http
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
