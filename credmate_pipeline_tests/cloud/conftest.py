"""Credentials that open nothing, and a real S3 endpoint on loopback."""

import pytest

from credmate_pipeline_tests.uploads.conftest import bucket, s3_client, s3_endpoint

__all__ = ["bucket", "s3_client", "s3_endpoint"]


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
