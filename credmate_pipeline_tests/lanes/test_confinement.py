"""What a lane can no longer do. On Linux all of it holds, also without privileges."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from credmate_pipeline.errors import LaneFailure, ReasonCode
from credmate_pipeline.lane_confinement import Bounds, allow_seconds, confine
from credmate_pipeline.lanes import LaneJob, LaneLimits, LaneResult, Lanes, open_lanes
from credmate_pipeline_tests.lanes import work

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems confine less, and say so")

LIMITS = LaneLimits(lanes=1, seconds=30, memory_bytes=3 << 30)


@pytest.fixture(scope="module")
def lanes() -> Iterator[Lanes]:
    with open_lanes(LIMITS, work.prepare) as opened:
        yield opened


def done(lanes: Lanes, what: Any, *arguments: object) -> LaneResult:
    [result] = lanes.run([LaneJob("a", what, arguments)])
    assert result.error is None
    return result


def test_a_lane_says_what_it_gave_up(lanes: Lanes) -> None:
    held = done(lanes, work.double, 1).confinement
    assert held.is_offline
    assert held.is_unprivileged


def test_a_lane_is_not_root_and_may_open_few_files(lanes: Lanes) -> None:
    user, files = done(lanes, work.who).value
    assert user != 0
    assert files == 256
    assert done(lanes, work.open_many_files).value == "OSError"


def test_a_lane_writes_nowhere_but_into_its_own_folder(lanes: Lanes, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    tmp_path.chmod(0o777)
    (tmp_path / "theirs").chmod(0o666)
    (lanes.folder / "document").write_bytes(b"document")
    attempts = [(work.write, tmp_path / "new"), (work.write, tmp_path / "theirs"), (work.remove, tmp_path / "theirs")]
    attempts += [(work.write, lanes.folder / "document"), (work.write, lanes.folder / "beside")]
    said = {done(lanes, what, path).value for what, path in attempts}
    if not done(lanes, work.double, 1).confinement.writes_in_its_folder_only:
        pytest.skip("this kernel has no Landlock; a lane is bound by its user's rights alone")
    assert said <= {"PermissionError"}
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert done(lanes, work.write_to_temporary_folder).value


def test_a_lane_reaches_no_socket_of_this_machine_either(lanes: Lanes, tmp_path: Path) -> None:
    path = tmp_path / "s"
    os.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server, socket.create_server(("127.0.0.1", 0)) as listening:
        server.bind(path.name)
        path.chmod(0o777)
        server.listen()
        listening.setblocking(False)
        assert done(lanes, work.connect_to_socket_file, str(path)).value == "PermissionError"
        assert done(lanes, work.connect, listening.getsockname()[1]).value != "connected"
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_a_lane_cannot_fill_the_disk(lanes: Lanes) -> None:
    assert done(lanes, work.fill_disk).value == "OSError"


def ended(what: Callable[[], bool]) -> int:
    """How a child process ends that does this: 0 where it is true, minus the signal's number where one ends it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if what() else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def burned(seconds: float) -> bool:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return True


def test_a_document_that_burns_cpu_time_is_stopped_and_the_next_one_has_its_own() -> None:
    def two_documents() -> bool:
        allow_seconds(0.5)
        burned(1)
        allow_seconds(0.5)
        return burned(1)

    def a_greedy_one() -> bool:
        allow_seconds(0.5)
        return burned(60)

    assert ended(two_documents) == 0
    assert ended(a_greedy_one) == -signal.SIGXCPU


def test_too_much_cpu_time_is_told_as_such() -> None:
    with open_lanes(LIMITS, work.prepare) as lanes:
        [result] = lanes.run([LaneJob("a", work.outlive_cpu_time, ())])
    assert isinstance(result.error, LaneFailure)
    assert result.error.reason is ReasonCode.READER_TIMED_OUT
    assert "CPU time" in str(result.error)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can turn into somebody")
def test_somebody_without_any_privilege_is_confined_as_well() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)

        def confined() -> bool:
            os.setresuid(4242, 4242, 4242)
            held = confine(Bounds(3 << 30, 10, folder))
            return held.is_offline and held.is_unprivileged

        assert ended(confined) == 0
