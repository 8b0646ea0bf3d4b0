"""Plants are started once a kind and shared by the faults that leave them whole; each fault gets a row in a table."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from credmate_pipeline_tests.faults.machine import make_clock_movable, small_disk
from credmate_pipeline_tests.faults.plant import SHORT, Plant, running_plant
from credmate_pipeline_tests.faults.storage import BUCKET, KEYS, serving_storage
from credmate_pipeline_tests.faults.table import PAGE, Row, lines, written_page
from credmate_pipeline_tests.faults.watching import Fault, wait_until_quiet

FAILED = pytest.StashKey[bool]()

_FAULT = "fault"
_rows: list[Row] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-table", action="store_true", help="Write the table of faults to docs/faults.md.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Faults may be injected in several processes; their rows come with the reports."""
    if report.when == "teardown":
        _rows.extend(Row(*told) for name, told in report.user_properties if name == _FAULT and isinstance(told, list))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not _rows:
        return
    terminalreporter.section("faults")
    for line in lines(_rows):
        terminalreporter.write_line(line)
    if config.getoption("write_table", default=False):
        PAGE.write_text(written_page(_rows, SHORT))


class Plants:
    """At most one plant is up in this process."""

    def __init__(self, folder: Callable[[str], Path]) -> None:
        self._folder = folder
        self._open: tuple[str, Plant, ExitStack] | None = None

    def get(self, kind: str, start: Callable[[ExitStack, Path], Plant]) -> Plant:
        if self._open is not None and self._open[0] == kind:
            return self._open[1]
        self.close()
        stack = ExitStack()
        try:
            plant = start(stack, self._folder(kind))
        except BaseException:
            stack.close()
            raise
        self._open = (kind, plant, stack)
        return plant

    def close(self) -> None:
        if self._open is not None:
            opened, self._open = self._open, None
            opened[2].close()


@pytest.fixture(scope="package")
def plants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plants]:
    made = Plants(tmp_path_factory.mktemp)
    yield made
    made.close()


@pytest.fixture
def s3_plant(plants: Plants) -> Plant:
    """A system over uploads in S3."""
    return plants.get("s3", _start_s3)


def _start_s3(stack: ExitStack, folder: Path) -> Plant:
    storage = stack.enter_context(serving_storage())
    storage.make_bucket(BUCKET)
    uploads = {"CREDMATE_UPLOADS": "s3", "CREDMATE_S3_ENDPOINT_URL": storage.url, **KEYS}
    in_file = {"CREDMATE_S3_BUCKET": BUCKET}
    return stack.enter_context(running_plant(folder, uploads=uploads, in_file=in_file, storage=storage))


@pytest.fixture
def local_plant(plants: Plants) -> Plant:
    """A system over local folders, whose reading stage and clock can be tampered with, and whose artifacts lie on a
    small disk."""
    return plants.get("local", _start_local)


def _start_local(stack: ExitStack, folder: Path) -> Plant:
    artifacts = stack.enter_context(small_disk(folder / "artifacts"))
    more = {
        "PYTHONPATH": str(Path(__file__).parent / "stub"),
        "FAULTS_STUB_FILE": str(folder / "stub"),
    }
    uploads = {"CREDMATE_UPLOADS": "local", "CREDMATE_ARTIFACTS_DIR": str(artifacts)}
    return stack.enter_context(
        running_plant(folder, uploads=uploads, in_file={}, more=more, prepare=make_clock_movable)
    )


@pytest.fixture
def local_fault(request: pytest.FixtureRequest, local_plant: Plant, plants: Plants) -> Iterator[Fault]:
    """A fault of a system over local folders."""
    yield from watched(request, local_plant, plants)


@pytest.fixture
def fault(request: pytest.FixtureRequest, s3_plant: Plant, plants: Plants) -> Iterator[Fault]:
    """A fault of a system over S3."""
    yield from watched(request, s3_plant, plants)


def watched(request: pytest.FixtureRequest, plant: Plant, plants: Plants) -> Iterator[Fault]:
    """The fault, and its row in the table; a plant that a test left broken is not used again."""
    wait_until_quiet(plant)
    fault = Fault(plant)
    yield fault
    if request.node.stash.get(FAILED, False):
        plants.close()
        return
    said = request.node.get_closest_marker("fault")
    states = ", ".join(f"{count} {status}" for status, count in sorted(fault.states().items()))
    told = [said.args[0], fault.told_after_seconds, states, fault.alert]
    request.node.user_properties.append((_FAULT, told))
    if fault.breaks_the_plant:
        plants.close()
