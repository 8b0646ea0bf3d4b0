"""The embedded server."""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.ledger.connection import normalize_url
from credmate_pipeline.ledger.embedded import (
    _check_data,
    _Place,
    _place,
    is_embedded_running,
    start_embedded,
    stop_embedded,
    stop_unused,
)
from credmate_pipeline.ledger.ledger import open_ledger
from credmate_pipeline.ledger.schema import migrate


def test_a_server_starts_once_keeps_its_data_and_stops(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = closed / "home"
    url = start_embedded(home, is_durable=False)
    assert start_embedded(home) == url
    migrate(url)
    assert stop_embedded(home)
    assert not is_embedded_running(home)
    assert not stop_embedded(home)
    assert start_embedded(home, is_durable=False) == url
    ledger = open_ledger(url)
    assert ledger.counts_by_status() == {}
    ledger.close()
    assert closed.stat().st_mode & 0o777 == 0o700
    stop_embedded(home)


USE_UNTIL_TOLD = """
import sys
from pathlib import Path
from credmate_pipeline.ledger.embedded import start_embedded, stop_unused
home = Path(sys.argv[1])
start_embedded(home)
print("used", flush=True)
sys.stdin.readline()
print(stop_unused(home), flush=True)
"""


def test_a_server_ends_with_the_last_process_that_uses_it(tmp_path: Path) -> None:
    start_embedded(tmp_path, is_durable=False)
    command = [sys.executable, "-c", USE_UNTIL_TOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "used\n"
        # The other has no connection open, and is a user all the same.
        assert not stop_unused(tmp_path)
        assert is_embedded_running(tmp_path)
        said, _ = other.communicate("\n")
    assert said == "True\n"
    assert not is_embedded_running(tmp_path)


@pytest.fixture
def crashed(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A home with spaces and a quote in its path whose server was killed, and the server's data."""
    home = tmp_path / "the clinic's home"
    start_embedded(home, is_durable=False)
    data = _place(home).data
    server = psutil.Process(int((data / "postmaster.pid").read_text().splitlines()[0]))
    parts = [server, *server.children()]
    for process in parts:
        process.kill()
    psutil.wait_procs(parts, timeout=10)
    yield home, data
    stop_embedded(home)


def test_a_crashed_server_starts_again_though_its_number_is_another_process_by_now(crashed: tuple[Path, Path]) -> None:
    home, data = crashed
    user = data.stat()
    with subprocess.Popen(["sleep", "60"], user=user.st_uid, group=user.st_gid, extra_groups=[]) as other:
        pid_file = data / "postmaster.pid"
        pid_file.write_text("\n".join([str(other.pid), *pid_file.read_text().splitlines()[1:]]) + "\n")
        assert not is_embedded_running(home)
        start_embedded(home, is_durable=False)
        assert is_embedded_running(home)
        assert other.poll() is None
        other.terminate()


def data_at(folder: Path, *, made_by: str = "18", user: str | None = None) -> _Place:
    """A server's place whose data this process owns."""
    folder.mkdir()
    (folder / "PG_VERSION").write_text(f"{made_by}\n")
    return _Place(folder, folder, folder, user or pwd.getpwuid(os.geteuid()).pw_name)


def test_data_postgresql_cannot_run_over_is_refused_with_what_to_do(tmp_path: Path) -> None:
    another = next(user.pw_name for user in pwd.getpwall() if user.pw_uid != os.geteuid())
    with pytest.raises(ConfigurationError, match="made by PostgreSQL 17"):
        _check_data(data_at(tmp_path / "old", made_by="17"))
    with pytest.raises(ConfigurationError, match="belongs to another user"):
        _check_data(data_at(tmp_path / "foreign", user=another))
    _check_data(data_at(tmp_path / "own"))


@pytest.mark.parametrize("address", ["mysql://x/y", "sqlite:///x", "not a url"])
def test_only_postgresql_is_accepted(address: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        normalize_url(address)


def test_the_driver_is_named(tmp_path: Path) -> None:
    assert normalize_url("postgres://u:p@h/d") == "postgresql+psycopg2://u:p@h/d"
