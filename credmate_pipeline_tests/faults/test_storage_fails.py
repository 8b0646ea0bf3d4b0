"""Storage that refuses, hangs, is named wrongly or has lost a file is told of, and nothing is taken for read."""

import pytest

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline_tests.faults.storage import BUCKET, Door, Storage
from credmate_pipeline_tests.faults.watching import READ, Fault, assert_honest
from credmate_pipeline_tests.waiting import wait_for

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200)]


def storage_of(fault: Fault) -> Storage:
    assert fault.plant.storage is not None
    return fault.plant.storage


@pytest.mark.parametrize(
    "door",
    [
        pytest.param(Door.REFUSES, marks=pytest.mark.fault("storage refuses connections")),
        pytest.param(Door.HANGS, marks=pytest.mark.fault("storage takes connections and never answers")),
    ],
)
def test_storage_that_does_not_answer_is_told_of_and_never_read_as_empty(fault: Fault, door: Door) -> None:
    fault.upload(scans=5)
    fault.wait_for_the_middle()
    fault.inject()
    storage_of(fault).becomes(door)
    fault.is_told(AlertKind.DAEMON_SILENT, within=300, of="new_uploads")
    storage_of(fault).becomes(Door.OPEN)
    assert set(fault.settles(within=600)) <= READ
    assert_honest(fault)


@pytest.mark.fault("the uploads' bucket is named wrongly")
def test_a_wrong_bucket_is_told_of_and_its_uploads_are_found_once_it_is_right(fault: Fault) -> None:
    fault.upload(scans=5)
    fault.wait_for_the_middle()
    fault.inject()
    fault.plant.configure(CREDMATE_S3_BUCKET="somewhere-else")
    fault.plant.restart_code_server()
    fault.upload(scans=1)
    fault.is_told(AlertKind.DAEMON_SILENT, within=300, of="new_uploads")
    fault.plant.configure()
    fault.plant.restart_code_server()
    assert set(fault.settles()) <= READ
    assert_honest(fault)


@pytest.mark.fault("an upload is deleted after its registration")
def test_a_deleted_upload_is_unreadable_and_fails_no_other(fault: Fault) -> None:
    fault.upload(scans=5)
    wait_for("the registration", lambda: len(fault.records()) == len(fault.keys), seconds=240)
    fault.inject()
    storage_of(fault).delete(BUCKET, fault.keys[2])
    states = fault.settles()
    assert states["unreadable"] == 1
    assert set(states) <= {*READ, "unreadable"}
    [gone] = [record for record in fault.records() if record.status is DocumentStatus.UNREADABLE]
    assert gone.reason_code is ReasonCode.FILE_MISSING
    assert_honest(fault)
    fault.alert = "none: the record asks the uploader"
