"""Canaries go through the deployed path, are in no figure of real documents, and sound the alarm."""

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
from sqlalchemy import text

from credmate_pipeline.alerts.alarm import see
from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.assets.canary import CAME_THROUGH, canary_asset
from credmate_pipeline.defs.assets.journey import journey
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.run_tags import REQUESTED_BY
from credmate_pipeline.defs.sensors.canary import canary
from credmate_pipeline.defs.sensors.new_uploads import new_uploads
from credmate_pipeline.documents.document import new_document_id
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.send_canary import retire_canaries, send_canaries
from credmate_pipeline.settings import Settings
from credmate_pipeline_tests.defs.driving import Reconcile

MINUTES = timedelta(minutes=10)


def tick() -> dg.SensorResult | dg.SkipReason:
    with dg.build_sensor_context(definitions=defs) as context:
        result = canary(context, pipeline=PipelineGateways())
    assert isinstance(result, dg.SensorResult | dg.SkipReason)
    return result


def settle_what_was_uploaded(instance: dg.DagsterInstance) -> None:
    """One tick of `new_uploads`, and the runs it asks for."""
    with dg.build_sensor_context(instance=instance, definitions=defs) as context:
        result = new_uploads(context, pipeline=PipelineGateways())
    assert isinstance(result, dg.SensorResult)
    for request in result.dynamic_partitions_requests or []:
        instance.add_dynamic_partitions(str(DOCUMENTS.name), list(request.partition_keys))
    for run in result.run_requests or []:
        dg.materialize(
            [journey],
            instance=instance,
            partition_key=run.partition_key,
            resources={"pipeline": PipelineGateways()},
            tags={REQUESTED_BY: "new_uploads"},
        )


def test_a_canary_comes_through_the_deployed_path_and_counts_as_no_document(
    gateways: Gateways, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch, reconcile: Reconcile
) -> None:
    monkeypatch.setenv("CREDMATE_CANARY_MINUTES", "15")
    assert isinstance(tick(), dg.SkipReason)
    settle_what_was_uploaded(instance)
    result = tick()
    assert isinstance(result, dg.SensorResult)
    [evaluation] = [one for one in result.asset_events or [] if isinstance(one, dg.AssetCheckEvaluation)]
    assert evaluation.check_name == CAME_THROUGH
    assert [one.differences for one in gateways.canaries.newest(at_most=5)] == [(), ()]
    assert evaluation.passed
    assert gateways.ledger.counts_by_status() == {}
    assert gateways.ledger.documents() == ()
    later = gateways.ledger.now() + timedelta(hours=2)
    keys = set(instance.get_dynamic_partitions(str(DOCUMENTS.name)))
    assert set(retire_canaries(gateways, now=later)) == keys
    assert list(gateways.uploads.list_all()) == []
    assert retire_canaries(gateways, now=later) == ()
    for key in keys:
        instance.delete_dynamic_partition(str(DOCUMENTS.name), key)
    assert reconcile().everything_agrees


def test_a_canary_creates_no_credential_even_where_completed_documents_do(
    gateways: Gateways, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDMATE_CANARY_MINUTES", "15")
    monkeypatch.setenv("AUTO_CREATE_CREDENTIALS", "true")
    tick()
    settle_what_was_uploaded(instance)
    verdicts = gateways.canaries.judge_all(now=gateways.ledger.now())
    assert [verdict.differences for verdict in verdicts] == [(), ()]
    for verdict in verdicts:
        assert verdict.document_id is not None
        with pytest.raises(LedgerRefusal, match="canary"):
            gateways.ledger.create_credentials(verdict.document_id, actor="somebody", now=gateways.ledger.now())
    with gateways.ledger.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM credentials")).scalar() == 0


def test_no_second_canary_is_sent_before_its_time(gateways: Gateways, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDMATE_CANARY_MINUTES", "15")
    tick()
    tick()
    assert len(list(gateways.uploads.list_all())) == 2


def test_no_canary_is_sent_where_none_is_wanted(gateways: Gateways) -> None:
    skipped = tick()
    assert isinstance(skipped, dg.SkipReason)
    assert "CREDMATE_CANARY_MINUTES" in str(skipped.skip_message)
    assert list(gateways.uploads.list_all()) == []


def test_a_canary_nobody_picks_up_fails_the_check_and_raises_the_alarm(
    gateways: Gateways, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDMATE_CANARY_MINUTES", "15")
    now = datetime.now(UTC)
    send_canaries(gateways, now=now - timedelta(minutes=11), deadline=MINUTES)
    result = tick()
    assert isinstance(result, dg.SensorResult)
    [evaluation] = [one for one in result.asset_events or [] if isinstance(one, dg.AssetCheckEvaluation)]
    assert not evaluation.passed
    assert "canary" in {condition.kind.value for condition in see(gateways.alerts, Settings(), now=now)}
    made = dg.materialize([canary_asset], resources={"pipeline": PipelineGateways()})
    assert [one.passed for one in made.get_asset_check_evaluations()] == [False]
    [shown] = made.asset_materializations_for_node("canary")
    assert "not picked up in time" in str(shown.metadata["report"].value)


def test_a_file_somebody_else_puts_among_the_canaries_is_a_real_document(gateways: Gateways) -> None:
    gateways.uploads.put("documents/credmate-canary/not-ours.pdf", b"%PDF-1.4 something")
    [upload] = gateways.uploads.list_all()
    registered = gateways.ledger.register(upload, document_id=new_document_id(), now=datetime.now(UTC))
    found = gateways.ledger.document(registered.document_id)
    assert found is not None
    assert not found.is_canary


def test_a_canary_is_judged_once(gateways: Gateways) -> None:
    now = datetime.now(UTC)
    send_canaries(gateways, now=now - timedelta(minutes=11), deadline=MINUTES)
    assert len(gateways.canaries.judge_all(now=now)) == 2
    assert gateways.canaries.judge_all(now=now) == ()
    with gateways.ledger.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM canary_results")).scalar() == 2
