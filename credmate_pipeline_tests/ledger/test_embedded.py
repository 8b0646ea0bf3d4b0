"""The embedded server."""

from pathlib import Path

import pytest

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.ledger.connection import normalize_url
from credmate_pipeline.ledger.embedded import is_embedded_running, start_embedded, stop_embedded
from credmate_pipeline.ledger.ledger import open_ledger
from credmate_pipeline.ledger.schema import migrate


def test_a_server_starts_once_keeps_its_data_and_stops(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = closed / "home"
    url = start_embedded(home, is_durable=False)
    assert start_embedded(home) == url
    migrate(url)
    assert stop_embedded(home)
    assert not is_embedded_running(home)
    assert not stop_embedded(home)
    assert start_embedded(home, is_durable=False) == url
    ledger = open_ledger(url)
    assert ledger.counts_by_status() == {}
    ledger.close()
    assert closed.stat().st_mode & 0o777 == 0o700
    stop_embedded(home)


@pytest.mark.parametrize("address", ["mysql://x/y", "sqlite:///x", "not a url"])
def test_only_postgresql_is_accepted(address: str) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        normalize_url(address)


def test_the_driver_is_named(tmp_path: Path) -> None:
    assert normalize_url("postgres://u:p@h/d") == "postgresql+psycopg2://u:p@h/d"
