"""A client is made once for the same place and credentials, and anew for others or after a while."""

import pytest

from credmate_pipeline import shared_clients
from credmate_pipeline.shared_clients import KEPT_SECONDS, shared
from credmate_pipeline.uploads.s3 import open_s3_client


def test_ticks_share_a_client_and_other_places_and_credentials_have_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    first = open_s3_client("us-east-1", "http://127.0.0.1:9")
    assert open_s3_client("us-east-1", "http://127.0.0.1:9") is first
    assert open_s3_client("us-east-1", "http://127.0.0.1:10") is not first
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "another")
    assert open_s3_client("us-east-1", "http://127.0.0.1:9") is not first


def test_a_client_is_made_anew_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(shared_clients, "monotonic", lambda: now)
    make = shared(object)
    first = make()
    now = KEPT_SECONDS - 1.0
    assert make() is first
    now = float(KEPT_SECONDS)
    assert make() is not first
