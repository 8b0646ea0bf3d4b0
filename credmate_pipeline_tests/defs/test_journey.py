"""The journey in Dagster: a real ledger, real files, real lanes; Dagster's own storage is temporary."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.partition_status_cache import AssetPartitionStatus

from credmate_pipeline.defs.assets.specs import EVIDENCED, READABLE, SETTLED
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.run_tags import BATCH_END, BATCH_START
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.records import EventKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage
from credmate_pipeline_tests.defs.driving import (
    WITHOUT_COMPUTE_LOGS,
    certificate,
    check_results,
    keys_of,
    materialized,
    run,
    tick,
)
from credmate_pipeline_tests.papers import pdf_of


def test_a_batch_settles_each_document_and_shows_what_came_of_it(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    good = certificate(2)
    for name, content in {
        "good.pdf": good,
        "later.pdf": good,
        "letter.pdf": pdf_of(("Dear colleague,", "thank you for the flowers.", "Invoice number 12", "Total due")),
        "word.pdf": b"PK\x03\x04" + b"\0" * 100,
    }.items():
        gateways.uploads.put(f"documents/p1/{name}", content)
    planned = tick(instance)
    assert len(planned.run_requests or []) == 4
    keys = keys_of(instance)
    result = run(instance, keys)
    assert result.success
    by_name = {record.file_name: record for record in gateways.ledger.documents()}
    assert {name: record.status.value for name, record in by_name.items()} == {
        "good.pdf": "completed",
        "later.pdf": "duplicate",
        "letter.pdf": "unsupported",
        "word.pdf": "unreadable",
    }
    read = {record.document_id for record in by_name.values() if record.status is DocumentStatus.COMPLETED}
    assert materialized(instance, Stage.EXTRACTION) == read
    assert materialized(instance, Stage.DOCUMENT) == set(keys)
    assert check_results(instance, Stage.VALIDATION, SETTLED) == dict.fromkeys(read, True)
    assert check_results(instance, Stage.EXTRACTION, EVIDENCED) == dict.fromkeys(read, True)
    assert check_results(instance, Stage.DOCUMENT, READABLE)[by_name["word.pdf"].document_id] is False


def test_a_file_no_reader_can_help_says_why_on_its_partition_and_is_not_read_again_from_a_later_stage(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    gateways.uploads.put("documents/p1/word.pdf", b"PK\x03\x04" + b"\0" * 100)
    tick(instance)
    (key,) = keys_of(instance)
    assert run(instance, [key]).success
    asked = dg.AssetRecordsFilter(asset_key=dg.AssetKey(Stage.DOCUMENT.value), asset_partitions=[key])
    (record,) = instance.fetch_materializations(asked, limit=1).records
    assert record.asset_materialization is not None
    metadata = record.asset_materialization.metadata
    assert metadata["reason_code"].value == "not-a-document"
    assert "upload the document as PDF" in str(metadata["reasons"].value)
    before = gateways.ledger.history(DocumentId(key))
    assert run(instance, [key], tags={}, stages=[Stage.EXTRACTION, Stage.VALIDATION]).success
    assert gateways.ledger.history(DocumentId(key)) == before


def test_a_document_that_fails_says_why_on_its_partition_and_in_its_run(
    gateways: Gateways, instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDMATE_ATTEMPTS", "1")
    no_folder = tmp_path / "no-folder"
    no_folder.touch()
    monkeypatch.setenv("CREDMATE_ARTIFACTS_DIR", str(no_folder))
    gateways.uploads.put("documents/p1/a.pdf", certificate(3))
    tick(instance)
    (key,) = keys_of(instance)
    result = run(instance, [key])
    assert not result.success
    (failure,) = result.get_step_failure_events()
    assert "no-folder could not be used" in str(failure.step_failure_data.error_display_string)
    assert instance.get_status_by_partition(dg.AssetKey("ocr"), [key], DOCUMENTS) == {key: AssetPartitionStatus.FAILED}
    asked = dg.AssetRecordsFilter(asset_key=dg.AssetKey(Stage.DOCUMENT.value), asset_partitions=[key])
    (record,) = instance.fetch_materializations(asked, limit=1).records
    assert record.asset_materialization is not None
    metadata = record.asset_materialization.metadata
    assert metadata["status"].value == "failed"
    assert metadata["failed_at"].value == "ocr"
    assert metadata["reason_code"].value == "storage-unavailable"
    assert "materialize this partition again" in str(metadata["reasons"].value)


def test_a_lost_file_fails_no_other_document(gateways: Gateways, instance: dg.DagsterInstance) -> None:
    kept = gateways.uploads.put("documents/p1/kept.pdf", certificate(3))
    lost = gateways.uploads.put("documents/p1/lost.pdf", certificate(4))
    tick(instance)
    path = Settings().uploads_folder / lost.key
    path.unlink()
    assert run(instance, keys_of(instance)).success
    statuses = {record.upload_key: record.status for record in gateways.ledger.documents()}
    assert statuses == {kept.key: DocumentStatus.COMPLETED, lost.key: DocumentStatus.UNREADABLE}


def test_a_reader_that_hangs_fails_its_documents_visibly_and_they_wait_for_another_attempt(
    gateways: Gateways, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDMATE_DOCUMENT_TIMEOUT_SECONDS", "0.001")
    gateways.uploads.put("documents/p1/a.pdf", certificate(3))
    tick(instance)
    result = run(instance, keys_of(instance))
    assert not result.success
    (record,) = gateways.ledger.documents()
    assert record.status is DocumentStatus.UPLOADED
    assert record.claim_run_id is None
    assert [event.kind for event in gateways.ledger.history(record.document_id)][-1] is EventKind.ATTEMPT_FAILED
    failure = result.get_step_failure_events()[0].step_failure_data.user_failure_data
    assert failure is not None
    assert record.document_id in str(failure.metadata)


def test_one_stage_runs_again_without_ocr(gateways: Gateways, instance: dg.DagsterInstance) -> None:
    upload = gateways.uploads.put("documents/p1/a.pdf", certificate(3))
    tick(instance)
    keys = keys_of(instance)
    run(instance, keys)
    (Settings().uploads_folder / upload.key).unlink()
    again = run(instance, keys, tags={}, stages=[Stage.EXTRACTION])
    assert again.success
    (record,) = gateways.ledger.documents()
    assert record.status is DocumentStatus.COMPLETED
    assert len(instance.fetch_materializations(dg.AssetKey(Stage.OCR.value), limit=10).records) == 1
    moves = [event.to_status for event in gateways.ledger.history(record.document_id)]
    assert moves == [
        DocumentStatus.UPLOADED,
        DocumentStatus.COMPLETED,
        DocumentStatus.UPLOADED,
        DocumentStatus.COMPLETED,
    ]


def test_the_sensors_run_leaves_settled_documents_alone(gateways: Gateways, instance: dg.DagsterInstance) -> None:
    gateways.uploads.put("documents/p1/a.pdf", certificate(3))
    tick(instance)
    run(instance, keys_of(instance))
    run(instance, keys_of(instance))
    (record,) = gateways.ledger.documents()
    assert len(gateways.ledger.history(record.document_id)) == 2


def test_many_uploads_share_runs_and_few_get_their_own(gateways: Gateways, instance: dg.DagsterInstance) -> None:
    for number in range(30):
        gateways.uploads.put(f"documents/p1/{number:02}.pdf", b"x" * (number + 1))
    result = tick(instance)
    tags = [request.tags for request in result.run_requests or []]
    assert len(tags) == 2
    keys = keys_of(instance)
    assert (tags[0][BATCH_START], tags[0][BATCH_END]) == (keys[0], keys[24])
    assert (tags[1][BATCH_START], tags[1][BATCH_END]) == (keys[25], keys[29])


RUN_ALONE = """
import dagster as dg, sys
from credmate_pipeline.defs.assets.journey import journey
from credmate_pipeline.defs.resources import PipelineGateways
from dagster._core.instance.ref import InstanceRef
with dg.DagsterInstance.from_ref(InstanceRef.from_dir(sys.argv[1])) as instance:
    dg.materialize([journey], instance=instance, resources={"pipeline": PipelineGateways()}, raise_on_error=False,
        tags={"credmate/requested_by": "new_uploads", "dagster/asset_partition_range_start": sys.argv[2],
              "dagster/asset_partition_range_end": sys.argv[3]})
"""


@pytest.mark.timeout(120)
def test_a_run_killed_in_the_middle_leaves_every_document_settled_once_after_the_next(
    gateways: Gateways, tmp_path: Path
) -> None:
    storage = tmp_path / "dagster"
    storage.mkdir()
    for number in range(12):
        gateways.uploads.put(f"documents/p1/{number:02}.pdf", certificate(number + 1))
    with dg.instance_for_test(overrides=WITHOUT_COMPUTE_LOGS, temp_dir=str(storage)) as instance:
        tick(instance)
        keys = keys_of(instance)
        environment = {**os.environ, "PYTHONWARNINGS": "ignore", "DAGSTER_DISABLE_TELEMETRY": "true"}
        command = [sys.executable, "-c", RUN_ALONE, str(storage), keys[0], keys[-1]]
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        try:
            until = time.monotonic() + 60
            while gateways.ledger.counts_by_status().get(DocumentStatus.COMPLETED, 0) < 3:
                assert time.monotonic() < until, "the run settled nothing"
                time.sleep(0.01)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        killed = gateways.ledger.counts_by_status()
        assert killed.get(DocumentStatus.UPLOADED, 0) > 0, "the run was not killed in the middle"
        for started in instance.get_runs():
            instance.report_run_failed(started)
        assert run(instance, keys).success
        assert materialized(instance, Stage.VALIDATION) == set(keys)
    assert gateways.ledger.counts_by_status() == {DocumentStatus.COMPLETED: 12}
    for record in gateways.ledger.documents():
        moves = [event.to_status for event in gateways.ledger.history(record.document_id)]
        assert moves.count(DocumentStatus.COMPLETED) == 1
