"""The `credential` asset fills by itself once a person approved a document, and says what is on file."""

import dagster as dg
import pytest
from sqlalchemy import text

from credmate_pipeline.alerts.watch import SENSORS
from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.assets.credential import credential
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.sensors import approvals as sensor
from credmate_pipeline.defs.sensors.approvals import approvals
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.stages import Stage
from credmate_pipeline_tests.defs.driving import (
    BY_SENSOR,
    WITHOUT_COMPUTE_LOGS,
    certificate,
    keys_of,
    materialized,
    run,
)
from credmate_pipeline_tests.defs.driving import tick as tick_new_uploads
from credmate_pipeline_tests.outcomes import NOW
from credmate_pipeline_tests.papers_of_record import HOLDER, cme, license_of, outcome_of, status_of, taken_in


def tick(instance: dg.DagsterInstance, cursor: str | None = None, *, stores: bool = True) -> dg.SensorResult | None:
    """One tick as the daemon would carry it out; None where it is skipped."""
    with dg.build_sensor_context(instance=instance, cursor=cursor, definitions=defs) as context:
        result = approvals(context, pipeline=PipelineGateways())
    if isinstance(result, dg.SkipReason):
        return None
    assert isinstance(result, dg.SensorResult)
    for event in result.asset_events if stores else ():
        instance.report_runless_asset_event(event)
    return result


def waiting(gateways: Gateways, instance: dg.DagsterInstance, item: Item | None = None) -> DocumentId:
    """A document in review, with its partition."""
    chosen = item or cme()
    kind = "cme_certificate" if item is None else "license"
    document_id = taken_in(gateways.ledger, outcome_of(kind, chosen, is_sure=False))
    instance.add_dynamic_partitions(str(DOCUMENTS.name), [document_id])
    return document_id


def approve(gateways: Gateways, document_id: DocumentId) -> None:
    gateways.ledger.approve(document_id, reviewer="dr-lee", now=NOW, may_be_incomplete=True)


def shown(instance: dg.DagsterInstance, document_id: DocumentId) -> list[dict[str, object]]:
    """What Dagster shows of the document's credential, the newest first."""
    chosen = dg.AssetRecordsFilter(asset_key=dg.AssetKey(Stage.CREDENTIAL.value), asset_partitions=[document_id])
    made = [record.asset_materialization for record in instance.fetch_materializations(chosen, limit=9).records]
    return [{name: value.value for name, value in one.metadata.items()} for one in made if one is not None]


def approved_and_open_again(gateways: Gateways, instance: dg.DagsterInstance) -> tuple[DocumentId, dg.SensorResult]:
    """A document whose approval Dagster was told of by the tick that is returned, and which waits for a person anew."""
    document_id = waiting(gateways, instance)
    approve(gateways, document_id)
    told = tick(instance)
    assert told is not None
    gateways.ledger.reopen_review(document_id, reviewer="dr-lee", reason="Once more.", now=NOW)
    return document_id, told


def test_an_approval_shows_in_dagster_by_itself_with_what_is_on_file(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    document_id = waiting(gateways, instance, license_of())
    assert tick(instance) is None
    approve(gateways, document_id)
    assert tick(instance) is not None
    [facts] = shown(instance, document_id)
    assert facts == {
        "status": "approved",
        "credentials": 1,
        "renewed": 0,
        "proven_before": 0,
        "types": "license",
        "expires_on": "2027-01-31",
    }
    assert not any(secret in str(facts) for secret in (HOLDER, "G12345", "dr-lee"))


def test_a_tick_is_a_sign_of_life(gateways: Gateways, instance: dg.DagsterInstance) -> None:
    assert "approvals" in SENSORS
    tick(instance)
    assert gateways.alerts.beat("approvals", now=NOW) is not None


def test_an_approval_is_told_once_and_again_where_the_tick_did_not_end(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    document_id = waiting(gateways, instance)
    approve(gateways, document_id)
    assert tick(instance, stores=False) is not None
    told = tick(instance, cursor=None)
    assert told is not None
    assert len(shown(instance, document_id)) == 1
    assert tick(instance, told.cursor) is None
    assert tick(instance, told.cursor) is None
    assert len(shown(instance, document_id)) == 1


def test_a_second_approval_is_told_though_the_first_was_not_yet_confirmed(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    document_id, told = approved_and_open_again(gateways, instance)
    approve(gateways, document_id)
    assert tick(instance, told.cursor) is not None
    assert len(shown(instance, document_id)) == 2


def test_a_document_rejected_after_all_shows_that_nothing_is_on_file_any_more(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    document_id, told = approved_and_open_again(gateways, instance)
    gateways.ledger.reject(document_id, reviewer="dr-lee", reason="Another person's.", now=NOW)
    assert tick(instance, told.cursor) is not None
    newest = shown(instance, document_id)[0]
    assert (newest["status"], newest["credentials"], newest["types"]) == ("review_rejected", 0, "")


def test_a_tick_tells_of_so_many_and_the_next_of_the_others(
    gateways: Gateways, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sensor, "TOLD_A_TICK", 2)
    for number in range(3):
        approve(gateways, waiting(gateways, instance, license_of(license_number=f"G1234{number}")))
    first = tick(instance)
    assert first is not None
    assert len(materialized(instance, Stage.CREDENTIAL)) == 2
    assert tick(instance, first.cursor) is not None
    assert materialized(instance, Stage.CREDENTIAL) == set(keys_of(instance))


def test_a_document_without_a_partition_is_not_told_of_and_holds_up_nothing(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    retired = taken_in(gateways.ledger, outcome_of("license", license_of(), is_sure=False))
    approve(gateways, retired)
    told = tick(instance)
    assert told is not None
    assert list(told.asset_events) == []
    assert tick(instance, told.cursor) is None


def test_canaries_and_rejected_documents_show_no_credential(gateways: Gateways, instance: dg.DagsterInstance) -> None:
    rejected = waiting(gateways, instance)
    gateways.ledger.reject(rejected, reviewer="dr-lee", reason="Another person's.", now=NOW)
    sent = taken_in(gateways.ledger, outcome_of("license", license_of()), is_canary=True)
    instance.add_dynamic_partitions(str(DOCUMENTS.name), [sent])
    told = tick(instance)
    assert told is not None
    assert list(told.asset_events) == []
    for key in (rejected, sent):
        assert materialize(instance, key).success
    assert materialized(instance, Stage.CREDENTIAL) == set()


def materialize(instance: dg.DagsterInstance, key: str) -> dg.ExecuteInProcessResult:
    return dg.materialize(
        [credential], instance=instance, partition_key=key, resources={"pipeline": PipelineGateways()}
    )


def test_materialized_by_hand_it_shows_what_is_on_file_of_an_approved_document(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    document_id = waiting(gateways, instance)
    approve(gateways, document_id)
    before = gateways.ledger.history(document_id)
    assert materialize(instance, document_id).success
    assert [facts["credentials"] for facts in shown(instance, document_id)] == [1]
    assert gateways.ledger.history(document_id) == before


def test_materialized_by_hand_it_files_a_completed_document_only_where_that_suffices(
    gateways: Gateways, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    document_id = taken_in(gateways.ledger, outcome_of("license", license_of()))
    instance.add_dynamic_partitions(str(DOCUMENTS.name), [document_id])
    assert materialize(instance, document_id).success
    assert status_of(gateways.ledger, document_id) is DocumentStatus.COMPLETED
    monkeypatch.setenv("AUTO_CREATE_CREDENTIALS", "true")
    assert materialize(instance, document_id).success
    assert status_of(gateways.ledger, document_id) is DocumentStatus.APPROVED
    assert materialized(instance, Stage.CREDENTIAL) == {document_id}


def test_where_completed_suffices_the_run_itself_files_and_shows_it(
    gateways: Gateways, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTO_CREATE_CREDENTIALS", "true")
    gateways.uploads.put("documents/p1/a.pdf", certificate(2))
    tick_new_uploads(instance)
    (key,) = keys_of(instance)
    assert run(instance, [key]).success
    assert [facts["credentials"] for facts in shown(instance, DocumentId(key))] == [1]
    assert tick(instance) is None


def test_a_credential_dagster_lost_is_told_with_the_rest_of_the_journey(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    document_id = waiting(gateways, instance)
    approve(gateways, document_id)
    tick(instance)
    with dg.instance_for_test(overrides=WITHOUT_COMPUTE_LOGS) as other:
        other.add_dynamic_partitions(str(DOCUMENTS.name), [document_id])
        for _ in range(2):
            assert run(other, [document_id], tags=BY_SENSOR).success
        assert len(shown(other, document_id)) == 1


def test_a_document_is_never_settled_without_the_credential_it_is_to_have(
    gateways: Gateways, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTO_CREATE_CREDENTIALS", "true")
    gateways.uploads.put("documents/p1/a.pdf", certificate(2))
    tick_new_uploads(instance)
    (key,) = keys_of(instance)
    with gateways.ledger.engine.begin() as connection:
        connection.execute(text("ALTER TABLE credentials ADD CONSTRAINT nothing_more CHECK (false) NOT VALID"))
    assert not run(instance, [key]).success
    assert status_of(gateways.ledger, DocumentId(key)) is DocumentStatus.UPLOADED
    with gateways.ledger.engine.begin() as connection:
        connection.execute(text("ALTER TABLE credentials DROP CONSTRAINT nothing_more"))
    assert run(instance, [key]).success
    moves = [event.to_status for event in gateways.ledger.history(DocumentId(key))][-2:]
    assert moves == [DocumentStatus.COMPLETED, DocumentStatus.APPROVED]
