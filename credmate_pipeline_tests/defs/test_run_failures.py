"""What follows a failed run: what it still held is given back, and only that."""

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest

from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.sensors.run_failures import run_failures
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.records import EventKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline_tests.outcomes import registered

LEASE = timedelta(minutes=30)


@dg.op
def falls() -> None:
    raise RuntimeError("gone")


@dg.job
def falling() -> None:
    falls()


@pytest.fixture
def failed_run(instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    return falling.execute_in_process(instance=instance, raise_on_error=False)


def tell(instance: dg.DagsterInstance, failed_run: dg.ExecuteInProcessResult) -> None:
    """The sensor's evaluation for this failed run, as the daemon makes it."""
    event = next(event for event in failed_run.all_events if event.event_type is dg.DagsterEventType.RUN_FAILURE)
    context = dg.build_run_status_sensor_context(
        sensor_name="run_failures", dagster_instance=instance, dagster_run=failed_run.dagster_run, dagster_event=event
    ).for_run_failure()
    run_failures(context, pipeline=PipelineGateways())


def test_what_a_failed_run_held_is_due_again_and_its_trail_says_why(
    gateways: Gateways, instance: dg.DagsterInstance, failed_run: dg.ExecuteInProcessResult
) -> None:
    held, others = registered(gateways.ledger, "held.pdf"), registered(gateways.ledger, "others.pdf")
    now = datetime.now(UTC)
    gateways.ledger.claim([held], run_id=failed_run.run_id, lease=LEASE, now=now)
    gateways.ledger.claim([others], run_id="another-run", lease=LEASE, now=now)
    tell(instance, failed_run)
    claims = {record.document_id: record.claim_run_id for record in gateways.ledger.documents()}
    assert claims == {held: None, others: "another-run"}
    last = gateways.ledger.history(held)[-1]
    assert last.kind is EventKind.ATTEMPT_FAILED
    assert last.run_id == failed_run.run_id
    due = gateways.ledger.due(now=now + timedelta(minutes=1), patience=timedelta(days=1), at_most=10)
    assert held in [document.document_id for document in due]


def test_a_document_whose_last_attempt_died_has_failed(
    gateways: Gateways,
    instance: dg.DagsterInstance,
    failed_run: dg.ExecuteInProcessResult,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CREDMATE_ATTEMPTS", "1")
    held = registered(gateways.ledger)
    gateways.ledger.claim([held], run_id=failed_run.run_id, lease=LEASE, now=datetime.now(UTC))
    tell(instance, failed_run)
    record = gateways.ledger.document(held)
    assert record is not None
    assert record.status is DocumentStatus.FAILED
    assert record.reasons


def test_a_failed_run_that_held_nothing_changes_nothing(
    gateways: Gateways, instance: dg.DagsterInstance, failed_run: dg.ExecuteInProcessResult
) -> None:
    waiting = registered(gateways.ledger)
    tell(instance, failed_run)
    assert len(gateways.ledger.history(waiting)) == 1
