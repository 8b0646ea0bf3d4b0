"""Places to reconcile: a real ledger, and uploads and artifacts in a folder or in a bucket of a real S3 endpoint."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import dagster as dg
import pytest

from credmate_pipeline.defs.orchestrator import DagsterOrchestrator
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.documents.document import Arrival, DocumentId, MediaType, new_document_id
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.reconciliation.reconcile import reconcile
from credmate_pipeline.reconciliation.report import Report
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage
from credmate_pipeline.uploads.local_artifacts import LocalArtifacts
from credmate_pipeline.uploads.local_folder import LocalUploads
from credmate_pipeline.uploads.s3 import S3Artifacts, S3Client, S3Uploads
from credmate_pipeline_tests.outcomes import completed
from credmate_pipeline_tests.uploads.conftest import bucket, s3_client, s3_endpoint

__all__ = ["bucket", "s3_client", "s3_endpoint"]

HOUR = timedelta(hours=1)


@dataclass
class Place:
    """One environment, and what can happen to its files behind the pipeline's back."""

    gateways: Gateways
    instance: dg.DagsterInstance
    delete: Callable[[str], None]
    """Deletes the file of a URI."""
    overwrite: Callable[[str, bytes], None]
    delete_artifact: Callable[[str], None]

    @property
    def ledger(self) -> Ledger:
        return self.gateways.ledger

    def settled(self, name: str) -> DocumentId:
        """A document that settled two hours ago, as everybody knows it."""
        then, content = datetime.now(UTC) - 2 * HOUR, name.encode()
        upload = self.gateways.uploads.put(f"documents/p1/{name}", content)
        document_id = self.ledger.register(upload, document_id=new_document_id(), now=then).document_id
        digest = sha256(content).hexdigest()
        artifact = f"{document_id}/{digest[:16]}/reading-r.json.gz"
        self.gateways.artifacts.put(artifact, b"words")
        self.ledger.claim([document_id], run_id="r", lease=HOUR, now=then)
        arrival = Arrival(digest, len(content), MediaType.PDF, 1)
        self.ledger.record_arrival(document_id, run_id="r", arrival=arrival, now=then)
        self.ledger.settle(document_id, run_id="r", outcome=completed(f"1.{len(name)}"), artifact=artifact, now=then)
        self.instance.add_dynamic_partitions(str(DOCUMENTS.name), [document_id])
        shown = dg.AssetMaterialization(Stage.VALIDATION.value, partition=document_id)
        self.instance.report_runless_asset_event(shown)
        return document_id

    def uri(self, document_id: DocumentId) -> str:
        record = self.ledger.document(document_id)
        assert record is not None
        return record.upload_uri

    def reconcile(self, *, is_repairing: bool = True, after: timedelta = HOUR) -> Report:
        """Reconciles as if `after` from now: whatever was stored just now has rested long enough."""
        return reconcile(
            self.gateways,
            DagsterOrchestrator(self.instance),
            Settings(_env_file=None),
            clock=lambda: datetime.now(UTC) + after,
            is_repairing=is_repairing,
        )

    def found(self, *, is_repairing: bool = True) -> dict[str, int]:
        findings = self.reconcile(is_repairing=is_repairing).findings
        return {finding.difference.value: finding.count for finding in findings}


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


@pytest.fixture
def folder_place(ledger: Ledger, tmp_path: Path, instance: dg.DagsterInstance) -> Place:
    uploads = LocalUploads(tmp_path / "uploads", settle_seconds=0)
    uploads.prepare()

    def path_of(uri: str) -> Path:
        return Path(urlsplit(uri).path)

    return Place(
        Gateways(ledger, uploads, LocalArtifacts(tmp_path / "artifacts")),
        instance,
        delete=lambda uri: path_of(uri).unlink(),
        overwrite=lambda uri, content: [path_of(uri).write_bytes(content), None][1],
        delete_artifact=lambda key: (tmp_path / "artifacts" / key).unlink(),
    )


@pytest.fixture
def bucket_place(ledger: Ledger, s3_client: S3Client, bucket: str, instance: dg.DagsterInstance) -> Place:
    def key_of(uri: str) -> str:
        return uri.removeprefix(f"s3://{bucket}/")

    return Place(
        Gateways(ledger, S3Uploads(s3_client, bucket), S3Artifacts(s3_client, bucket, "artifacts")),
        instance,
        delete=lambda uri: s3_client.delete_object(Bucket=bucket, Key=key_of(uri)),
        overwrite=lambda uri, content: s3_client.put_object(Bucket=bucket, Key=key_of(uri), Body=content),
        delete_artifact=lambda key: s3_client.delete_object(Bucket=bucket, Key=f"artifacts/{key}"),
    )


@pytest.fixture(params=["folder_place", "bucket_place"])
def place(request: pytest.FixtureRequest) -> Place:
    """The same truths hold over a folder and over a bucket."""
    made: Place = request.getfixturevalue(request.param)
    return made
