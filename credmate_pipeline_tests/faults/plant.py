"""The real system as `credmate up` starts it, over a PostgreSQL, a storage and an engine that can be broken."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psutil
import pytest
from sqlalchemy import Engine

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.gateways import Gateways, check_gateways, open_gateways
from credmate_pipeline.ledger.connection import ensure_database
from credmate_pipeline.ledger.embedded import start_embedded, stop_embedded
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.schema import migrate
from credmate_pipeline.settings import Settings
from credmate_pipeline.system import dagster_api, family
from credmate_pipeline.system.ports import choose_port
from credmate_pipeline.system.supervisor import LOCATION
from credmate_pipeline_tests.alerts.servers import Received, web_server
from credmate_pipeline_tests.faults.engine import Tesseract
from credmate_pipeline_tests.faults.paperwork import Paperwork
from credmate_pipeline_tests.faults.storage import Storage
from credmate_pipeline_tests.waiting import wait_for

_LAUNCH = """mutation($parameters: ExecutionParams!) { launchRun(executionParams: $parameters) {
  __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }"""
_STATUS = "query($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
PROGRAM = str(Path(sys.executable).parent / "credmate")
SECRET = "a secret of the tests"
START_SECONDS = 300.0
END_SECONDS = 120.0

SHORT: Mapping[str, str] = {
    "CREDMATE_LANES": "1",
    "CREDMATE_SETTLE_SECONDS": "0",
    "CREDMATE_CLAIM_MINUTES": "10",
    "CREDMATE_PATIENCE_MINUTES": "3",
    "CREDMATE_BACKLOG_MINUTES": "0.75",
    "CREDMATE_ALERT_WINDOW_MINUTES": "0.4",
    "CREDMATE_DAEMON_SILENCE_SECONDS": "50",
    "CREDMATE_DOCUMENT_TIMEOUT_SECONDS": "40",
    "CREDMATE_AUDIT_SHARE": "0",
}
"""What takes a quarter of an hour in production takes about a minute here."""


@dataclass
class Plant:
    """The running system and what a test needs to break and to watch it."""

    home: Path
    folder: Path
    """Where `credmate up` was started; its `.env` can be changed while it runs."""
    postgres_home: Path
    url: str
    gateways: Gateways
    receiver: Received
    engine: Tesseract
    storage: Storage | None
    environment: Mapping[str, str]
    in_file: Mapping[str, str]
    """Settings that are in `.env` rather than in the environment, and can so be changed while it runs."""
    papers: Paperwork = field(default_factory=Paperwork)

    @property
    def ledger(self) -> Ledger:
        return self.gateways.ledger

    def configure(self, **changed: str) -> None:
        """Changes the running system's settings, as a person does who edits `.env`; without any, as they were."""
        lines = {**self.in_file, **changed}
        new = self.folder / ".env.new"
        new.write_text("".join(f"{name}={value}\n" for name, value in lines.items()))
        new.replace(self.folder / ".env")

    def members(self, *words: str) -> list[psutil.Process]:
        """The system's processes whose command line holds all `words`."""
        return [one for one in family.members(self.home) if _is_called(one, words)]

    def service(self, name: str) -> psutil.Process:
        words = {"code server": "api grpc", "daemon": "dagster-daemon", "webserver": "dagster-webserver"}
        return wait_for(f"the {name}", lambda: next(iter(self.members(words[name])), None), seconds=60)

    def run_processes(self) -> list[psutil.Process]:
        """The processes of runs that are under way: what the code server, or one before it, has spawned."""
        return [one for one in self.members("spawn_main") if "--multiprocessing-fork" in one.cmdline()]

    def lanes(self) -> list[psutil.Process]:
        """The lanes: children of a fork server that have a child of their own, their guard."""
        parents = {one.pid: _parent_of(one) for one in self.members("multiprocessing.forkserver")}
        are_parents = set(parents.values())
        return [psutil.Process(pid) for pid, parent in parents.items() if parent in parents and pid in are_parents]

    def restart_code_server(self) -> None:
        """Has it read `.env` anew: Dagster keeps what it found there when it was started."""
        old = self.service("code server")
        old.kill()
        old.wait(60)
        wait_for("the new code server", lambda: self.members("api grpc"), seconds=120)

    def launch_run(self, document_id: DocumentId, tags: Mapping[str, str]) -> str:
        """A run over one document, asked for as Dagster's own page would; returns its id."""
        tagged = [{"key": name, "value": value} for name, value in {"dagster/partition": document_id, **tags}.items()]
        selector = {"repositoryLocationName": LOCATION, "repositoryName": "__repository__", "jobName": "journey"}
        parameters = {"selector": selector, "executionMetadata": {"tags": tagged}}
        launched = dagster_api.ask(self.url, _LAUNCH, {"parameters": parameters})["launchRun"]
        assert "run" in launched, launched
        return str(launched["run"]["runId"])

    def run_status(self, run_id: str) -> str:
        return str(dagster_api.ask(self.url, _STATUS, {"id": run_id})["runOrError"]["status"])

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A `credmate` command over the same settings, as a supervisor or cron calls it."""
        return subprocess.run(
            [PROGRAM, *words],
            cwd=self.folder,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=END_SECONDS,
        )


def _parent_of(process: psutil.Process) -> int | None:
    try:
        return process.ppid()
    except psutil.Error:
        return None


def _is_called(process: psutil.Process, words: tuple[str, ...]) -> bool:
    try:
        line = " ".join(process.cmdline())
    except psutil.Error:
        return False
    return all(word in line for word in words)


@contextmanager
def running_plant(
    folder: Path,
    *,
    uploads: Mapping[str, str],
    in_file: Mapping[str, str],
    storage: Storage | None = None,
    more: Mapping[str, str] | None = None,
    prepare: Callable[[Engine], None] = lambda database: None,
) -> Iterator[Plant]:
    """The system, up. `uploads` and `in_file` are settings, `more` what else its processes find around them, and
    `prepare` does something to the database before anybody uses it."""
    with ExitStack() as stack:
        receiver = stack.enter_context(web_server())
        engine = Tesseract(stack.enter_context(_reachable_folder()) / "bin")
        postgres_home = folder / "postgres"
        server = start_embedded(postgres_home)
        stack.callback(stop_embedded, postgres_home)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CREDMATE_")},
            **SHORT,
            **uploads,
            "PATH": engine.path(),
            "CREDMATE_HOME": str(folder / "home"),
            "DATABASE_URL": ensure_database(server, f"faults_{uuid4().hex[:8]}"),
            "CREDMATE_ALERT_WEBHOOK_URL": receiver.url,
            "CREDMATE_ALERT_WEBHOOK_SECRET": SECRET,
            **(more or {}),
        }
        gateways = _gateways(environment, in_file, storage)
        stack.callback(gateways.ledger.close)
        prepare(gateways.ledger.engine)
        port = choose_port(_first_port(), is_insisted=False)
        work = folder / "work"
        work.mkdir()
        plant = Plant(
            home=folder / "home",
            folder=work,
            postgres_home=postgres_home,
            url=f"http://127.0.0.1:{port}",
            gateways=gateways,
            receiver=receiver,
            engine=engine,
            storage=storage,
            environment=environment,
            in_file=in_file,
        )
        plant.configure()
        process = stack.enter_context(_up(plant, port))
        wait_for("the system up", lambda: _is_up(plant, process), seconds=START_SECONDS)
        yield plant


def _first_port() -> int:
    """Where the search for a free port begins: apart for every process of pytest's, which may start at once."""
    return 3400 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


@contextmanager
def _reachable_folder() -> Iterator[Path]:
    """A folder in which the user that lanes run as finds programs: pytest's own folders are shut to others."""
    with TemporaryDirectory(prefix="faults-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def _gateways(environment: Mapping[str, str], in_file: Mapping[str, str], storage: Storage | None) -> Gateways:
    """The test's own way to rows and bytes, past whatever it will break."""
    direct = {} if storage is None else {"CREDMATE_S3_ENDPOINT_URL": storage.server_url}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**environment, **in_file, **direct}.items():
            patch.setenv(name, value)
        settings = Settings()
        migrate(environment["DATABASE_URL"])
        check_gateways(settings)
        return open_gateways(settings)


def _is_up(plant: Plant, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, (plant.folder / "up.log").read_text()
    try:
        return dagster_api.is_ready(plant.url)
    except dagster_api.DagsterUnavailable:
        return False


@contextmanager
def _up(plant: Plant, port: int) -> Iterator[subprocess.Popen[bytes]]:
    with (plant.folder / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [PROGRAM, "up", "--port", str(port)],
            cwd=plant.folder,
            env=dict(plant.environment),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(END_SECONDS)
