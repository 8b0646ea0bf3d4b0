"""Files deleted, overwritten, added and damaged behind the pipeline's back, and listings that fail."""

import os
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from botocore.awsrequest import AWSResponse

from credmate_pipeline.alerts.alarm import see
from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.reconciliation.differences import Difference
from credmate_pipeline.settings import Settings
from credmate_pipeline.uploads import s3
from credmate_pipeline.uploads.s3 import S3Client
from credmate_pipeline_tests.reconciliation.conftest import HOUR, Place


def is_alerted(place: Place) -> bool:
    seen = see(place.gateways.alerts, Settings(_env_file=None), now=datetime.now(UTC) + HOUR)
    return AlertKind.RECONCILIATION in {condition.kind for condition in seen}


def test_files_that_are_as_the_ledger_knows_them_agree(place: Place) -> None:
    place.settled("a.pdf")
    report = place.reconcile()
    assert report.agrees
    assert report.counts == {"completed": 1}
    assert not is_alerted(place)


def test_a_deleted_file_of_a_settled_document_is_for_the_uploader(place: Place) -> None:
    place.settled("a.pdf")
    gone = place.settled("bb.pdf")
    place.delete(place.uri(gone))
    (finding,) = place.reconcile().findings
    assert (finding.difference, finding.samples, finding.repaired_count) == (Difference.UPLOAD_GONE, (gone,), 0)
    assert finding.as_json()["who"] == "uploader"
    assert place.ledger.statuses([gone]) == {gone: DocumentStatus.COMPLETED}
    assert is_alerted(place)


def test_an_overwritten_file_is_told_and_its_new_bytes_become_a_document(place: Place) -> None:
    replaced = place.settled("a.pdf")
    place.overwrite(place.uri(replaced), b"other bytes altogether")
    assert place.found() == {"upload-replaced": 1, "upload-without-document": 1}
    assert place.ledger.counts_by_status() == {DocumentStatus.COMPLETED: 1, DocumentStatus.UPLOADED: 1}


def test_a_file_nobody_registered_is_registered_once(place: Place) -> None:
    place.gateways.uploads.put("documents/p1/Amelia Whitfield.pdf", b"unknown")
    report = place.reconcile()
    (finding,) = report.findings
    assert (finding.difference, finding.count, finding.open_count) == (Difference.UPLOAD_WITHOUT_DOCUMENT, 1, 0)
    assert "Whitfield" not in str(report.as_json())
    assert place.reconcile().agrees
    assert place.ledger.counts_by_status() == {DocumentStatus.UPLOADED: 1}
    assert not is_alerted(place)


def test_a_file_that_has_just_come_is_the_sensors(place: Place) -> None:
    place.gateways.uploads.put("documents/p1/a.pdf", b"new")
    assert place.reconcile(after=0 * HOUR).agrees


def test_looking_only_changes_nothing(place: Place) -> None:
    place.gateways.uploads.put("documents/p1/a.pdf", b"unknown")
    assert place.found(is_repairing=False) == {"upload-without-document": 1}
    assert place.ledger.counts_by_status() == {}
    assert place.gateways.reconciliations.positions() == {}


def test_a_missing_artifact_is_for_an_engineer(place: Place) -> None:
    settled = place.settled("a.pdf")
    record = place.ledger.document(settled)
    assert record is not None
    assert record.reading_artifact is not None
    place.delete_artifact(record.reading_artifact)
    place.gateways.artifacts.put("another/folder/reading.json.gz", b"words")
    (finding,) = place.reconcile().findings
    assert (finding.difference, finding.samples) == (Difference.ARTIFACT_MISSING, (settled,))


def test_a_listing_refused_half_way_concludes_and_repairs_nothing(
    bucket_place: Place, s3_client: S3Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket_place.settled("zz.pdf")
    for number in range(4):
        bucket_place.gateways.uploads.put(f"documents/p1/{number}.pdf", b"unknown")
    monkeypatch.setattr(s3, "_PAGE_KEYS", 2)
    asked: list[str] = []

    def refuse_second_page(request: object, **_rest: object) -> AWSResponse | None:
        asked.append(str(getattr(request, "url", "")))
        is_of_uploads = "prefix=documents" in asked[-1]
        if is_of_uploads and sum("prefix=documents" in url for url in asked) > 1:
            body = b"<Error><Code>AccessDenied</Code></Error>"
            return AWSResponse(asked[-1], 403, {}, _Raw(body))
        return None

    s3_client.meta.events.register("before-send.s3.ListObjectsV2", refuse_second_page)
    try:
        report = bucket_place.reconcile()
    finally:  # The client is everybody's.
        s3_client.meta.events.unregister("before-send.s3.ListObjectsV2", refuse_second_page)
    assert [finding.difference for finding in report.findings] == [Difference.NOT_COMPARED]
    assert "AccessDenied" in report.findings[0].samples[0]
    assert not report.is_complete
    assert bucket_place.ledger.counts_by_status() == {DocumentStatus.COMPLETED: 1}
    assert is_alerted(bucket_place)


class _Raw:
    """A response's body as urllib3 gives it."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_how: object) -> list[bytes]:
        return [self._body]


def test_an_unmounted_or_emptied_folder_is_not_a_folder_without_files(folder_place: Place, tmp_path: Path) -> None:
    settled = folder_place.settled("a.pdf")
    documents = tmp_path / "uploads/documents"
    documents.rename(tmp_path / "away")
    missing = folder_place.reconcile()
    documents.mkdir()
    emptied = folder_place.reconcile()
    for report, reason in ((missing, "does not exist"), (emptied, "right folder or bucket")):
        assert [finding.difference for finding in report.findings] == [Difference.NOT_COMPARED]
        assert reason in str(report.as_json())
    assert folder_place.ledger.statuses([settled]) == {settled: DocumentStatus.COMPLETED}


def test_bytes_damaged_under_the_same_version_are_found_by_their_hash(folder_place: Place) -> None:
    damaged = folder_place.settled("a.pdf")
    path = Path(urlsplit(folder_place.uri(damaged)).path)
    before = path.stat()
    path.write_bytes(b"?????")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    (finding,) = folder_place.reconcile().findings
    assert (finding.difference, finding.samples) == (Difference.BYTES_CHANGED, (damaged,))


def test_an_accepted_difference_is_passed_over_and_no_other(folder_place: Place) -> None:
    first, second, _third = (folder_place.settled(name) for name in ("a.pdf", "bb.pdf", "ccc.pdf"))
    for gone in (first, second):
        folder_place.delete(folder_place.uri(gone))
    accept = folder_place.gateways.reconciliations.accept
    how = {"accepted_by": "kim", "reason": "no copy is left", "now": datetime.now(UTC)}
    assert accept(Difference.UPLOAD_GONE, first, **how)
    assert not accept(Difference.UPLOAD_GONE, first, **how)
    (finding,) = folder_place.reconcile().findings
    assert finding.samples == (second,)


@pytest.mark.parametrize("name", ["a\\b.pdf", "a\tb.pdf", "a\nb.pdf", "ä ö.pdf", "\\N", "a\\tb.pdf"])
def test_any_name_is_compared_as_it_is(folder_place: Place, name: str) -> None:
    folder_place.settled(name)
    assert folder_place.found() == {}
