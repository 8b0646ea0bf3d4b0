"""A wrong setting in Dagster: the code still loads, and tick or run says which setting in one sentence."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.sensors.new_uploads import new_uploads
from credmate_pipeline.defs.storage import PipelineStorage
from credmate_pipeline.errors import ConfigurationError, LedgerUnavailable
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.embedded import stop_embedded
from credmate_pipeline.ledger.records import EventKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline_tests.defs.driving import certificate, keys_of, run, tick

WRONG = {
    "DATABASE_URL": ("postgresql://someone:secret@127.0.0.1:1/credmate", LedgerUnavailable, r"127\.0\.0\.1:1"),
    "CREDMATE_LANES": ("many", ConfigurationError, "many"),
    "CREDMATE_UPLOADS": ("s3", ConfigurationError, "CREDMATE_S3_BUCKET is empty"),
    "CREDMATE_UPLOADS_DIR": ("/nowhere/at/all", ConfigurationError, "/nowhere/at/all"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_code_loads_and_the_tick_names_the_setting_and_its_value(
    gateways: Gateways, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    value, kind, told = WRONG[name]
    monkeypatch.setenv(name, value)
    dg.Definitions.validate_loadable(defs)
    with pytest.raises(kind, match=told) as raised:
        tick(instance)
    assert name in str(raised.value)
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_dagsters_own_storage_names_the_setting_where_the_database_is_unreachable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:secret@127.0.0.1:1/credmate")
    with pytest.raises(LedgerUnavailable, match=r"127\.0\.0\.1:1.*DATABASE_URL") as raised:
        PipelineStorage.from_config_value(None, {})
    assert "secret" not in str(raised.value)


def test_the_embedded_ledger_and_uploads_folder_are_made_by_the_first_tick(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CREDMATE_HOME", str(tmp_path))
    try:
        with dg.build_sensor_context(instance=instance, definitions=defs) as context:
            assert isinstance(new_uploads(context, pipeline=PipelineGateways()), dg.SkipReason)
        assert (tmp_path / "uploads" / "documents").is_dir()
    finally:
        stop_embedded(tmp_path)


def failure_of(result: dg.ExecuteInProcessResult) -> str:
    """What the run's page shows first."""
    (failure,) = result.get_step_failure_events()
    assert failure.step_failure_data.error is not None
    cause = failure.step_failure_data.error.cause
    assert cause is not None
    assert cause.cls_name == ConfigurationError.__name__
    return cause.message


def test_a_run_without_its_language_says_so_and_spends_no_attempt(
    gateways: Gateways, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateways.uploads.put("documents/p1/a.pdf", certificate(3))
    tick(instance)
    with monkeypatch.context() as wrong:
        wrong.setenv("CREDMATE_OCR_LANGUAGE", "xyz")
        assert "CREDMATE_OCR_LANGUAGE is xyz" in failure_of(run(instance, keys_of(instance)))
    (record,) = gateways.ledger.documents()
    assert (record.status, record.claim_run_id, record.attempt_count) == (DocumentStatus.UPLOADED, None, 0)
    assert EventKind.ATTEMPT_FAILED not in [event.kind for event in gateways.ledger.history(record.document_id)]
    later = datetime.now(UTC) + timedelta(minutes=16)
    due = gateways.ledger.due(now=later, patience=timedelta(minutes=15), at_most=1)
    assert [document.document_id for document in due] == [record.document_id]
    assert run(instance, keys_of(instance)).success
    assert gateways.ledger.counts_by_status() == {DocumentStatus.COMPLETED: 1}
