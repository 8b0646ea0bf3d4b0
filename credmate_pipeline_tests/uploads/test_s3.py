"""What is particular to uploads in S3: many pages, overwritten objects, and a server that does not answer."""

from pathlib import Path

import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends

from credmate_pipeline.errors import ConfigurationError, ReasonCode, StorageUnavailable, UnreadableDocument
from credmate_pipeline.uploads.s3 import S3Artifacts, S3Client, S3Uploads, open_s3_client
from credmate_pipeline_tests.aws import aws_services


def put(client: S3Client, bucket: str, key: str, content: bytes = b"x") -> None:
    client.put_object(Bucket=bucket, Key=key, Body=content)


@pytest.fixture
def many(bucket: str) -> list[str]:
    """2,100 keys, three pages of S3's; put into the server from inside, which is quicker."""
    keys = [f"documents/{number % 7}/{number:05}.pdf" for number in range(2100)]
    for key in keys:
        s3_backends[DEFAULT_ACCOUNT_ID]["aws"].put_object(bucket, key, b"x")
    return sorted(keys)


def test_all_of_more_than_a_thousand_keys_are_listed_a_bounded_number_of_pages_a_call(
    s3_client: S3Client, bucket: str, many: list[str]
) -> None:
    uploads = S3Uploads(s3_client, bucket, pages_a_call=2)
    assert [upload.key for upload in uploads.list_all()] == many
    first = uploads.list_new(None, at_most=10_000)
    assert ([upload.key for upload in first.uploads], first.is_complete) == (many[:2000], False)
    second = uploads.list_new(first.cursor, at_most=10_000)
    assert ([upload.key for upload in second.uploads], second.is_complete) == (many[2000:], True)
    put(s3_client, bucket, "documents/0/00000a.pdf")
    calls = 0
    cursor, found, is_complete = second.cursor, [], False
    while not is_complete:
        listing = uploads.list_new(cursor, at_most=100)
        cursor, is_complete = listing.cursor, listing.is_complete
        found += [upload.key for upload in listing.uploads]
        calls += 1
    assert found == ["documents/0/00000a.pdf"]
    assert calls == 2


def test_an_object_put_behind_the_walk_is_found_in_the_next_round(s3_client: S3Client, bucket: str) -> None:
    uploads = S3Uploads(s3_client, bucket)
    for name in ("m", "n", "o"):
        put(s3_client, bucket, f"documents/a/{name}.pdf")
    first = uploads.list_new(None, at_most=2)
    put(s3_client, bucket, "documents/a/a.pdf")
    second = uploads.list_new(first.cursor, at_most=10)
    third = uploads.list_new(second.cursor, at_most=10)
    names = [[upload.key[-5] for upload in listing.uploads] for listing in (first, second, third)]
    assert names == [["m", "n"], ["o"], ["a"]]


def test_an_overwritten_object_is_another_version_and_its_old_bytes_are_missing(
    s3_client: S3Client, bucket: str, tmp_path: Path
) -> None:
    uploads = S3Uploads(s3_client, bucket)
    put(s3_client, bucket, "documents/a/x.pdf", b"one")
    first = uploads.list_new(None, at_most=10)
    put(s3_client, bucket, "documents/a/x.pdf", b"two")
    second = uploads.list_new(first.cursor, at_most=10)
    [before], [after] = first.uploads, second.uploads
    assert before.uri == after.uri
    assert before.version != after.version
    with pytest.raises(UnreadableDocument) as raised:
        uploads.fetch(before.uri, tmp_path / "copy", version=before.version)
    assert raised.value.reason is ReasonCode.FILE_MISSING
    uploads.fetch(after.uri, tmp_path / "copy", version=after.version)
    assert (tmp_path / "copy").read_bytes() == b"two"


def test_keys_that_look_like_paths_are_only_text(s3_client: S3Client, bucket: str, tmp_path: Path) -> None:
    keys = ["documents/a/../../etc/passwd", "documents/a/./x.pdf", "documents/a//y.pdf"]
    for key in keys:
        put(s3_client, bucket, key, key.encode())
    uploads = S3Uploads(s3_client, bucket)
    found = {upload.key: upload for upload in uploads.list_new(None, at_most=10).uploads}
    assert set(found) == set(keys)
    for key, upload in found.items():
        uploads.fetch(upload.uri, tmp_path / "copy", version=upload.version)
        assert (tmp_path / "copy").read_bytes() == key.encode()


def test_what_consoles_make_to_stand_for_folders_is_no_document(s3_client: S3Client, bucket: str) -> None:
    put(s3_client, bucket, "documents/a/", b"")
    assert S3Uploads(s3_client, bucket).list_new(None, at_most=10).uploads == ()


def test_a_missing_bucket_is_a_wrong_setting_by_its_name(s3_client: S3Client, tmp_path: Path) -> None:
    uploads, artifacts = S3Uploads(s3_client, "nowhere"), S3Artifacts(s3_client, "nowhere", "artifacts")
    uri = "s3://nowhere/documents/a/x.pdf"
    for use in (
        lambda: uploads.list_new(None, at_most=1),
        lambda: list(uploads.list_all()),
        lambda: uploads.stat(uri),
        lambda: uploads.read(uri),
        lambda: uploads.fetch(uri, tmp_path / "copy"),
        lambda: uploads.put("documents/a/x.pdf", b"x"),
        lambda: artifacts.put("a", b"x"),
        lambda: artifacts.read("a"),
        lambda: artifacts.exists("a"),
    ):
        with pytest.raises(ConfigurationError, match="CREDMATE_S3_BUCKET=nowhere"):
            use()


def test_a_server_that_is_down_is_unavailable_and_not_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with aws_services() as address:
        pass
    uploads = S3Uploads(open_s3_client("us-east-1", address), "bucket")
    with pytest.raises(StorageUnavailable, match="CREDMATE_S3_ENDPOINT_URL"):
        uploads.list_new(None, at_most=1)


def test_no_credentials_are_a_wrong_setting(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    uploads = S3Uploads(open_s3_client("us-east-1", s3_endpoint), "bucket")
    with pytest.raises(ConfigurationError, match="AWS_ACCESS_KEY_ID"):
        uploads.list_new(None, at_most=1)


def test_an_endpoint_that_is_no_address_is_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with pytest.raises(ConfigurationError, match="CREDMATE_S3_ENDPOINT_URL=nowhere"):
        open_s3_client("us-east-1", "nowhere")
