"""A disk that fills, a stage that only says that it reads, a clock that jumps: nobody is deceived."""

from datetime import timedelta
from pathlib import Path

import pytest

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.system.dagster_api import materialized_partitions
from credmate_pipeline_tests.faults.machine import can_mount, fill, move_clock
from credmate_pipeline_tests.faults.plant import Plant
from credmate_pipeline_tests.faults.watching import READ, Fault, assert_honest
from credmate_pipeline_tests.waiting import wait_for

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200)]


def set_stub(plant: Plant, what: str | None) -> None:
    told = Path(plant.environment["FAULTS_STUB_FILE"])
    if what is None:
        told.unlink()
    else:
        told.write_text(what)


def validated(plant: Plant) -> frozenset[str]:
    """What Dagster shows as validated."""
    return materialized_partitions(plant.url, ["validation"])["validation"]


@pytest.mark.skipif(not can_mount(), reason="only root can mount a small disk, and in a container not always")
@pytest.mark.fault("the artifacts' disk is full")
def test_a_full_disk_is_told_of_and_nothing_is_settled_without_its_artifact(local_fault: Fault) -> None:
    fault = local_fault
    fault.upload(scans=5)
    fault.wait_for_the_middle()
    fault.inject()
    filler = fill(Path(fault.plant.environment["CREDMATE_ARTIFACTS_DIR"]))
    fault.is_told(AlertKind.RUN_FAILED, within=240)
    filler.unlink()
    assert set(fault.settles()) <= READ
    assert_honest(fault)
    artifacts = fault.plant.gateways.artifacts
    assert all(record.reading_artifact and artifacts.exists(record.reading_artifact) for record in fault.records())


@pytest.mark.quick
@pytest.mark.fault("the reading stage is a stub that settles without reading")
def test_a_stub_that_settles_without_reading_is_refused_and_told_of(local_fault: Fault) -> None:
    fault = local_fault
    fault.plant.configure(CREDMATE_ATTEMPTS="1")
    set_stub(fault.plant, "read")
    fault.inject()
    fault.upload(scans=0, born_digital=2)
    fault.is_told(AlertKind.DOCUMENT_FAILED, within=240)
    assert set(fault.settles()) == {"failed"}
    assert {record.reason_code for record in fault.records()} == {ReasonCode.INTERNAL_ERROR}
    assert_honest(fault)
    fault.plant.configure()
    set_stub(fault.plant, None)
    fault.read_again(fault.ids())


@pytest.mark.fault("the reading stage is a stub that answers success")
def test_a_stub_that_shows_success_settles_nothing_and_is_told_of(local_fault: Fault) -> None:
    fault = local_fault
    set_stub(fault.plant, "walk")
    fault.inject()
    fault.upload(scans=5)
    message = fault.is_told(AlertKind.NOTHING_SETTLES, within=300)
    assert message["count"] == len(fault.keys)
    assert {record.status for record in fault.records()} == {DocumentStatus.UPLOADED}
    wait_for("Dagster deceived", lambda: set(fault.ids()) <= validated(fault.plant), seconds=240)
    set_stub(fault.plant, None)
    assert set(fault.settles()) <= READ
    assert_honest(fault)


@pytest.mark.fault("the clock jumps an hour ahead")
def test_a_clock_that_jumps_takes_no_document_from_the_run_that_reads_it(local_fault: Fault) -> None:
    fault = local_fault
    fault.breaks_the_plant = True
    fault.upload(scans=6)
    fault.wait_for_the_middle()
    readers = {record.claim_run_id for record in fault.records()} - {None}
    fault.inject()
    move_clock(fault.plant.ledger.engine, timedelta(hours=1))
    fault.is_told(AlertKind.DAEMON_SILENT, within=300)
    assert set(fault.settles()) <= READ
    assert_honest(fault)
    for record in fault.records():
        assert record.attempt_count == 1
        assert record.settled_at is not None
        assert record.settled_at <= fault.plant.ledger.now()
    settled_by = {fault.plant.ledger.history(document_id)[-1].run_id for document_id in fault.ids()}
    assert settled_by == readers
