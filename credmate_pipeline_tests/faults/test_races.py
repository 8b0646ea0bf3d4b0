"""However often a document is asked for, it is registered once and read once."""

from concurrent.futures import ThreadPoolExecutor

import dagster as dg
import pytest

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.run_tags import REQUESTED_BY
from credmate_pipeline.defs.sensors.new_uploads import new_uploads
from credmate_pipeline_tests.faults.engine import Mood
from credmate_pipeline_tests.faults.notices import queue_of, tell, waiting_count
from credmate_pipeline_tests.faults.storage import BUCKET
from credmate_pipeline_tests.faults.watching import READ, Fault, assert_honest
from credmate_pipeline_tests.waiting import wait_for

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200)]


@pytest.mark.fault("two runs are asked for the same document")
def test_of_two_runs_over_one_document_one_reads_it(fault: Fault) -> None:
    fault.upload(scans=1)
    fault.plant.engine.is_(Mood.SLOW)
    wait_for("the reading", lambda: any(one.claim_run_id for one in fault.records()), seconds=240)
    [document_id] = fault.ids()
    fault.inject()
    fault.plant.engine.is_(Mood.SLOW)
    second = fault.plant.launch_run(document_id, {REQUESTED_BY: "new_uploads"})
    wait_for("the second run's end", lambda: fault.plant.run_status(second) == "SUCCESS", seconds=240)
    assert set(fault.settles()) <= READ
    assert_honest(fault)


@pytest.mark.fault("two sensors see the same uploads")
def test_of_two_sensors_that_see_an_upload_one_registers_it(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**fault.plant.environment, **fault.plant.in_file}.items():
        monkeypatch.setenv(name, value)
    fault.inject()
    fault.upload(scans=5)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(tick, range(2)))
    assert set(fault.settles()) <= READ
    assert_honest(fault)


def tick(_number: int) -> None:
    """A tick of another daemon, whose runs never start."""
    with (
        dg.DagsterInstance.ephemeral() as instance,
        dg.build_sensor_context(instance=instance, definitions=defs) as context,
    ):
        new_uploads(context, pipeline=PipelineGateways())


@pytest.mark.fault("a queue tells of uploads twice and out of order")
def test_uploads_told_of_twice_and_out_of_order_are_one_document_each(fault: Fault) -> None:
    storage = fault.plant.storage
    assert storage is not None
    queue_url = queue_of(storage)
    fault.inject()
    # The listing rests meanwhile: what is found is what the queue told of.
    fault.plant.configure(CREDMATE_SQS_QUEUE_URL=queue_url, CREDMATE_SQS_ENDPOINT_URL=storage.server_url)
    fault.upload(scans=5)
    told = list(reversed(fault.keys))
    tell(storage, queue_url, BUCKET, [*told, *fault.keys, "documents/nobody/never-there.pdf"])
    assert set(fault.settles()) <= READ
    assert_honest(fault)
    wait_for("the end of every notice", lambda: waiting_count(storage, queue_url) == 0, seconds=240)
    fault.plant.configure()
