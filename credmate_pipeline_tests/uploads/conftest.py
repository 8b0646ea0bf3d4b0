"""Stores to test: a folder, and a bucket of a real S3 endpoint on loopback."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from credmate_pipeline.uploads.s3 import S3Client, open_s3_client
from credmate_pipeline_tests.aws import aws_services


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """An S3 server for the whole session."""
    with aws_services() as address:
        yield address


@pytest.fixture
def s3_client(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Client]:
    """A client of that server."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    client = open_s3_client("us-east-1", s3_endpoint)
    yield client
    client.close()


@pytest.fixture
def bucket(s3_client: S3Client) -> str:
    """A bucket nobody else uses."""
    name = f"uploads-{uuid4().hex[:12]}"
    s3_client.create_bucket(Bucket=name)
    return name
