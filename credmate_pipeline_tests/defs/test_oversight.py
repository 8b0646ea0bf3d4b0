"""The oversight assets as an analyst sees them: counts that plot, tables, links, and no personal data."""

from datetime import UTC, datetime, timedelta

import dagster as dg

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.assets.document_activity import document_activity
from credmate_pipeline.defs.assets.expiring_credentials import expiring_credentials
from credmate_pipeline.defs.assets.review_queue import review_queue
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.schedules.oversight import document_activity_schedule
from credmate_pipeline.gateways import Gateways
from credmate_pipeline_tests.outcomes import NOW
from credmate_pipeline_tests.papers_of_record import HOLDER, cme, license_of, outcome_of, taken_in


def metadata_of(
    asset: dg.AssetsDefinition, instance: dg.DagsterInstance, partition_key: str | None = None
) -> dict[str, object]:
    result = dg.materialize(
        [asset], instance=instance, resources={"pipeline": PipelineGateways()}, partition_key=partition_key
    )
    [made] = result.get_asset_materialization_events()
    metadata = made.materialization.metadata
    assert HOLDER not in str(metadata)
    return {name: value.value for name, value in metadata.items()}


def test_the_queue_is_told_in_numbers_and_links_each_document_to_its_page(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    assert metadata_of(review_queue, instance)["oldest"] == "Nothing waits."
    waiting = taken_in(gateways.ledger, outcome_of("cme_certificate", cme(), is_sure=False))
    told = metadata_of(review_queue, instance)
    assert (told["waiting"], told["waiting_cme_certificate"]) == (1, 1)
    assert f"(/assets/validation?view=partitions&partition={waiting})" in str(told["oldest"])
    assert "| 1 | cme_certificate | It was read with little confidence. |" in str(told["by_reason"])


def test_a_day_keeps_what_it_brought(gateways: Gateways, instance: dg.DagsterInstance) -> None:
    taken_in(gateways.ledger, outcome_of("cme_certificate", cme()))
    taken_in(gateways.ledger, outcome_of("license", license_of(), is_sure=False))
    told = metadata_of(document_activity, instance, NOW.date().isoformat())
    assert (told["uploaded"], told["settled"], told["completed"], told["share_without_a_person"]) == (2, 2, 1, 0.5)
    assert "| settled without a person | 50.0% |" in str(told["report"])


def test_expiring_credentials_name_documents_and_providers_by_id_only(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    soon = datetime.now(UTC).date() + timedelta(days=45)
    item = license_of(issue_date="2020-01-01", expiration_date=soon.isoformat())
    document_id = taken_in(gateways.ledger, outcome_of("license", item))
    gateways.ledger.create_credentials(document_id, actor="lee", now=NOW)
    told = metadata_of(expiring_credentials, instance)
    assert (told["within_30_days"], told["within_60_days"], told["within_90_days"], told["expired"]) == (0, 1, 1, 0)
    assert document_id in str(told["soonest"])
    assert "| license | 0 | 1 | 1 | 0 |" in str(told["by_type"])


def test_every_oversight_asset_runs_by_the_clock() -> None:
    clocks = {schedule.name: schedule for schedule in defs.schedules or ()}
    assert {"reconciliation", "quality", "extraction_quality", "review_queue"} <= set(clocks)
    assert {"document_activity", "expiring_credentials"} <= set(clocks)
    for name in ("review_queue", "document_activity", "expiring_credentials"):
        assert clocks[name].default_status is dg.DefaultScheduleStatus.RUNNING


def test_the_clock_sums_up_the_day_that_has_ended(instance: dg.DagsterInstance) -> None:
    just_after_midnight = datetime(2026, 3, 3, 0, 11, tzinfo=UTC)
    with dg.build_schedule_context(instance=instance, scheduled_execution_time=just_after_midnight) as context:
        asked = document_activity_schedule(context)
    assert isinstance(asked, dg.RunRequest)
    assert asked.partition_key == "2026-03-02"
