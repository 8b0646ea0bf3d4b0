"""What is stale, from where it begins again, and what another reading would change."""

import pytest

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.reconciliation.changes import FieldChange, changed_fields, status_after, values_by_place
from credmate_pipeline.reconciliation.stale import Making, first_stale_stage, stale_groups
from credmate_pipeline.run_plan import DueReplay, PlannedReplay, plan_replays
from credmate_pipeline.stages import Stage
from credmate_pipeline.versions import Versions
from credmate_pipeline_tests.outcomes import completed, unsupported
from credmate_pipeline_tests.papers_of_record import cme, dea

CURRENT = Versions("2", "10", "4", "3", "2026-11-24-aa")


def made(*versions: str, has_extraction: bool = True, has_reading: bool = True, count: int = 1) -> Making:
    return Making("license", Versions(*versions), has_extraction, has_reading, count)


@pytest.mark.parametrize(
    ("making", "first"),
    [
        (made("2", "10", "4", "3", "2026-11-24-aa"), None),
        (made("2", "10", "4", "2", "2026-11-24-aa"), Stage.VALIDATION),
        (made("2", "10", "3", "2", "2026-11-24-aa"), Stage.EXTRACTION),
        (made("2", "10", "4", "3", "2026-11-01-bb"), Stage.EXTRACTION),
        (made("2", "9", "3", "2", "2026-11-01-bb"), Stage.CLASSIFICATION),
        (made("1", "9", "4", "3", "2026-11-24-aa"), Stage.OCR),
        (made("2", "10", "3", "3", "2026-11-24-aa", has_reading=False), Stage.OCR),
        (made("2", "10", "", "", "", has_extraction=False), None),
        (made("2", "9", "", "", "", has_extraction=False), Stage.CLASSIFICATION),
        (made("3", "11", "5", "4", "2026-12-01-cc"), None),
    ],
)
def test_a_result_begins_again_at_the_last_stage_that_makes_all_of_it_anew(making: Making, first: Stage | None) -> None:
    assert first_stale_stage(making, CURRENT) is first


def test_stale_results_are_counted_by_type_and_stage_in_the_journeys_order() -> None:
    validator, reader = made("2", "10", "4", "2", "2026-11-24-aa", count=3), made("1", "9", "1", "1", "", count=2)
    fresh = made("2", "10", "4", "3", "2026-11-24-aa", count=9)
    groups = stale_groups([validator, fresh, reader], CURRENT)
    assert [(group.document_type, group.first, group.count) for group in groups] == [
        ("license", Stage.OCR, 2),
        ("license", Stage.VALIDATION, 3),
    ]
    assert stale_groups([validator, reader], CURRENT, document_type="cme_certificate") == ()


def test_a_change_names_the_field_of_the_item_that_is_the_same_one() -> None:
    before = Extraction("cme_certificate", (cme(), cme(activity_title="Sepsis", credits_awarded="1")))
    after = Extraction("cme_certificate", (cme(activity_title="Sepsis", credits_awarded="1.5"), cme()))
    assert changed_fields(before, after) == (FieldChange(1, "cme_certificate", "credits_awarded", "1", "1.5"),)
    assert changed_fields(before, before) == ()


def test_values_and_items_that_are_gone_or_new_are_changes() -> None:
    before = Extraction("dea_registration", (dea(schedules=("2", "3")),))
    gone = Extraction("dea_registration", (dea(schedules=("2",), expiration_date="2028-05-31"),))
    assert changed_fields(before, gone) == (
        FieldChange(0, "dea_registration", "schedules", ("2", "3"), ("2",)),
        FieldChange(0, "dea_registration", "expiration_date", "2027-05-31", "2028-05-31"),
    )
    assert {change.after for change in changed_fields(before, None)} == {None}
    assert {change.before for change in changed_fields(None, before)} == {None}


@pytest.mark.parametrize("decided", [DocumentStatus.APPROVED, DocumentStatus.REVIEW_REJECTED])
def test_what_a_person_decided_stands_unless_the_values_differ(decided: DocumentStatus) -> None:
    assert status_after(decided, completed(), is_same=True) is decided
    assert status_after(decided, completed(), is_same=False) is DocumentStatus.REVIEW_PENDING
    assert status_after(decided, unsupported(), is_same=False) is decided
    assert status_after(DocumentStatus.REVIEW_PENDING, completed(), is_same=False) is DocumentStatus.COMPLETED


def test_values_are_told_by_item_and_field() -> None:
    extraction = Extraction("dea_registration", (dea(), cme()))
    assert values_by_place(extraction)[0, "schedules"] == ["2", "3"]
    assert values_by_place(extraction)[1, "credits_awarded"] == "2.5"
    assert values_by_place(None) == {}


def test_replays_of_one_run_begin_at_one_stage_and_fit_a_batch() -> None:
    ids = [DocumentId(f"{number}") for number in range(5)]
    due = [DueReplay(one, Stage.EXTRACTION if number % 2 else Stage.OCR) for number, one in enumerate(ids)]
    planned = plan_replays(due, batch_size=2)
    assert planned == (
        PlannedReplay((ids[0], ids[2]), Stage.OCR),
        PlannedReplay((ids[4],), Stage.OCR),
        PlannedReplay((ids[1], ids[3]), Stage.EXTRACTION),
    )
    assert planned[2].stages == (Stage.EXTRACTION, Stage.VALIDATION)
