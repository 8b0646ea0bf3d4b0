"""A document belongs to one run at a time, whatever a clock says; a run that lost one goes on with the others."""

from datetime import timedelta

import dagster as dg
from sqlalchemy import text

from credmate_pipeline.batch import Batch, DocumentLeft, DocumentSettled, Request
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage
from credmate_pipeline_tests.defs.driving import certificate, keys_of, run, tick

HOUR = timedelta(hours=1)


@dg.op
def waits() -> None:
    """Stands for a run under way."""


@dg.job
def waiting() -> None:
    waits()


def started(instance: dg.DagsterInstance) -> str:
    return instance.create_run_for_job(job_def=waiting, status=dg.DagsterRunStatus.STARTED).run_id


def arrived(gateways: Gateways, instance: dg.DagsterInstance, *, count: int) -> list[DocumentId]:
    for number in range(count):
        gateways.uploads.put(f"documents/p1/{number}.pdf", certificate(number + 1))
    tick(instance)
    return [DocumentId(key) for key in keys_of(instance)]


def test_a_lease_that_a_moved_clock_ended_is_left_to_the_run_that_still_works(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    [key] = arrived(gateways, instance, count=1)
    holder = started(instance)
    ledger = gateways.ledger
    ledger.claim([key], run_id=holder, lease=timedelta(minutes=1), now=ledger.now() - HOUR)
    assert run(instance, [key]).success
    record = ledger.document(key)
    assert record is not None
    assert (record.status, record.claim_run_id) == (DocumentStatus.UPLOADED, holder)


def test_a_run_that_lost_a_document_to_another_settles_the_others(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    lost, kept = arrived(gateways, instance, count=2)
    request = Request("this-run", (lost, kept), Stage.DOCUMENT)
    walk = Batch(request, gateways, Settings(), clock=gateways.ledger.now).walk()
    next(walk)
    with gateways.ledger.engine.begin() as connection:
        statement = "UPDATE documents SET claim_run_id = 'another-run' WHERE document_id = :id"
        connection.execute(text(statement), {"id": lost})
    told = list(walk)
    assert [one.document_id for one in told if isinstance(one, DocumentLeft)] == [lost]
    assert [one.document_id for one in told if isinstance(one, DocumentSettled)] == [kept]
    record = gateways.ledger.document(lost)
    assert record is not None
    assert (record.status, record.claim_run_id) == (DocumentStatus.UPLOADED, "another-run")


def test_time_is_the_databases(gateways: Gateways) -> None:
    with gateways.ledger.engine.connect() as connection:
        before = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        assert before <= gateways.ledger.now() <= connection.execute(text("SELECT clock_timestamp()")).scalar_one()
