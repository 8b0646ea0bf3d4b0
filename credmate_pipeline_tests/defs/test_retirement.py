"""Settled documents retire from Dagster and old runs are deleted; nothing that somebody needs goes with them."""

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
from dagster._core.events import StepMaterializationData
from dagster._core.execution.backfill import BulkActionStatus, PartitionBackfill

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.assets.live_window import live_window
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.retirement import prune, retire
from credmate_pipeline.defs.run_tags import BATCH_END, BATCH_START
from credmate_pipeline.documents.document import DocumentId, new_document_id
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.stages import Stage
from credmate_pipeline_tests.defs.driving import Reconcile, certificate, keys_of, materialized, run, tick
from credmate_pipeline_tests.outcomes import completed, in_review, upload_of

JOB = "journey"
LONG_AGO = datetime.now(UTC) - timedelta(days=200)
BEFORE = datetime.now(UTC) - timedelta(days=90)
ALWAYS = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def window(gateways: Gateways, instance: dg.DagsterInstance) -> "Window":
    return Window(gateways, instance)


class Window:
    """A live window with documents that settled at known times."""

    def __init__(self, gateways: Gateways, instance: dg.DagsterInstance) -> None:
        self.gateways = gateways
        self.instance = instance

    def settled(self, name: str, at: datetime, outcome: Outcome | None = None) -> DocumentId:
        ledger = self.gateways.ledger
        document_id = ledger.register(upload_of(name), document_id=new_document_id(), now=at).document_id
        ledger.claim([document_id], run_id="r", lease=timedelta(minutes=30), now=at)
        outcome = outcome or completed(f"1.{len(name)}")
        ledger.settle(document_id, run_id="r", outcome=outcome, artifact=None, now=at)
        self.instance.add_dynamic_partitions(str(DOCUMENTS.name), [document_id])
        return document_id

    def retire(self) -> int:
        return retire(self.instance, self.gateways.ledger, settled_before=BEFORE).retired_count

    def ended_run(self, keys: list[DocumentId], **tags: str) -> str:
        """A run that materialized these documents and ended."""
        made = self.instance.create_run_for_job(defs.resolve_job_def(JOB), tags=tags)
        for key in keys:
            shown = dg.AssetMaterialization(Stage.VALIDATION.value, partition=key)
            event = dg.DagsterEvent(
                event_type_value="ASSET_MATERIALIZATION",
                job_name=JOB,
                event_specific_data=StepMaterializationData(shown),
            )
            self.instance.report_dagster_event(event, made.run_id)
        self.instance.report_run_failed(made)
        return made.run_id


def test_documents_settled_long_ago_retire_and_those_somebody_must_act_on_stay(window: Window) -> None:
    gone = window.settled("a.pdf", LONG_AGO)
    lately = window.settled("bb.pdf", datetime.now(UTC))
    in_queue = window.settled("ccc.pdf", LONG_AGO, in_review())
    assert window.retire() == 1
    assert keys_of(window.instance) == [lately, in_queue]
    assert window.retire() == 0
    record = window.gateways.ledger.document(gone)
    assert record is not None
    assert (record.status, record.settled_at) == (DocumentStatus.COMPLETED, LONG_AGO)


def test_keys_of_unfinished_runs_stay_and_a_backfill_holds_back_all(window: Window) -> None:
    first, second, third = (window.settled(name, LONG_AGO) for name in ("a.pdf", "bb.pdf", "ccc.pdf"))
    job, instance = defs.resolve_job_def(JOB), window.instance
    held = instance.create_run_for_job(job, tags={BATCH_START: first, BATCH_END: second})
    assert window.retire() == 1
    assert keys_of(instance) == [first, second]
    instance.report_run_failed(held)
    backfill = PartitionBackfill("b", BulkActionStatus.REQUESTED, from_failure=False, tags={}, backfill_timestamp=0.0)
    instance.add_backfill(backfill)
    outcome = retire(instance, window.gateways.ledger, settled_before=BEFORE)
    assert (outcome.retired_count, outcome.is_postponed) == (0, True)
    instance.update_backfill(backfill.with_status(BulkActionStatus.COMPLETED_SUCCESS))
    assert window.retire() == 2
    assert third not in keys_of(instance)


def test_old_runs_go_but_for_those_that_show_live_documents_and_those_at_work(window: Window) -> None:
    live = window.settled("a.pdf", datetime.now(UTC))
    of_retired = window.ended_run([DocumentId("gone")], **{"dagster/partition": "gone"})
    of_live = window.ended_run([], **{"dagster/partition": live})
    of_both = window.ended_run([DocumentId("gone"), live])
    of_none = window.ended_run([])
    at_work = window.instance.create_run_for_job(defs.resolve_job_def(JOB)).run_id
    pruned = prune(window.instance, ended_before=ALWAYS)
    assert (pruned.deleted_count, pruned.kept_count) == (2, 2)
    left = set(window.instance.get_run_ids())
    assert left == {of_live, of_both, at_work}
    assert left.isdisjoint({of_retired, of_none})
    assert prune(window.instance, ended_before=ALWAYS).deleted_count == 0


def test_runs_are_deleted_in_bounded_numbers_the_oldest_first(window: Window) -> None:
    runs = [window.ended_run([]) for _ in range(3)]
    assert prune(window.instance, ended_before=BEFORE).deleted_count == 0
    assert prune(window.instance, ended_before=ALWAYS, at_most=2).deleted_count == 2
    assert list(window.instance.get_run_ids()) == runs[2:]


def test_a_retired_document_is_read_again_with_its_key_back_and_nothing_missing_meanwhile(
    window: Window, reconcile: Reconcile, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateways, instance = window.gateways, window.instance
    gateways.uploads.put("documents/p1/a.pdf", certificate(2))
    cursor = tick(instance).cursor
    [key] = keys_of(instance)
    assert run(instance, [key]).success
    then = gateways.ledger.now() + timedelta(days=1)
    assert retire(instance, gateways.ledger, settled_before=then).retired_count == 1
    monkeypatch.setenv("CREDMATE_LIVE_DAYS", "1")
    assert keys_of(instance) == []
    assert reconcile().everything_agrees
    reopened = gateways.ledger.reopen([key], actor="kim", reason="a better reader", now=gateways.ledger.now())
    assert reopened == (DocumentId(key),)
    assert [asked.partition_key for asked in tick(instance, cursor).run_requests or ()] == [key]
    assert keys_of(instance) == [key]
    assert run(instance, [key]).success
    assert materialized(instance, Stage.VALIDATION) == {key}
    assert reconcile().everything_agrees


def test_the_nightly_asset_says_what_it_did(window: Window) -> None:
    window.settled("a.pdf", LONG_AGO)
    result = dg.materialize([live_window], instance=window.instance, resources={"pipeline": PipelineGateways()})
    [made] = result.asset_materializations_for_node("live_window")
    assert made.metadata["live_partitions"].value == 0
    assert made.metadata["retired"].value == 1
    assert "1 partitions were live; 1 retired." in str(made.metadata["report"].value)
    [check] = result.get_asset_check_evaluations()
    assert check.passed
