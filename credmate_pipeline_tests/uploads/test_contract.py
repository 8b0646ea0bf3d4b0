"""What every store of uploads promises, asserted of the folder and of S3 alike."""

from dataclasses import replace
from pathlib import Path

import pytest

from credmate_pipeline.errors import ConfigurationError, PermanentError, ReasonCode, UnreadableDocument
from credmate_pipeline.uploads.local_artifacts import LocalArtifacts
from credmate_pipeline.uploads.local_folder import LocalUploads
from credmate_pipeline.uploads.s3 import S3Artifacts, S3Client, S3Uploads
from credmate_pipeline.uploads.store import ArtifactStore, Upload, UploadStore

ODD_NAMES = ("a b.pdf", "Zoë – Müller 証明.pdf", "100%+1?#&=.pdf", "quote\"'.pdf", "%2e%2e.pdf")


@pytest.fixture(params=["folder", "s3"])
def uploads(request: pytest.FixtureRequest, tmp_path: Path) -> UploadStore:
    if request.param == "s3":
        return S3Uploads(request.getfixturevalue("s3_client"), request.getfixturevalue("bucket"))
    store = LocalUploads(tmp_path / "root", settle_seconds=0)
    store.prepare()
    return store


@pytest.fixture(params=["folder", "s3"])
def artifacts(request: pytest.FixtureRequest, tmp_path: Path) -> ArtifactStore:
    if request.param == "s3":
        return S3Artifacts(request.getfixturevalue("s3_client"), request.getfixturevalue("bucket"), "artifacts")
    return LocalArtifacts(tmp_path / "artifacts")


def listed(uploads: UploadStore, cursor: str | None = None, at_most: int = 100) -> tuple[list[Upload], str]:
    """Everything new, over as many calls as it takes."""
    found: list[Upload] = []
    is_complete = False
    while not is_complete:
        listing = uploads.list_new(cursor, at_most=at_most)
        assert len(listing.uploads) <= at_most
        found += listing.uploads
        cursor, is_complete = listing.cursor, listing.is_complete
    assert cursor is not None
    return found, cursor


def test_what_was_put_is_listed_and_read_back(uploads: UploadStore) -> None:
    put = uploads.put("documents/provider-7/scan.pdf", b"%PDF-1")
    [found], _ = listed(uploads)
    assert found == put
    assert (found.key, found.owner, found.byte_count) == ("documents/provider-7/scan.pdf", "provider-7", 6)
    assert found.stored_at.utcoffset() is not None
    assert uploads.read(found.uri) == b"%PDF-1"
    assert uploads.stat(found.uri) == found
    assert list(uploads.list_all()) == [found]


def test_an_empty_store_lists_nothing(uploads: UploadStore) -> None:
    assert listed(uploads)[0] == list(uploads.list_all()) == []


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_survive_the_way_there_and_back(uploads: UploadStore, name: str, tmp_path: Path) -> None:
    key = f"documents/org 1/{name}"
    uploads.put(key, b"bytes")
    [found], _ = listed(uploads)
    assert found.key == key
    uploads.fetch(found.uri, tmp_path / "copy", version=found.version)
    assert (tmp_path / "copy").read_bytes() == b"bytes"


@pytest.mark.parametrize(
    "key",
    [
        "documents/../../etc/passwd",
        "documents/a/../../x.pdf",
        "/documents/a/x.pdf",
        "documents//x.pdf",
        "documents/a/",
        "documents/x.pdf",
        "other/a/x.pdf",
        "documents/a/.hidden.pdf",
        "documents/a/x.pdf.part",
        "documents/a/nul\0.pdf",
    ],
)
def test_a_key_that_leads_elsewhere_or_would_never_be_read_is_refused(uploads: UploadStore, key: str) -> None:
    with pytest.raises(PermanentError):
        uploads.put(key, b"bytes")
    assert list(uploads.list_all()) == []


def test_a_name_that_is_taken_keeps_its_bytes_and_the_other_file_gets_a_number(uploads: UploadStore) -> None:
    first = uploads.put("documents/a/scan.pdf", b"one")
    second = uploads.put("documents/a/scan.pdf", b"two")
    third = uploads.put("documents/a/scan.pdf", b"two")
    assert [second.key, third.key] == ["documents/a/scan (2).pdf", "documents/a/scan (3).pdf"]
    assert [uploads.read(upload.uri) for upload in (first, second, third)] == [b"one", b"two", b"two"]
    assert {upload.uri for upload in listed(uploads)[0]} == {first.uri, second.uri, third.uri}


def test_a_listing_is_cut_where_asked_and_goes_on(uploads: UploadStore) -> None:
    put = {uploads.put(f"documents/{number % 3}/{number}.pdf", b"x").uri for number in range(10)}
    first = uploads.list_new(None, at_most=4)
    assert (len(first.uploads), first.is_complete) == (4, False)
    rest, _ = listed(uploads, first.cursor, at_most=4)
    assert {upload.uri for upload in (*first.uploads, *rest)} == put


def test_only_what_is_new_is_listed_the_next_time_wherever_it_sorts(uploads: UploadStore) -> None:
    uploads.put("documents/m/m.pdf", b"x")
    _, cursor = listed(uploads)
    new = [uploads.put(key, b"y") for key in ("documents/a/a.pdf", "documents/m/a.pdf", "documents/z/z.pdf")]
    found, _ = listed(uploads, cursor)
    assert {upload.uri for upload in new} <= {upload.uri for upload in found}


def test_a_missing_file_is_said_to_be_missing(uploads: UploadStore, tmp_path: Path) -> None:
    gone = uploads.put("documents/a/x.pdf", b"x").uri.replace("x.pdf", "y.pdf")
    target = tmp_path / "copy"
    for access in (uploads.stat, uploads.read, lambda uri: uploads.fetch(uri, target)):
        with pytest.raises(UnreadableDocument) as raised:
            access(gone)
        assert raised.value.reason is ReasonCode.FILE_MISSING
    assert not list(tmp_path.glob("*copy*"))
    assert not list(tmp_path.glob("*.part"))


def test_bytes_that_are_not_the_listed_ones_are_not_taken_for_them(uploads: UploadStore, tmp_path: Path) -> None:
    put = uploads.put("documents/a/x.pdf", b"x")
    stale = replace(put, version="0" * 32)
    with pytest.raises(UnreadableDocument, match="replaced") as raised:
        uploads.fetch(stale.uri, tmp_path / "copy", version=stale.version)
    assert raised.value.reason is ReasonCode.FILE_MISSING
    assert not (tmp_path / "copy").exists()
    assert uploads.read(put.uri, version=put.version) == b"x"


def test_a_place_outside_the_store_is_not_read(uploads: UploadStore) -> None:
    for uri in ("file:///etc/passwd", "s3://another-bucket/x", "http://127.0.0.1/x", "documents/a/x.pdf", ""):
        with pytest.raises(ConfigurationError):
            uploads.read(uri)


def test_a_cursor_of_another_store_is_refused(uploads: UploadStore) -> None:
    for cursor in ("", "nonsense", "{}", '{"format": 99}', "[]"):
        with pytest.raises(ConfigurationError, match="cursor"):
            uploads.list_new(cursor, at_most=1)


def test_an_artifact_is_written_over_and_read_back(artifacts: ArtifactStore) -> None:
    key = "0c7f/abcd/reading.json.gz"
    assert not artifacts.exists(key)
    artifacts.put(key, b"one")
    assert artifacts.put(key, b"two").endswith(key)
    assert artifacts.exists(key)
    assert artifacts.read(key) == b"two"


def test_a_missing_artifact_is_an_error_that_says_what_to_do(artifacts: ArtifactStore) -> None:
    with pytest.raises(PermanentError, match="run the document again"):
        artifacts.read("0c7f/abcd/reading.json.gz")


def test_an_artifacts_key_cannot_leave_its_store(artifacts: ArtifactStore) -> None:
    for use in (artifacts.read, artifacts.exists, lambda key: artifacts.put(key, b"x")):
        with pytest.raises(PermanentError):
            use("a/../../b")


def test_uploads_and_artifacts_share_a_bucket_without_meeting(s3_client: S3Client, bucket: str) -> None:
    S3Artifacts(s3_client, bucket, "artifacts").put("a/b/c", b"x")
    assert list(S3Uploads(s3_client, bucket).list_all()) == []


def test_what_is_removed_is_gone_and_removing_it_again_is_no_error(uploads: UploadStore) -> None:
    put = uploads.put("documents/p/a.pdf", b"one")
    other = uploads.put("documents/p/a.pdf.pdf", b"two")
    for _ in range(2):
        uploads.remove(put.uri, version=put.version)
    assert list(uploads.list_all()) == [other]


def test_bytes_of_another_version_are_not_removed(uploads: UploadStore) -> None:
    put = uploads.put("documents/p/a.pdf", b"one")
    uploads.remove(put.uri, version="another")
    assert uploads.read(put.uri) == b"one"


def test_every_version_of_removed_bytes_goes_and_other_versions_stay(s3_client: S3Client, bucket: str) -> None:
    s3_client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    uploads = S3Uploads(s3_client, bucket)
    put = uploads.put("documents/p/a.pdf", b"one")
    s3_client.put_object(Bucket=bucket, Key=put.key, Body=b"two")
    uploads.remove(put.uri, version=put.version)
    versions = s3_client.list_object_versions(Bucket=bucket)["Versions"]
    assert [entry["Size"] for entry in versions] == [3]
    assert uploads.read(put.uri) == b"two"
    s3_client.delete_object(Bucket=bucket, Key=put.key)
    uploads.remove(put.uri, version=versions[0]["ETag"].strip('"'))
    left = s3_client.list_object_versions(Bucket=bucket)
    assert (left.get("Versions"), left.get("DeleteMarkers")) == (None, None)


def test_all_artifacts_of_a_folder_are_removed_and_no_others(artifacts: ArtifactStore) -> None:
    for key in ("one/hash/a", "one/hash/b", "one-more/hash/a"):
        artifacts.put(key, b"x")
    for _ in range(2):
        artifacts.remove_all("one")
    kept = [key for key in ("one/hash/a", "one/hash/b", "one-more/hash/a") if artifacts.exists(key)]
    assert kept == ["one-more/hash/a"]
