"""Services that are started, started again and ended, with everything they started themselves."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.system import family, ports
from credmate_pipeline.system import service as services
from credmate_pipeline.system.ports import choose_port, is_free
from credmate_pipeline.system.service import RESTARTS, Command, Service, ServiceEnded
from credmate_pipeline_tests.waiting import wait_for

StartService = Callable[[str], Service]

ORPHAN = "import subprocess, sys; print(subprocess.Popen(['sleep', '60'], start_new_session=True).pid, flush=True)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def service(home: Path) -> Iterator[StartService]:
    """Starts Python code as a service; ended with the test."""
    started: list[Service] = []

    def start(code: str) -> Service:
        environment = {**os.environ, **family.mark(home)}
        log = home / "logs" / "sleeper.log"
        started.append(Service(Command("sleeper", (sys.executable, "-c", code), environment, home, log)))
        return started[-1]

    yield start
    family.end_all(home)
    for one in started:
        one.reap()


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_the_next_free_port_is_taken_where_the_usual_one_is_busy(busy_port: int) -> None:
    chosen = choose_port(busy_port, is_insisted=False)
    assert chosen > busy_port
    assert is_free(chosen)


def test_a_busy_port_that_is_insisted_on_is_named(busy_port: int) -> None:
    with pytest.raises(ConfigurationError, match=f"Port {busy_port}"):
        choose_port(busy_port, is_insisted=True)


def test_ports_that_are_all_busy_are_named_as_they_were_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    monkeypatch.setattr(ports, "is_free", tried.append)
    with pytest.raises(ConfigurationError, match="all in use") as refused:
        choose_port(3000, is_insisted=False)
    assert f"Ports {tried[0]} to {tried[-1]} are" in str(refused.value)
    assert tried == list(range(3000, 3020))


def test_a_service_writes_its_log(service: StartService) -> None:
    started = service("print('hello')")
    started.process.wait(20)
    assert started.command.log.read_text() == "hello\n"


def test_a_service_that_ends_is_started_again_and_in_the_end_given_up(
    service: StartService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "LONGEST_PAUSE_SECONDS", 0.0)
    ending = service("raise SystemExit(3)")
    for _ in range(RESTARTS):
        ending.process.wait(20)
        told = ending.revive()
        assert told is not None
        assert "sleeper ended with code 3" in told
        assert "sleeper.log" in told
    ending.process.wait(20)
    with pytest.raises(ServiceEnded, match=r"sleeper\.log"):
        ending.revive()


def test_a_service_that_ends_again_at_once_is_given_time(service: StartService) -> None:
    ending = service("raise SystemExit(3)")
    ending.process.wait(20)
    assert ending.revive() is not None
    ending.process.wait(20)
    assert ending.revive() is None
    wait_for("the end of the service", lambda: ending.revive() is not None, seconds=20)


def test_a_service_that_was_steady_is_not_given_up_for_endings_long_ago(
    service: StartService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "RESTARTS", 1)
    monkeypatch.setattr(services, "STEADY_SECONDS", 0.0)
    running = service("import time; time.sleep(60)")
    for _ in range(3):
        running.process.kill()
        running.process.wait(20)
        wait_for("the end of the service", lambda: running.revive() is not None, seconds=20)
        assert running.revive() is None


def test_a_service_that_runs_is_left_alone(service: StartService) -> None:
    running = service("import time; time.sleep(60)")
    pid = running.process.pid
    assert running.revive() is None
    assert running.process.pid == pid


def test_what_outlived_its_parent_is_ended_too(home: Path, service: StartService) -> None:
    parent = service(ORPHAN)
    parent.process.wait(20)
    orphan = psutil.Process(int(parent.command.log.read_text()))
    assert orphan.is_running()
    assert family.end_all(home) == 1
    wait_for("the end of the orphan", lambda: not orphan.is_running(), seconds=20)


def test_a_process_deaf_to_a_gentle_end_is_killed(
    home: Path, service: StartService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(family, "_GRACE_SECONDS", 0.3)
    deaf = service(DEAF)
    wait_for("the service up", lambda: deaf.command.log.read_text() == "up\n", seconds=20)
    family.end_all(home)
    wait_for("the end of the service", lambda: not psutil.pid_exists(deaf.process.pid), seconds=20)


def test_processes_of_another_home_are_left_alone(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    bystander = subprocess.Popen(["sleep", "60"], env={**os.environ, **family.mark(other)})
    try:
        family.end_all(home)
        assert bystander.poll() is None
    finally:
        assert family.end_all(other) == 1
        bystander.wait(20)
