"""Plain Dagster commands in a fresh checkout: they load everything, and leave no server behind."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from credmate_pipeline.ledger.embedded import is_embedded_running, stop_embedded
from credmate_pipeline.system import family
from credmate_pipeline.system.dagster_api import DagsterUnavailable, code_problem, is_ready
from credmate_pipeline_tests.waiting import wait_for

BIN = Path(sys.executable).parent
COMMANDS = {
    "dagster definitions validate": "All code locations passed validation",
    "dg check defs": "All definitions loaded successfully",
}


@pytest.fixture
def fresh_shell(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who has set nothing; what is made goes into a folder of the test's own."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "HOME": str(tmp_path),
        "CREDMATE_HOME": str(tmp_path / "var"),
        "VIRTUAL_ENV": str(BIN.parent),
        "COLUMNS": "200",
    }


@pytest.mark.timeout(180)
def test_plain_dagster_loads_a_fresh_checkout_and_leaves_no_server_behind(
    project: Path, tmp_path: Path, fresh_shell: dict[str, str]
) -> None:
    started = {
        words: subprocess.Popen(
            [str(BIN / words.split()[0]), *words.split()[1:]],
            cwd=project,
            env=fresh_shell,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for words in COMMANDS
    }
    said = {words: process.communicate()[0] for words, process in started.items()}
    assert {words: process.returncode for words, process in started.items()} == dict.fromkeys(COMMANDS, 0), said
    assert {words: told in said[words] for words, told in COMMANDS.items()} == dict.fromkeys(COMMANDS, True), said
    assert not is_embedded_running(tmp_path / "var")


@pytest.fixture
def checkout(project: Path, tmp_path: Path) -> Path:
    """What Dagster finds in a fresh checkout, in a folder where whatever it leaves behind is seen."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("credmate_pipeline", "dagster.yaml", "pyproject.toml", "workspace.yaml"):
        (folder / name).symlink_to(project / name)
    return folder


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers_with_the_code_loaded(url: str, dev: subprocess.Popen[bytes]) -> bool:
    assert dev.poll() is None, "dagster dev has ended"
    with suppress(DagsterUnavailable):
        return is_ready(url)
    return False


@pytest.mark.timeout(180)
def test_dagster_dev_serves_a_fresh_checkout_and_leaves_nothing_behind(
    checkout: Path, tmp_path: Path, fresh_shell: dict[str, str]
) -> None:
    home, port, before = tmp_path / "var", unused_port(), set(checkout.iterdir())
    with (tmp_path / "dev.log").open("wb") as log:
        dev = subprocess.Popen(
            [str(BIN / "dagster"), "dev", "--host", "127.0.0.1", "--port", str(port)],
            cwd=checkout,
            env={**fresh_shell, **family.mark(home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for("the code loaded", lambda: answers_with_the_code_loaded(url, dev), seconds=120)
        assert code_problem(url) is None
        assert is_embedded_running(home)
        dev.send_signal(signal.SIGINT)
        assert dev.wait(60) == 0
        wait_for("the end of all it started", lambda: not family.members(home), seconds=20)
    except AssertionError as error:
        error.add_note((tmp_path / "dev.log").read_text("utf-8"))
        raise
    finally:
        family.end_all(home)
        dev.wait(20)
        is_server_left = stop_embedded(home)
    assert not is_server_left
    assert set(checkout.iterdir()) == before
