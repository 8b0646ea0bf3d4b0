"""A real ledger and a real folder of uploads; Dagster's own storage is temporary."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from credmate_pipeline.gateways import Gateways, open_gateways
from credmate_pipeline.settings import Settings
from credmate_pipeline_tests.defs.driving import WITHOUT_COMPUTE_LOGS, Reconcile, reconcile_in


@pytest.fixture
def gateways(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateways]:
    (tmp_path / "home/uploads/documents").mkdir(parents=True)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("CREDMATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CREDMATE_SETTLE_SECONDS", "0")
    opened = open_gateways(Settings())
    yield opened
    opened.ledger.close()


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.instance_for_test(overrides=WITHOUT_COMPUTE_LOGS) as made:
        yield made


@pytest.fixture
def reconcile(gateways: Gateways, instance: dg.DagsterInstance) -> Reconcile:
    """Reconciles over the test's own ledger and Dagster."""
    return lambda: reconcile_in(instance)
