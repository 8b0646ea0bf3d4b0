"""The whole system as `credmate up` starts it: sensor, runs, lanes, ledger, and an end without remains."""

from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import monotonic, sleep

import pytest
from pydantic import SecretStr

from credmate_pipeline.cli.demo_progress import Watched, complaints
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import open_uploads
from credmate_pipeline.ledger.ledger import open_ledger
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.catalog import draw_samples
from credmate_pipeline.samples.plan import COMPLETE_SET
from credmate_pipeline.samples.sample import Kind, Sample, Truth
from credmate_pipeline.settings import Settings
from credmate_pipeline.system import family
from credmate_pipeline.system.dagster_api import materialized_partitions
from credmate_pipeline.system.ports import choose_port, is_free
from credmate_pipeline.system.supervisor import System, running_system

DEADLINE_SECONDS = 120
SETTLED_ONCE = 2  # Registered, then moved.


def some_samples() -> list[Sample]:
    """The first documents of the demonstration set, and an empty file."""
    drawn = list(islice(draw_samples(COMPLETE_SET, 1, today=datetime.now(UTC).date()), 5))
    truth = Truth("unsupported", {}, frozenset({DocumentStatus.UNREADABLE}), Kind.EMPTY_FILE, "file", {})
    return [*drawn, Sample("empty.pdf", b"", truth)]


def watch(system: System, samples: Mapping[str, Sample]) -> Watched:
    """Waits until every document is settled."""
    end = monotonic() + DEADLINE_SECONDS
    watched = Watched(samples, {}, {})
    with closing(open_ledger(system.database_url)) as ledger:
        while not watched.is_settled and monotonic() < end:
            system.keep_up()
            sleep(0.5)
            watched = Watched(samples, {record.upload_key: record for record in ledger.documents()}, {})
    return watched


@pytest.mark.timeout(240)
def test_uploads_are_settled_by_the_running_system_and_nothing_is_left_behind(
    tmp_path: Path, database_url: str
) -> None:
    settings = Settings(home=tmp_path, database_url=SecretStr(database_url), uploads="local")
    port = choose_port(3100, is_insisted=False)
    with running_system(settings, port=port) as system:
        with pytest.raises(ConfigurationError, match="already running"), running_system(settings, port=port + 1):
            pass
        daemon = next(service for service in system.services if service.command.name == "daemon")
        daemon.process.kill()
        daemon.process.wait()
        assert [restart.service for restart in system.keep_up()] == ["daemon"]

        store = open_uploads(settings)
        samples = {store.put(f"documents/p1/{one.file_name}", one.content).key: one for one in some_samples()}
        watched = watch(system, samples)
        assert list(complaints(watched)) == []
        with closing(open_ledger(system.database_url)) as ledger:
            for record in watched.records.values():
                assert len(ledger.history(record.document_id)) == SETTLED_ONCE
        validated = materialized_partitions(system.url, ["validation"])["validation"]
        completed = [one for one in watched.records.values() if one.status is DocumentStatus.COMPLETED]
        assert completed
        assert {record.document_id for record in completed} <= validated
    assert family.members(tmp_path) == []
    assert is_free(port)
