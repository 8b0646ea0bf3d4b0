"""The whole system as `credmate up` starts it, over uploads in S3: sensor, runs, lanes, ledger, and an end without
remains. Over local folders it is the analyst's."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import Gateways, open_gateways
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.settings import Settings
from credmate_pipeline.system import family
from credmate_pipeline.system.dagster_api import materialized_partitions
from credmate_pipeline.system.ports import choose_port, is_free
from credmate_pipeline.system.supervisor import System, running_system
from credmate_pipeline.uploads.s3 import open_s3_client
from credmate_pipeline_tests.aws import aws_services
from credmate_pipeline_tests.papers import LINES, pdf_of, picture_of, scan_pdf
from credmate_pipeline_tests.waiting import wait_for

BUCKET = "credentials"
DEADLINE_SECONDS = 120
SETTLED_ONCE = 2  # Registered, then moved.
CERTIFICATE = pdf_of()
UPLOADS: Mapping[str, bytes] = {
    "certificate.pdf": CERTIFICATE,
    "the same.pdf": CERTIFICATE,
    "another +1 ü.pdf": pdf_of(tuple(line.replace("2.50", "3.50") for line in LINES)),
    "scan.pdf": scan_pdf(picture_of(pdf_of(tuple(line.replace("2.50", "4.50") for line in LINES)))),
    "word.pdf": b"PK\x03\x04" + b"\0" * 100,
    "empty.pdf": b"",
}
"""More than a few, so that one run reads them all."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What a system is started with, and what its ledger says."""

    settings: Settings
    gateways: Gateways
    port: int

    def ids(self) -> dict[str, DocumentId]:
        return {record.file_name: record.document_id for record in self.gateways.ledger.documents()}


@pytest.fixture
def installation(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    with aws_services() as address:
        for name, value in {
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "CREDMATE_HOME": str(tmp_path),
            "CREDMATE_UPLOADS": "s3",
            "CREDMATE_S3_BUCKET": BUCKET,
            "CREDMATE_S3_ENDPOINT_URL": address,
            "DATABASE_URL": database_url,
        }.items():
            monkeypatch.setenv(name, value)
        settings = Settings()
        with closing(open_s3_client(settings.s3_region, settings.s3_endpoint_url)) as client:
            client.create_bucket(Bucket=BUCKET)
        gateways = open_gateways(settings)
        yield Installation(settings, gateways, choose_port(3200, is_insisted=False))
        gateways.ledger.close()


def refuse_a_second_start(installation: Installation) -> None:
    second = running_system(installation.settings, port=installation.port + 1)
    with pytest.raises(ConfigurationError, match="already running"), second:
        pass


def replace_a_killed_daemon(system: System) -> None:
    daemon = next(service for service in system.services if service.command.name == "daemon")
    daemon.process.kill()
    daemon.process.wait()
    assert [restart.service for restart in system.keep_up()] == ["daemon"]


def upload_and_wait(installation: Installation) -> None:
    for name, content in UPLOADS.items():
        installation.gateways.uploads.put(f"documents/provider 7/{name}", content)
    ledger = installation.gateways.ledger
    wait_for(
        "the settling of all uploads",
        lambda: len(ledger.documents()) == len(UPLOADS) and DocumentStatus.UPLOADED not in ledger.counts_by_status(),
        seconds=DEADLINE_SECONDS,
    )


def assert_settled_once_and_shown_so(installation: Installation, url: str) -> None:
    ids, ledger = installation.ids(), installation.gateways.ledger
    statuses = {name: ledger.statuses([key])[key].value for name, key in ids.items()}
    assert sorted(statuses[name] for name in ("certificate.pdf", "the same.pdf")) == ["completed", "duplicate"]
    assert (statuses["another +1 ü.pdf"], statuses["scan.pdf"]) == ("completed", "completed")
    assert (statuses["word.pdf"], statuses["empty.pdf"]) == ("unreadable", "unreadable")
    assert {name: len(ledger.history(key)) for name, key in ids.items()} == dict.fromkeys(UPLOADS, SETTLED_ONCE)
    completed = [key for name, key in ids.items() if statuses[name] == "completed"]
    for record in ledger.documents_by_id(completed):
        assert record.upload_uri.startswith(f"s3://{BUCKET}/documents/provider 7/")
        assert record.reading_artifact is not None
        assert installation.gateways.artifacts.exists(record.reading_artifact)
    wait_for(
        "the validation of what is completed, and of nothing else, in Dagster",
        lambda: materialized_partitions(url, ["validation"])["validation"] == frozenset(completed),
        seconds=DEADLINE_SECONDS,
    )


@pytest.mark.timeout(300)
def test_uploads_in_s3_are_settled_by_the_running_system_and_nothing_is_left_behind(
    installation: Installation, tmp_path: Path
) -> None:
    with running_system(installation.settings, port=installation.port) as system:
        refuse_a_second_start(installation)
        replace_a_killed_daemon(system)
        upload_and_wait(installation)
        assert_settled_once_and_shown_so(installation, system.url)
    assert family.members(tmp_path) == []
    assert is_free(installation.port)
