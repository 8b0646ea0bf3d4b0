"""Lanes isolate documents from each other and end with their parent."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import pytest

from credmate_pipeline.documents.document import Limits
from credmate_pipeline.errors import ConfigurationError, LaneFailure, ReasonCode, UnreadableDocument
from credmate_pipeline.gateways import lane_engines, lane_limits
from credmate_pipeline.lane_work import prepare_lane, read_file
from credmate_pipeline.lanes import MOST_FOLDER_BYTES, LaneJob, LaneLimits, LaneResult, open_lanes
from credmate_pipeline.outcome import Circumstances
from credmate_pipeline.settings import Settings
from credmate_pipeline_tests.lanes import work
from credmate_pipeline_tests.papers import pdf_of, picture_of, saved

LIMITS = LaneLimits(lanes=2, seconds=20, memory_bytes=3 << 30)
BRIEF = LaneLimits(lanes=2, seconds=1, memory_bytes=3 << 30)


def run(*jobs: tuple[Callable[..., Any], *tuple[Any, ...]], limits: LaneLimits = LIMITS) -> dict[str, LaneResult]:
    """Results by key; a job's key is its function's name and arguments."""
    named = [LaneJob(f"{work_.__name__}-{arguments}", work_, tuple(arguments)) for work_, *arguments in jobs]
    with open_lanes(limits, work.prepare) as lanes:
        return {result.key: result for result in lanes.run(named)}


def reason(result: LaneResult) -> ReasonCode:
    assert isinstance(result.error, LaneFailure)
    return result.error.reason


def test_a_crash_a_hang_and_an_appetite_for_memory_are_each_their_document_alone() -> None:
    good = [(work.double, number) for number in range(6)]
    results = run(*good, (work.segfault,), (work.leave,), (work.hang, 60), (work.eat_memory,), limits=BRIEF)
    assert [results[f"double-[{number}]"].value for number in range(6)] == [0, 2, 4, 6, 8, 10]
    assert reason(results["segfault-[]"]) is ReasonCode.READER_CRASHED
    assert reason(results["leave-[]"]) is ReasonCode.READER_CRASHED
    assert reason(results["hang-[60]"]) is ReasonCode.READER_TIMED_OUT
    assert reason(results["eat_memory-[]"]) is ReasonCode.READER_OUT_OF_MEMORY


def test_an_error_of_ours_comes_through_as_it_is() -> None:
    error = run((work.be_unreadable,))["be_unreadable-[]"].error
    assert isinstance(error, UnreadableDocument)
    assert (error.reason, error.message) == (ReasonCode.ENCRYPTED, "Ask for an unlocked copy.")


def test_an_unexpected_error_tells_its_type_and_place_but_not_what_it_quotes() -> None:
    result = run((work.fail_with_page_text,))["fail_with_page_text-[]"]
    assert reason(result) is ReasonCode.INTERNAL_ERROR
    assert "ValueError at credmate_pipeline_tests.lanes.work:" in str(result.error)
    assert "Jane" not in str(result.error)


def test_a_value_that_cannot_be_sent_back_is_an_error_not_a_hang() -> None:
    results = run((work.return_what_cannot_be_sent,), (work.double, 1))
    assert reason(results["return_what_cannot_be_sent-[]"]) is ReasonCode.INTERNAL_ERROR
    assert results["double-[1]"].value == 2


def test_lanes_are_prepared_once_and_stay_warm() -> None:
    with open_lanes(LIMITS, work.prepare) as lanes:
        answers = [result.value for result in lanes.run(LaneJob(str(n), work.times_prepared, ()) for n in range(12))]
    assert {count for _, count in answers} == {1}
    assert len({pid for pid, _ in answers}) <= LIMITS.lanes


def test_a_wrong_setting_met_while_preparing_stops_everything() -> None:
    with (
        open_lanes(LIMITS, work.prepare_wrongly) as lanes,
        pytest.raises(ConfigurationError, match="Tesseract was not found"),
    ):
        list(lanes.run([LaneJob("a", work.double, (1,))]))


def test_a_lane_too_small_to_start_in_is_a_wrong_setting() -> None:
    with (
        open_lanes(LIMITS, work.prepare_greedily) as lanes,
        pytest.raises(ConfigurationError, match="CREDMATE_LANE_MEMORY_MB"),
    ):
        list(lanes.run([LaneJob("a", work.double, (1,))]))


def test_lanes_that_all_die_before_they_begin_are_given_up_at_last() -> None:
    with open_lanes(LIMITS, work.die_while_preparing) as lanes:
        results = list(lanes.run([LaneJob(str(number), work.double, (number,)) for number in range(3)]))
    assert [reason(result) for result in results] == [ReasonCode.READER_CRASHED] * 3


def test_a_lane_killed_from_outside_ran_out_of_memory_and_the_others_go_on() -> None:
    limits = replace(LIMITS, seconds=5, stall_seconds=4)
    results = run((work.kill_every_lane, True), (work.double, 1), (work.double, 2), (work.double, 3), limits=limits)
    assert reason(results["kill_every_lane-[True]"]) is ReasonCode.READER_OUT_OF_MEMORY
    assert len(results) == 4


def test_idle_lanes_that_die_are_replaced() -> None:
    with open_lanes(LIMITS, work.prepare) as lanes:
        for number in range(3):
            [first] = lanes.run([LaneJob("kill", work.kill_every_lane, (False,))])
            [second] = lanes.run([LaneJob("double", work.double, (number,))])
            assert first.error is None
            assert second.value == 2 * number


def test_lanes_that_stall_are_replaced_and_nothing_waits_for_ever() -> None:
    limits = replace(BRIEF, stall_seconds=4)
    doomed, others = (work.die_while_taking_a_job,), [(work.double, number) for number in range(4)]
    results = run(doomed, *others, limits=limits)
    assert [results[f"double-[{number}]"].value for number in range(4)] == [0, 2, 4, 6]
    assert len(results) == 5


def test_jobs_are_taken_as_lanes_come_free() -> None:
    taken: list[int] = []

    def jobs() -> Iterator[LaneJob]:
        for number in range(20):
            taken.append(number)
            yield LaneJob(str(number), work.double, (number,))

    with open_lanes(LIMITS, work.prepare) as lanes:
        next(lanes.run(jobs()))
        assert len(taken) <= 2 * LIMITS.lanes


def test_a_lane_does_not_know_dagster_nor_its_parents_main_module(tmp_path: Path) -> None:
    script = tmp_path / "main_of_parent.py"
    script.write_text(
        "import dagster, sys\n"
        "from credmate_pipeline.lanes import LaneJob, LaneLimits, open_lanes\n"
        "from credmate_pipeline_tests.lanes import work\n"
        "print('imported as', __name__)\n"
        "with open_lanes(LaneLimits(1, 20, 3 << 30), work.prepare) as lanes:\n"
        "    [result] = lanes.run([LaneJob('a', work.modules, ())])\n"
        "print('dagster' in result.value)\n"
    )
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, env=_environment())
    assert ran.stdout.splitlines() == ["imported as __main__", "False"]


def test_a_lane_keeps_off_standard_output(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from credmate_pipeline.lanes import LaneJob, LaneLimits, open_lanes\n"
        "from credmate_pipeline_tests.lanes import work\n"
        "with open_lanes(LaneLimits(1, 20, 3 << 30), work.prepare) as lanes:\n"
        "    list(lanes.run([LaneJob('a', work.print_to_standard_output, ())]))\n"
    )
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, env=_environment())
    assert ran.stdout == ""
    assert ran.stderr.count("noise of a library") == 2


def test_a_lane_is_polite_single_threaded_and_leads_its_helpers() -> None:
    with open_lanes(LIMITS, prepare_lane, lane_engines(Settings(_env_file=None))) as lanes:
        [result] = lanes.run([LaneJob("a", work.surroundings, ())])
    assert result.value == {"nice": os.nice(0) + 5, "threads": "1", "cv2": 1, "leads_group": True}
    assert 10 << 20 < result.peak_bytes < 512 << 20


def test_a_confined_lane_still_reads_a_scan_with_tesseract(tmp_path: Path) -> None:
    path = saved(tmp_path, "scan.png", picture_of(pdf_of(), dpi=150))
    with open_lanes(LaneLimits(1, 60, 2 << 30), prepare_lane, lane_engines(Settings(_env_file=None))) as lanes:
        [result] = lanes.run([LaneJob("a", read_file, (path, Circumstances(date(2026, 3, 2), Limits())))])
    assert result.error is None
    assert result.value[0].classification.document_type == "cme_certificate"


def test_a_lane_says_truly_whether_it_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        result = run((work.connect, server.getsockname()[1])).popitem()[1]
    assert (result.value == "connected") is not result.confinement.is_offline


def test_a_lane_keeps_the_network_only_for_an_engine_of_the_cloud() -> None:
    assert not lane_limits(Settings(_env_file=None)).has_network
    assert lane_limits(Settings(_env_file=None, ocr_engine="textract")).has_network
    with socket.create_server(("127.0.0.1", 0)) as server:
        result = run((work.connect, server.getsockname()[1]), limits=replace(LIMITS, has_network=True)).popitem()[1]
    assert (result.value, result.confinement.is_offline) == ("connected", False)


@pytest.mark.parametrize("death", [work.hang_in_helper, work.die_beside_helper])
def test_a_lanes_helper_is_ended_with_the_lane(death: Callable[[], None]) -> None:
    with open_lanes(BRIEF, work.prepare) as lanes:
        list(lanes.run([LaneJob("a", death, ())]))
        pid = int((lanes.folder / "lanes/pid").read_text())
    assert _is_gone_soon(pid)


def test_lanes_and_their_helpers_end_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "from credmate_pipeline.lanes import LaneJob, LaneLimits, open_lanes\n"
        "from credmate_pipeline_tests.lanes import work\n"
        "with open_lanes(LaneLimits(2, 100, 3 << 30), work.prepare) as lanes:\n"
        "    print(lanes.folder / 'lanes/pid', flush=True)\n"
        "    list(lanes.run([LaneJob('a', work.hang_in_helper, ())]))\n"
    )
    parent = subprocess.Popen([sys.executable, script], env=_environment(), stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid_file = Path(parent.stdout.readline().strip())
    while not (pid_file.exists() and pid_file.read_text()):
        assert parent.poll() is None
        time.sleep(0.05)
    descendants = psutil.Process(parent.pid).children(recursive=True)
    assert len(descendants) >= 5
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    _, alive = psutil.wait_procs(descendants, timeout=5)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def test_nothing_is_left_in_the_temporary_folder_where_the_parent_was_killed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    temporary = tmp_path_factory.mktemp("t")  # A short name: sockets are made in it.
    script = temporary / "parent.py"
    script.write_text(
        "from credmate_pipeline.lanes import LaneJob, LaneLimits, open_lanes\n"
        "from credmate_pipeline_tests.lanes import work\n"
        "with open_lanes(LaneLimits(2, 100, 3 << 30), work.prepare) as lanes:\n"
        "    (lanes.folder / 'document').write_bytes(b'somebody')\n"
        "    [ready] = lanes.run([LaneJob('a', work.double, (1,))])\n"
        "    print('ready', flush=True)\n"
        "    list(lanes.run([LaneJob('a', work.hang, (100,))]))\n"
    )
    environment = {**_environment(), "TMPDIR": str(temporary)}
    with subprocess.Popen([sys.executable, script], env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        assert list(temporary.rglob("document"))
        parent.kill()
    until = time.monotonic() + 20
    while list(temporary.rglob("document")) and time.monotonic() < until:
        time.sleep(0.05)
    assert list(temporary.rglob("document")) == []


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def _is_gone_soon(pid: int) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


_ONE_JOB = """
from credmate_pipeline.lanes import LaneJob, LaneLimits, open_lanes
from credmate_pipeline_tests.lanes import work
if __name__ == "__main__":
    with open_lanes(LaneLimits(lanes=1, seconds=20, memory_bytes=3 << 30), work.prepare) as lanes:
        print(next(lanes.run([LaneJob("one", work.double, (21,))])).value)
"""


@pytest.mark.parametrize("is_too_long", [False, True])
def test_a_folder_for_temporary_files_whose_path_leaves_no_room_is_named(is_too_long: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="t", dir="/tmp") as made:
        Path(made).chmod(0o755)
        long = Path(made) / ("x" * (MOST_FOLDER_BYTES - len(made) - 1 + is_too_long))
        long.mkdir()
        ran = subprocess.run(
            [sys.executable, "-c", _ONE_JOB],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "TMPDIR": str(long)},
            capture_output=True,
            text=True,
            check=False,
        )
    answer, complaint = ("", "TMPDIR is") if is_too_long else ("42", "")
    assert ran.stdout.strip() == answer, ran.stderr
    assert complaint in ran.stderr
