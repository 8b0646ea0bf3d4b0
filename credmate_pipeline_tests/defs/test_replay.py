"""Stale results are made anew through the sensor, from the stage that is stale, and no decision is overwritten."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.assets.journey import journey
from credmate_pipeline.defs.assets.stale_results import stale_results
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.run_tags import BATCH_END, BATCH_START
from credmate_pipeline.defs.sensors.new_uploads import new_uploads
from credmate_pipeline.documents.document import DocumentId, new_document_id
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.gateways import Gateways, limits
from credmate_pipeline.journey import understand
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.read import read_pages
from credmate_pipeline.ocr.storage import pack
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline.outcome import Circumstances
from credmate_pipeline.reconciliation.stale import stale_groups
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage
from credmate_pipeline.versions import current_versions
from credmate_pipeline_tests.cli.conftest import Credmate, credmate
from credmate_pipeline_tests.defs.driving import certificate, keys_of, materialized, tick

__all__ = ["credmate"]
TODAY = datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Settled:
    """A document in the ledger, and the credits it says there."""

    document_id: DocumentId
    credits: str


def settled_by_older_code(gateways: Gateways, number: int, *, credits_read: str | None = None) -> Settled:
    """A certificate of `number`.5 credits that an older extractor read, rightly or as `credits_read`."""
    upload = gateways.uploads.put(f"documents/p1/{number}.pdf", certificate(number))
    document_id = new_document_id()
    then = datetime.now(UTC) - timedelta(hours=1)
    ledger, settings = gateways.ledger, Settings()
    ledger.register(upload, document_id=document_id, now=then)
    ledger.mark_requested([document_id], now=then)
    ledger.claim([document_id], run_id="old", lease=timedelta(hours=2), now=then)
    path = settings.uploads_folder / upload.key
    arrival = inspect_file(path, limits(settings))
    reading = read_pages(path, arrival, engine=open_tesseract("eng"), limits=limits(settings))
    outcome = understand(reading, Circumstances(TODAY))
    assert outcome.extraction is not None
    extraction = replace(outcome.extraction, extractor_version="0")
    if credits_read is not None:
        extraction = with_credits(extraction, credits_read)
    ledger.record_arrival(document_id, run_id="old", arrival=arrival, now=then)
    artifact = f"{document_id}/old/reading.json.gz"
    gateways.artifacts.put(artifact, pack(reading))
    outcome = replace(outcome, extraction=extraction)
    ledger.settle(document_id, run_id="old", outcome=outcome, artifact=artifact, now=then)
    return Settled(document_id, f"{number}.5")


def with_credits(extraction: Extraction, value: str) -> Extraction:
    [item] = extraction.items
    fields = tuple(replace(one, value=value) if one.name == "credits_awarded" else one for one in item.fields)
    return replace(extraction, items=(replace(item, fields=fields),))


def credits_of(gateways: Gateways, document_id: DocumentId) -> str | None:
    extraction = gateways.ledger.load_extraction(document_id)
    assert extraction is not None
    return extraction.items[0].text("credits_awarded")


def carry_out(instance: dg.DagsterInstance, asked: dg.RunRequest) -> dg.ExecuteInProcessResult:
    return dg.materialize(
        [journey],
        instance=instance,
        resources={"pipeline": PipelineGateways()},
        tags=dict(asked.tags),
        selection=[key.to_user_string() for key in asked.asset_selection or ()],
        raise_on_error=False,
    )


def counts(instance: dg.DagsterInstance) -> dict[str, object]:
    result = dg.materialize([stale_results], instance=instance, resources={"pipeline": PipelineGateways()})
    (made,) = result.asset_materializations_for_node("stale_results")
    return {name: value.value for name, value in made.metadata.items()}


@pytest.fixture
def stale(gateways: Gateways, instance: dg.DagsterInstance) -> tuple[Settled, Settled, Settled]:
    """Three documents of an older extractor, read wrong, rightly and wrong, with another key between theirs."""
    wrong = settled_by_older_code(gateways, 2, credits_read="9")
    right = settled_by_older_code(gateways, 3)
    decided = settled_by_older_code(gateways, 4, credits_read="9")
    keys = [wrong.document_id, "between", right.document_id, decided.document_id]
    instance.add_dynamic_partitions(str(DOCUMENTS.name), keys)
    gateways.ledger.approve(decided.document_id, reviewer="lee", now=datetime.now(UTC))
    return wrong, right, decided


def test_a_dry_run_shows_each_changed_value_and_changes_nothing(
    credmate: Credmate, gateways: Gateways, stale: tuple[Settled, Settled, Settled], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", gateways.ledger.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CREDMATE_HOME", str(Settings().uploads_folder.parent))
    wrong, right, decided = stale
    said = credmate("replay", "--stale", "--dry-run", "--json")
    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert told["groups"] == [{"document_type": "cme_certificate", "first_stage": "extraction", "count": 3}]
    documents = {one["document_id"]: one for one in told["documents"]}
    change = {"item": 0, "field": "credits_awarded", "before": "9", "after": "2.5"}
    assert documents[wrong.document_id]["fields"] == [change]
    assert documents[right.document_id]["fields"] == []
    assert documents[decided.document_id]["opens_a_review"] is True
    assert documents[decided.document_id]["status_after"] == "review_pending"
    table = credmate("replay", "--stale", "--dry-run", "--type", "cme_certificate").out
    assert "2 would change, 1 of them decided by a person" in table
    assert credmate("replay", "--stale", "--dry-run", "--type", "license").code == 0
    assert [credits_of(gateways, one.document_id) for one in stale] == ["9", "3.5", "9"]
    assert gateways.ledger.replay_counts(attempts_allowed=3).waiting == 0


def test_stale_results_are_made_anew_in_one_run_from_extraction_on_and_a_decision_is_put_before_a_person(
    credmate: Credmate,
    gateways: Gateways,
    instance: dg.DagsterInstance,
    stale: tuple[Settled, Settled, Settled],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", gateways.ledger.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CREDMATE_HOME", str(Settings().uploads_folder.parent))
    wrong, right, decided = stale
    assert counts(instance)["stale_from_extraction"] == 3
    asked = json.loads(credmate("replay", "--stale", "--apply", "--json").out)
    assert asked["requested"] == 3
    assert json.loads(credmate("replay", "--stale", "--apply", "--json").out)["requested"] == 0
    [replayed] = [run for run in tick(instance).run_requests or () if run.asset_selection]
    ids = sorted(one.document_id for one in stale)
    assert keys_of(instance) == ["between", *ids]
    assert (replayed.tags[BATCH_START], replayed.tags[BATCH_END]) == (ids[0], ids[-1])
    assert [key.to_user_string() for key in replayed.asset_selection or ()] == ["extraction", "validation"]
    assert carry_out(instance, replayed).success
    assert [credits_of(gateways, one.document_id) for one in stale] == [one.credits for one in stale]
    assert materialized(instance, Stage.OCR) == set()
    assert materialized(instance, Stage.EXTRACTION) == {one.document_id for one in stale}
    statuses = gateways.ledger.statuses([one.document_id for one in stale])
    assert statuses[decided.document_id] is DocumentStatus.REVIEW_PENDING
    assert statuses[wrong.document_id] is statuses[right.document_id] is DocumentStatus.COMPLETED
    [review] = gateways.ledger.reviews(decided.document_id)
    assert review.decision == "approved"
    told = counts(instance)
    assert (told["stale"], told["replays_waiting"]) == (0, 0)


def test_a_decision_the_new_reading_agrees_with_stands(gateways: Gateways, instance: dg.DagsterInstance) -> None:
    agreed = settled_by_older_code(gateways, 5)
    instance.add_dynamic_partitions(str(DOCUMENTS.name), [agreed.document_id])
    gateways.ledger.approve(agreed.document_id, reviewer="lee", now=datetime.now(UTC))
    ask_for_all(gateways)
    [replayed] = [run for run in tick(instance).run_requests or () if run.asset_selection]
    assert carry_out(instance, replayed).success
    assert gateways.ledger.statuses([agreed.document_id]) == {agreed.document_id: DocumentStatus.APPROVED}
    assert counts(instance)["stale"] == 0


def test_replays_wait_while_a_batch_runs_whose_range_they_would_tear(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    document = settled_by_older_code(gateways, 6)
    instance.add_dynamic_partitions(str(DOCUMENTS.name), ["a", "b"])
    ask_for_all(gateways)
    batch = instance.create_run_for_job(
        defs.resolve_job_def("journey"), status=dg.DagsterRunStatus.STARTED, tags={BATCH_START: "a", BATCH_END: "b"}
    )
    assert replays_of_a_tick(instance) == []
    instance.report_run_canceled(batch)
    [asked] = replays_of_a_tick(instance)
    assert asked.tags[BATCH_START] == document.document_id
    assert replays_of_a_tick(instance) == []


def test_a_replay_that_never_comes_is_asked_for_again_and_given_up_in_the_end(gateways: Gateways) -> None:
    document = settled_by_older_code(gateways, 7)
    ask_for_all(gateways)
    now = datetime.now(UTC)
    for attempt in range(3):
        then = now + timedelta(hours=attempt)
        due = gateways.ledger.due_replays(now=then, patience=timedelta(minutes=15), attempts_allowed=3, at_most=5)
        assert [one.document_id for one in due] == [document.document_id]
        gateways.ledger.mark_replays_asked([document.document_id], now=then)
        assert not gateways.ledger.due_replays(now=then, patience=timedelta(minutes=15), attempts_allowed=3, at_most=5)
    late = now + timedelta(hours=9)
    assert not gateways.ledger.due_replays(now=late, patience=timedelta(minutes=15), attempts_allowed=3, at_most=5)
    assert gateways.ledger.replay_counts(attempts_allowed=3).given_up == 1
    ask_for_all(gateways)
    assert gateways.ledger.replay_counts(attempts_allowed=3).waiting == 1


def ask_for_all(gateways: Gateways) -> None:
    groups = stale_groups(gateways.ledger.makings(), current_versions())
    assert groups
    gateways.ledger.request_replays(groups, requested_by="lee", attempts_allowed=3, now=datetime.now(UTC))


def replays_of_a_tick(instance: dg.DagsterInstance) -> list[dg.RunRequest]:
    with dg.build_sensor_context(instance=instance, definitions=defs) as context:
        result = new_uploads(context, pipeline=PipelineGateways())
    if not isinstance(result, dg.SensorResult):
        return []
    return [run for run in result.run_requests or () if run.asset_selection]
