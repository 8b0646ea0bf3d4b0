"""A document's whole journey with Textract: from the command line, and in a batch over a bucket."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from credmate_pipeline.batch import Batch, DocumentFailed, DocumentSettled, Progress, Request
from credmate_pipeline.cli.main import app
from credmate_pipeline.doctor.check import Verdict
from credmate_pipeline.doctor.gateway_checks import engine_checks
from credmate_pipeline.documents.document import DocumentId, new_document_id
from credmate_pipeline.errors import ConfigurationError, ReasonCode
from credmate_pipeline.gateways import Gateways, check_engines, open_gateways, reach_engines
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.reading import Source
from credmate_pipeline.ocr.storage import unpack
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage
from credmate_pipeline.uploads.s3 import S3Client
from credmate_pipeline_tests.cloud.server import CloudServer, cloud_server
from credmate_pipeline_tests.cloud.test_textract import scanned
from credmate_pipeline_tests.cloud.textract import Jobs, detect
from credmate_pipeline_tests.papers import pdf_of, picture_of, saved


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[CloudServer]:
    with cloud_server(DetectDocumentText=detect) as served:
        monkeypatch.setenv("CREDMATE_OCR_ENGINE", "textract")
        monkeypatch.setenv("CREDMATE_TEXTRACT_ENDPOINT_URL", served.url)
        monkeypatch.setenv("CREDMATE_LANES", "1")
        yield served


def now() -> datetime:
    return datetime.now(UTC)


def test_credmate_read_reads_a_scan_with_textract(server: CloudServer, tmp_path: Path) -> None:
    path = saved(tmp_path, "a.png", picture_of(pdf_of(), dpi=150))
    said = CliRunner().invoke(app, ["read", str(path), "--jsonl"])
    line = json.loads(said.stdout)
    assert line["pages"][0]["source"] == "textract"
    fields = line["items"][0]["fields"]
    assert (fields["holder_name"]["value"], fields["credits_awarded"]["value"]) == ("Amelia Whitfield", "2.5")
    assert server.count("DetectDocumentText") == 1


@pytest.fixture
def in_bucket(s3_endpoint: str, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDMATE_UPLOADS", "s3")
    monkeypatch.setenv("CREDMATE_S3_BUCKET", bucket)
    monkeypatch.setenv("CREDMATE_S3_ENDPOINT_URL", s3_endpoint)


@pytest.fixture
def gateways(
    server: CloudServer, in_bucket: None, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Gateways]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("CREDMATE_HOME", str(tmp_path))
    opened = open_gateways(Settings())
    yield opened
    opened.ledger.close()


def uploaded(gateways: Gateways, content: bytes) -> DocumentId:
    upload = gateways.uploads.put("documents/p1/a.pdf", content)
    return gateways.ledger.register(upload, document_id=new_document_id(), now=now()).document_id


def walked(gateways: Gateways, document_id: DocumentId) -> list[Progress]:
    request = Request("run-1", (document_id,), Stage.DOCUMENT)
    return list(Batch(request, gateways, Settings(), now).walk())


def test_a_stored_pdf_of_scans_is_read_by_a_job_and_settles(
    gateways: Gateways, server: CloudServer, s3_client: S3Client
) -> None:
    jobs = Jobs(lambda bucket, name: s3_client.get_object(Bucket=bucket, Key=name)["Body"].read(), waits=0)
    server.answers.update(StartDocumentTextDetection=jobs.start, GetDocumentTextDetection=jobs.result)
    document_id = uploaded(gateways, scanned(2))
    *_, last = walked(gateways, document_id)
    assert isinstance(last, DocumentSettled)
    record = gateways.ledger.document(document_id)
    assert record is not None
    assert record.reading_artifact is not None
    reading = unpack(gateways.artifacts.read(record.reading_artifact))
    assert {page.source for page in reading.pages} == {Source.TEXTRACT}
    assert (server.count("StartDocumentTextDetection"), server.count("DetectDocumentText")) == (1, 0)
    extraction = gateways.ledger.load_extraction(document_id)
    assert extraction is not None
    assert extraction.items[0].text("holder_name") == "Amelia Whitfield"


def test_a_failed_job_spends_an_attempt_and_leaves_the_document_due(gateways: Gateways, server: CloudServer) -> None:
    jobs = Jobs(lambda bucket, name: scanned(2), waits=0, status="FAILED")
    server.answers.update(StartDocumentTextDetection=jobs.start, GetDocumentTextDetection=jobs.result)
    document_id = uploaded(gateways, scanned(2))
    *_, last = walked(gateways, document_id)
    assert isinstance(last, DocumentFailed)
    assert (last.reason, last.status) == (ReasonCode.ENGINE_FAILED, DocumentStatus.UPLOADED)


def test_refused_credentials_stop_the_batch_and_spend_no_attempt(gateways: Gateways, server: CloudServer) -> None:
    server.refusals = [(400, "AccessDeniedException")] * 3
    document_id = uploaded(gateways, scanned(2))
    server.answers.update(StartDocumentTextDetection=lambda request: {})
    with pytest.raises(ConfigurationError, match="refuses access"):
        walked(gateways, document_id)
    record = gateways.ledger.document(document_id)
    assert record is not None
    assert (record.status, record.attempt_count) == (DocumentStatus.UPLOADED, 0)


def test_engines_are_checked_without_asking_the_cloud_and_reached_when_asked(
    server: CloudServer, ledger: Ledger
) -> None:
    check_engines(Settings())
    assert server.asked == []
    server.refusals = [(400, "UnsupportedDocumentException")] * 2
    reach_engines(Settings(), ledger)
    assert server.count("DetectDocumentText") == 1
    told = {one.name: one for one in engine_checks(Settings(), ledger)}["engines of the cloud"]
    assert (told.verdict, told.message) == (Verdict.WELL, "Reached: Textract.")
    with pytest.raises(ConfigurationError, match="CREDMATE_SECOND_ENGINE is tesseract, which reads already"):
        check_engines(Settings(ocr_engine="tesseract", second_engine="tesseract"))
