"""A tick whose answer never reached the daemon costs its documents seconds, not their patience."""

from datetime import timedelta

import pytest
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, SensorResult, SkipReason, build_sensor_context

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.sensors import new_uploads as sensor
from credmate_pipeline.defs.sensors.new_uploads import REQUESTS_FORGOTTEN, new_uploads
from credmate_pipeline.gateways import Gateways
from credmate_pipeline_tests.defs.driving import certificate, tick


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a tick is lost is told at once."""
    monkeypatch.setattr(sensor, "LOST_AFTER", timedelta(0))


def lost_tick(instance: DagsterInstance) -> SensorResult | SkipReason:
    """A tick that the sensor answers and nobody hears: no key is added, no run is made."""
    with build_sensor_context(instance=instance, definitions=defs) as context:
        answer = new_uploads(context, pipeline=PipelineGateways())
    assert isinstance(answer, SensorResult | SkipReason)
    return answer


def asked_for(answer: SensorResult | SkipReason) -> int:
    return len(answer.run_requests or []) if isinstance(answer, SensorResult) else 0


def start_runs(instance: DagsterInstance, answer: SensorResult) -> None:
    """What the daemon does with an answer, up to the start of the runs."""
    for request in answer.run_requests or []:
        run = DagsterRun(job_name="journey", tags=request.tags, status=DagsterRunStatus.STARTED)
        instance.run_storage.add_run(run)


def upload(gateways: Gateways, count: int) -> None:
    for number in range(count):
        gateways.uploads.put(f"documents/p1/{number}.pdf", certificate(number + 1))


def test_what_a_lost_tick_asked_for_the_next_one_asks_for_again(gateways: Gateways, instance: DagsterInstance) -> None:
    upload(gateways, 2)
    assert asked_for(lost_tick(instance)) == 2
    assert len(tick(instance).run_requests or []) == 2


def test_what_runs_were_made_for_is_not_asked_for_again(gateways: Gateways, instance: DagsterInstance) -> None:
    upload(gateways, 2)
    start_runs(instance, tick(instance))
    assert asked_for(lost_tick(instance)) == 0


def test_documents_of_a_lost_tick_share_a_run_as_they_would_have(gateways: Gateways, instance: DagsterInstance) -> None:
    upload(gateways, 7)
    assert asked_for(lost_tick(instance)) == 1
    assert len(tick(instance).run_requests or []) == 1


def test_of_two_systems_over_one_ledger_neither_asks_for_ever(gateways: Gateways, instance: DagsterInstance) -> None:
    upload(gateways, 1)
    answers = [asked_for(lost_tick(instance)) for _ in range(6)]
    assert answers == [1] * (1 + REQUESTS_FORGOTTEN) + [0] * (5 - REQUESTS_FORGOTTEN)


def test_a_tick_has_time_to_make_its_runs(
    gateways: Gateways, instance: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sensor, "LOST_AFTER", timedelta(minutes=1))
    upload(gateways, 2)
    assert asked_for(lost_tick(instance)) == 2
    assert asked_for(lost_tick(instance)) == 0
