"""Each difference made for real between a ledger and a Dagster instance, and seen repaired or reported."""

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.documents.document import DocumentId, new_document_id
from credmate_pipeline.errors import LedgerUnavailable
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.records import EventKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.stages import Stage
from credmate_pipeline_tests.defs.driving import (
    WITHOUT_COMPUTE_LOGS,
    Reconcile,
    certificate,
    keys_of,
    materialized,
    run,
    tick,
)
from credmate_pipeline_tests.outcomes import completed, upload_of

LEASE = timedelta(minutes=30)


def ago(minutes: float) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


def document(gateways: Gateways, instance: dg.DagsterInstance, *, minutes_old: float = 0) -> DocumentId:
    """A document in the ledger with its partition, for which a run was asked when it arrived."""
    then = ago(minutes_old)
    registered = gateways.ledger.register(upload_of("a.pdf"), document_id=new_document_id(), now=then)
    gateways.ledger.mark_requested([registered.document_id], now=then)
    instance.add_dynamic_partitions(str(DOCUMENTS.name), [registered.document_id])
    return registered.document_id


def is_due(gateways: Gateways, document_id: DocumentId, *, in_minutes: float = 0) -> bool:
    now = datetime.now(UTC) + timedelta(minutes=in_minutes)
    # Patience without end: only what was made due by itself counts.
    due = gateways.ledger.due(now=now, patience=timedelta(days=1), at_most=10)
    return document_id in [one.document_id for one in due]


def test_where_all_agree_the_report_says_so(
    gateways: Gateways, instance: dg.DagsterInstance, reconcile: Reconcile
) -> None:
    gateways.uploads.put("documents/p1/a.pdf", certificate(2))
    tick(instance)
    assert run(instance, keys_of(instance)).success
    document(gateways, instance, minutes_old=1)
    report = reconcile()
    assert report.counts == {}
    assert report.everything_agrees
    assert report.text.startswith("Everything agrees.")
    assert "| completed | 1 |" in report.text


def test_a_stuck_document_is_made_due_and_after_the_next_tick_all_agree(
    gateways: Gateways, instance: dg.DagsterInstance, reconcile: Reconcile
) -> None:
    stuck = document(gateways, instance, minutes_old=60)
    assert not is_due(gateways, stuck)
    report = reconcile()
    assert report.counts == {"stuck": 1}
    assert stuck in report.text
    assert not report.everything_agrees
    assert is_due(gateways, stuck)
    assert [asked.partition_key for asked in tick(instance).run_requests or ()] == [stuck]
    assert reconcile().everything_agrees


def test_a_document_of_a_dead_run_is_given_back_with_the_attempt_in_its_trail(
    gateways: Gateways, instance: dg.DagsterInstance, reconcile: Reconcile
) -> None:
    held = document(gateways, instance)
    gateways.ledger.claim([held], run_id="a-run-nobody-knows", lease=LEASE, now=datetime.now(UTC))
    report = reconcile()
    assert report.counts == {"claimed-by-dead-run": 1}
    record = gateways.ledger.document(held)
    assert record is not None
    assert record.claim_run_id is None
    assert [event.kind for event in gateways.ledger.history(held)][-1] is EventKind.ATTEMPT_FAILED
    assert is_due(gateways, held, in_minutes=1)
    assert reconcile().everything_agrees


def test_a_document_of_a_dead_run_has_failed_once_its_attempts_are_spent(
    gateways: Gateways, instance: dg.DagsterInstance, reconcile: Reconcile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDMATE_ATTEMPTS", "1")
    held = document(gateways, instance)
    gateways.ledger.claim([held], run_id="a-run-nobody-knows", lease=LEASE, now=datetime.now(UTC))
    reconcile()
    assert gateways.ledger.statuses([held]) == {held: DocumentStatus.FAILED}


def test_a_document_a_live_run_holds_is_left_alone(
    gateways: Gateways, instance: dg.DagsterInstance, reconcile: Reconcile
) -> None:
    held = document(gateways, instance, minutes_old=60)
    live = instance.create_run_for_job(defs.resolve_job_def("journey"), status=dg.DagsterRunStatus.STARTED)
    gateways.ledger.claim([held], run_id=live.run_id, lease=LEASE, now=datetime.now(UTC))
    assert reconcile().everything_agrees
    record = gateways.ledger.document(held)
    assert record is not None
    assert record.claim_run_id == live.run_id


def test_a_waiting_document_whose_key_was_deleted_gets_it_back_from_the_sensor(
    gateways: Gateways, instance: dg.DagsterInstance, reconcile: Reconcile
) -> None:
    lost = document(gateways, instance, minutes_old=60)
    instance.delete_dynamic_partition(str(DOCUMENTS.name), lost)
    assert reconcile().counts == {"document-without-partition": 1}
    tick(instance)
    assert keys_of(instance) == [lost]
    assert reconcile().everything_agrees


def test_a_validation_nobody_made_is_found_and_a_run_asked_for(
    gateways: Gateways, instance: dg.DagsterInstance, reconcile: Reconcile
) -> None:
    claimed = document(gateways, instance, minutes_old=1)
    instance.report_runless_asset_event(dg.AssetMaterialization(Stage.VALIDATION.value, partition=claimed))
    report = reconcile()
    assert report.counts == {"materialized-without-extraction": 1}
    assert not report.everything_agrees
    assert is_due(gateways, claimed)


def test_a_key_added_by_hand_is_reported_with_what_to_do_and_not_deleted(
    instance: dg.DagsterInstance, reconcile: Reconcile
) -> None:
    instance.add_dynamic_partitions(str(DOCUMENTS.name), ["typed-by-hand"])
    report = reconcile()
    assert report.counts == {"partition-without-document": 1}
    assert "typed-by-hand" in report.text
    assert "delete the key" in report.text
    assert "**engineer:**" in report.text
    assert keys_of(instance) == ["typed-by-hand"]


def test_the_report_of_very_many_names_some_and_counts_the_rest(
    instance: dg.DagsterInstance, reconcile: Reconcile
) -> None:
    instance.add_dynamic_partitions(str(DOCUMENTS.name), [f"key-{number:03}" for number in range(50)])
    report = reconcile()
    assert report.counts == {"partition-without-document": 50}
    assert "key-000" in report.text
    assert "key-049" not in report.text
    assert "and 30 more" in report.text


def test_nothing_is_compared_or_repaired_while_the_ledger_does_not_answer(
    instance: dg.DagsterInstance, reconcile: Reconcile, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance.add_dynamic_partitions(str(DOCUMENTS.name), ["a-key"])
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:secret@127.0.0.1:1/credmate")
    with pytest.raises(LedgerUnavailable, match=r"127\.0\.0\.1:1.*DATABASE_URL") as raised:
        reconcile()
    assert "secret" not in str(raised.value)
    assert instance.get_latest_materialization_event(dg.AssetKey("reconciliation")) is None


def test_a_settled_document_dagster_lost_is_told_to_it_again_without_reading_it(
    gateways: Gateways, instance: dg.DagsterInstance, reconcile: Reconcile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDMATE_PATIENCE_MINUTES", "0.001")
    gateways.uploads.put("documents/p1/a.pdf", certificate(2))
    cursor = tick(instance).cursor
    (key,) = keys_of(instance)
    with dg.instance_for_test(overrides=WITHOUT_COMPUTE_LOGS) as lost:
        lost.add_dynamic_partitions(str(DOCUMENTS.name), [key])
        assert run(lost, [key]).success
    instance.delete_dynamic_partition(str(DOCUMENTS.name), key)
    assert reconcile().counts == {"document-without-partition": 1}
    asked = tick(instance, cursor)
    assert [one.partition_key for one in asked.run_requests or ()] == [key]
    assert run(instance, [key]).success
    assert materialized(instance, Stage.VALIDATION) == {key}
    assert reconcile().everything_agrees
    assert [event.kind for event in gateways.ledger.history(DocumentId(key))].count(EventKind.MOVED) == 1


def test_a_settled_document_dagster_does_not_show_as_done_is_told_to_it_again(
    gateways: Gateways, instance: dg.DagsterInstance, reconcile: Reconcile
) -> None:
    then = ago(120)
    settled = document(gateways, instance, minutes_old=120)
    gateways.ledger.claim([settled], run_id="r", lease=LEASE, now=then)
    gateways.ledger.settle(settled, run_id="r", outcome=completed(), artifact=None, now=then)
    gateways.uploads.put("documents/p1/a.pdf", b"another file, so that the folder is not empty")
    assert reconcile().counts == {"extraction-without-materialization": 1, "upload-gone": 1}
    assert reconcile().counts == {"upload-gone": 1}
    asked = [one.partition_key for one in tick(instance).run_requests or ()]
    assert settled in asked
