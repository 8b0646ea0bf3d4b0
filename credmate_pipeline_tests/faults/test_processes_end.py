"""Whatever process ends in the middle of a batch, its documents are settled once and somebody is told."""

import json

import psutil
import pytest
from sqlalchemy import text

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.ledger.embedded import start_embedded
from credmate_pipeline_tests.faults.plant import Plant
from credmate_pipeline_tests.faults.watching import READ, Fault, assert_honest
from credmate_pipeline_tests.waiting import wait_for

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200)]


def kill_postgres(plant: Plant) -> None:
    """Kills the server, and waits until what it leaves behind has noticed."""
    with plant.ledger.engine.connect() as connection:
        backend = psutil.Process(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
        server = backend.parent()
    assert server is not None
    family = [server, *server.children()]
    server.kill()
    psutil.wait_procs(family, timeout=60)


@pytest.mark.quick
@pytest.mark.fault("the run's process is killed")
def test_a_killed_run_is_told_of_and_its_documents_are_settled_once(local_fault: Fault) -> None:
    fault = local_fault
    fault.upload(scans=5)
    fault.wait_for_the_middle()
    # A canary's run may be under way beside the batch's.
    runs = fault.plant.run_processes()
    assert runs
    fault.inject()
    for run in runs:
        run.kill()
    fault.is_told(AlertKind.RUN_FAILED, within=120)
    assert set(fault.settles()) <= READ
    assert_honest(fault)


@pytest.mark.fault("a lane is killed")
def test_a_killed_lane_fails_one_attempt_of_one_document(fault: Fault) -> None:
    fault.upload(scans=5)
    fault.wait_for_the_middle()
    lane = wait_for("a lane", lambda: next(iter(fault.plant.lanes()), None), seconds=10)
    fault.inject()
    lane.kill()
    fault.is_told(AlertKind.RUN_FAILED, within=120)
    assert set(fault.settles()) <= READ
    assert_honest(fault)


@pytest.mark.fault("the code server is killed")
def test_a_killed_code_server_is_started_again_and_told_of(fault: Fault) -> None:
    fault.upload(scans=5)
    fault.wait_for_the_middle()
    server = fault.plant.service("code server")
    fault.inject()
    server.kill()
    message = fault.is_told(AlertKind.SERVICE_ENDED, within=120)
    assert message["samples"] == ["code server"]
    assert set(fault.settles()) <= READ
    assert_honest(fault)


@pytest.mark.fault("the daemon is killed")
def test_a_killed_daemon_is_started_again_and_told_of(fault: Fault) -> None:
    fault.upload(scans=5)
    fault.wait_for_the_middle()
    daemon = fault.plant.service("daemon")
    fault.inject()
    daemon.kill()
    message = fault.is_told(AlertKind.SERVICE_ENDED, within=120)
    assert message["samples"] == ["daemon"]
    fault.upload(scans=1)
    assert set(fault.settles()) <= READ
    assert_honest(fault)


@pytest.mark.fault("the daemon hangs")
def test_a_daemon_that_hangs_is_told_of_from_outside(fault: Fault) -> None:
    fault.upload(scans=5)
    fault.wait_for_the_middle()
    daemon = fault.plant.service("daemon")
    fault.inject()
    daemon.suspend()
    fault.upload(scans=1)
    fault.is_told(AlertKind.DAEMON_SILENT, within=240)
    health = fault.plant.command("health", "--json")
    assert health.returncode == 1
    assert AlertKind.DAEMON_SILENT in {one["kind"] for one in json.loads(health.stdout)["conditions"]}
    daemon.resume()
    assert set(fault.settles()) <= READ
    assert_honest(fault)


@pytest.mark.fault("PostgreSQL is killed, and started again")
def test_a_killed_database_is_told_of_and_nothing_is_lost(fault: Fault) -> None:
    fault.upload(scans=5)
    fault.wait_for_the_middle()
    fault.inject()
    kill_postgres(fault.plant)
    fault.is_told(AlertKind.LEDGER_UNREACHABLE, within=240)
    start_embedded(fault.plant.postgres_home)
    assert set(fault.settles()) <= READ
    assert_honest(fault)
