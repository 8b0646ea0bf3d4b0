"""An engine that is missing, crashes, hangs or reads nothing settles nothing as read, and is told of."""

import pytest

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline_tests.faults.engine import Mood
from credmate_pipeline_tests.faults.watching import READ, Fault, assert_honest

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200)]


@pytest.mark.fault("Tesseract is missing")
def test_a_missing_engine_is_told_of_and_its_documents_wait(fault: Fault) -> None:
    fault.upload(scans=5)
    fault.wait_for_the_middle()
    fault.inject()
    fault.plant.engine.is_(Mood.MISSING)
    fault.is_told(AlertKind.RUN_FAILED, within=240)
    assert set(fault.settles()) <= READ
    assert_honest(fault)


@pytest.mark.fault("Tesseract crashes")
def test_a_crashing_engine_ends_in_failed_documents_that_are_told_of(fault: Fault) -> None:
    fault.plant.configure(CREDMATE_ATTEMPTS="1")
    fault.upload(scans=5)
    fault.wait_for_the_middle()
    fault.inject()
    fault.plant.engine.is_(Mood.CRASH)
    fault.is_told(AlertKind.DOCUMENT_FAILED, within=240)
    states = fault.settles()
    assert states["failed"] >= 1
    failed = [record for record in fault.records() if record.status.value == "failed"]
    assert {record.reason_code for record in failed} == {ReasonCode.ENGINE_FAILED}
    assert_honest(fault)
    fault.plant.configure()
    fault.read_again([record.document_id for record in failed])


@pytest.mark.fault("Tesseract hangs")
def test_a_hanging_engine_is_stopped_and_told_of(fault: Fault) -> None:
    fault.upload(scans=3)
    fault.wait_for_the_middle()
    fault.inject()
    fault.plant.engine.is_(Mood.HANG)
    fault.is_told(AlertKind.RUN_FAILED, within=400)
    assert set(fault.settles()) <= READ
    assert_honest(fault)


@pytest.mark.fault("Tesseract reads nothing")
def test_an_engine_that_reads_nothing_is_told_of_by_the_canary_and_by_the_documents(fault: Fault) -> None:
    fault.plant.engine.is_(Mood.NOTHING)
    fault.plant.configure(CREDMATE_CANARY_MINUTES="1", CREDMATE_CANARY_DEADLINE_MINUTES="4")
    fault.inject()
    fault.upload(scans=6)
    fault.is_told(AlertKind.CANARY, within=300)
    fault.is_told(AlertKind.NOTHING_READ, within=300)
    states = fault.settles(with_engine=Mood.NOTHING)
    assert set(states) == {"unreadable"}
    assert_honest(fault)
    fault.plant.configure()
    fault.read_again(fault.ids())
