"""Files made to harm end in an honest state, and do nothing but that."""

import hashlib
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import gettempdir

import pytest

from credmate_pipeline.documents.document import Limits
from credmate_pipeline.gateways import lane_engines
from credmate_pipeline.lane_work import prepare_lane, read_file
from credmate_pipeline.lanes import LaneJob, LaneLimits, open_lanes
from credmate_pipeline.many_files import FileRead, as_line
from credmate_pipeline.outcome import Circumstances
from credmate_pipeline.samples.hostile.catalog import hostile_files
from credmate_pipeline.samples.hostile.hostile_file import HostileFile
from credmate_pipeline.settings import Settings

PATIENT = LaneLimits(lanes=2, seconds=120, memory_bytes=2 << 30)
BRIEF = replace(PATIENT, seconds=4)
"""For those that only the time limit stops."""


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """A port that must hear nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture(scope="module")
def address(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}/"


@pytest.fixture(scope="module")
def every_file(address: str) -> tuple[HostileFile, ...]:
    return hostile_files(address)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is worked in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tree(folder: Path) -> dict[str, str]:
    """Every file below the folder and its hash."""
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def said(files: tuple[HostileFile, ...], folder: Path, limits: LaneLimits) -> dict[str, dict[str, object]]:
    """What the pipeline says of each file, as `credmate read --jsonl` tells it."""
    circumstances = Circumstances(date(2026, 3, 2), Limits())
    jobs = [LaneJob(file.name, read_file, (folder / file.name, circumstances)) for file in files]
    with open_lanes(limits, prepare_lane, lane_engines(Settings(_env_file=None))) as lanes:
        results = list(lanes.run(jobs))
    return {
        result.key: as_line(FileRead(folder / result.key, outcome, result.error, result.seconds))
        for result in results
        for outcome in (result.value[0] if result.error is None else None,)
    }


def is_honest(file: HostileFile, line: dict[str, object]) -> bool:
    is_reason_honest = line["reason_code"] is None or line["reason_code"] in file.reasons
    return line["status"] in file.honest and is_reason_honest and (line["reason"] is not None or line["items"] != [])


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("limits", "are_chosen"), [(PATIENT, lambda file: not file.is_slow), (BRIEF, lambda file: file.is_slow)]
)
def test_hostile_files_end_in_an_honest_state_and_do_nothing_else(
    listener: socket.socket,
    every_file: tuple[HostileFile, ...],
    folder: Path,
    limits: LaneLimits,
    are_chosen: Callable[[HostileFile], bool],
) -> None:
    files = tuple(filter(are_chosen, every_file))
    assert files
    for file in files:
        (folder / file.name).write_bytes(file.content)
    before = tree(folder)
    lines = said(files, folder, limits)
    dishonest = {file.name: lines[file.name] for file in files if not is_honest(file, lines[file.name])}
    assert dishonest == {}
    assert tree(folder) == before
    assert not list(Path(gettempdir()).glob("owned*"))
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.timeout(400)
def test_each_hostile_file_is_named_once_and_is_the_same_each_time(
    address: str, every_file: tuple[HostileFile, ...]
) -> None:
    assert len({file.name for file in every_file}) == len(every_file) > 50
    assert hostile_files(address) == every_file
