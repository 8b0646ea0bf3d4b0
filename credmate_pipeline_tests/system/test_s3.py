"""The running system over uploads in S3."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.gateways import Gateways, open_gateways
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.settings import Settings
from credmate_pipeline.system.dagster_api import materialized_partitions
from credmate_pipeline.system.ports import choose_port
from credmate_pipeline.system.supervisor import running_system
from credmate_pipeline.uploads.s3 import open_s3_client
from credmate_pipeline_tests.aws import aws_services
from credmate_pipeline_tests.papers import LINES, pdf_of
from credmate_pipeline_tests.waiting import wait_for

BUCKET = "credentials"
DEADLINE_SECONDS = 120
CERTIFICATE = pdf_of()
UPLOADS: Mapping[str, bytes] = {
    "certificate.pdf": CERTIFICATE,
    "the same.pdf": CERTIFICATE,
    "another +1 ü.pdf": pdf_of(tuple(line.replace("2.50", "3.50") for line in LINES)),
    "word.pdf": b"PK\x03\x04" + b"\0" * 100,
    "empty.pdf": b"",
}
"""More than a few, so that one run reads them all."""


@dataclass(frozen=True, slots=True)
class Running:
    """The system that is up, and what its ledger says."""

    url: str
    gateways: Gateways

    def ids(self) -> dict[str, DocumentId]:
        return {record.file_name: record.document_id for record in self.gateways.ledger.documents()}


@pytest.fixture
def running(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
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
        for name, content in UPLOADS.items():
            gateways.uploads.put(f"documents/provider 7/{name}", content)
        with running_system(settings, port=choose_port(3200, is_insisted=False)) as system:
            yield Running(system.url, gateways)
        gateways.ledger.close()


def wait_for_all_uploads(running: Running) -> None:
    ledger = running.gateways.ledger
    wait_for(
        "the settling of all uploads",
        lambda: len(ledger.documents()) == len(UPLOADS) and DocumentStatus.UPLOADED not in ledger.counts_by_status(),
        seconds=DEADLINE_SECONDS,
    )


@pytest.mark.timeout(300)
def test_uploads_in_s3_are_settled_and_shown_so(running: Running) -> None:
    wait_for_all_uploads(running)
    ids, ledger = running.ids(), running.gateways.ledger
    originals = {"certificate.pdf", "the same.pdf"}
    statuses = {name: ledger.statuses([key])[key].value for name, key in ids.items()}
    assert sorted(statuses[name] for name in originals) == ["completed", "duplicate"]
    assert (statuses["another +1 ü.pdf"], statuses["word.pdf"]) == ("completed", "unreadable")
    completed = [key for name, key in ids.items() if statuses[name] == "completed"]
    for record in ledger.documents_by_id(completed):
        assert record.upload_uri.startswith(f"s3://{BUCKET}/documents/provider 7/")
        assert record.reading_artifact is not None
        assert running.gateways.artifacts.exists(record.reading_artifact)
    wait_for(
        "the validation of what is completed, and of nothing else, in Dagster",
        lambda: materialized_partitions(running.url, ["validation"])["validation"] == frozenset(completed),
        seconds=DEADLINE_SECONDS,
    )
