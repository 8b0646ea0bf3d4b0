"""Shared fixtures: a real PostgreSQL, and a migrated database of its own for every test that asks."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest

from credmate_pipeline.ledger.connection import ensure_database, with_database
from credmate_pipeline.ledger.embedded import ROOTS_FOLDER, start_embedded, stop_embedded
from credmate_pipeline.ledger.ledger import Ledger, open_ledger
from credmate_pipeline.ledger.schema import migrate
from credmate_pipeline_tests.databases import Databases

TEMPLATE = "template_ledger"

# Where pytest runs in several processes, readline has told the others of a terminal of 80 columns.
os.environ.pop("COLUMNS", None)
# What runs in the background ignores SIGINT, pytest's own processes too, and Dagster does with SIGTERM as with SIGINT:
# processes that a test starts would not end when told to.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that may take long come first: begun last, one would run alone after all others have ended."""
    items.sort(key=lambda item: -_seconds_allowed(item))


def _seconds_allowed(item: pytest.Item) -> float:
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker is not None else 0.0


@pytest.fixture(scope="session", autouse=True)
def no_server_data_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Deletes what PostgreSQL keeps elsewhere when it runs for root: nobody would look for it there."""
    yield
    for note in ROOTS_FOLDER.glob("*/home"):
        if Path(note.read_text("utf-8").strip()).is_relative_to(tmp_path_factory.getbasetemp()):
            rmtree(note.parent)


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An embedded server for the whole session, with a migrated template."""
    home = Path(tmp_path_factory.mktemp("postgres"))
    url = start_embedded(home, is_durable=False)
    migrate(ensure_database(url, TEMPLATE))
    yield url
    stop_embedded(home)


@pytest.fixture(scope="session")
def databases(server_url: str) -> Iterator[Databases]:
    """The session's databases, each used by one test at a time."""
    made = Databases(server_url, TEMPLATE)
    yield made
    made.close()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A migrated database nobody else uses."""
    name = databases.take()
    yield with_database(databases.server_url, name)
    databases.give_back(name)


@pytest.fixture
def ledger(database_url: str) -> Iterator[Ledger]:
    """A ledger over a database of its own."""
    opened = open_ledger(database_url)
    yield opened
    opened.close()
