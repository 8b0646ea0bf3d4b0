"""The labelled set is read in Dagster and scored; what gets worse fails the check."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.assets.extraction_quality import GOOD_ENOUGH, extraction_quality
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.evaluation.figures import Figure, Measure
from credmate_pipeline.evaluation.labelled_set import set_digest
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.labelled_documents import load_folder
from credmate_pipeline.versions import Versions
from credmate_pipeline_tests.defs.driving import certificate

EARLIER = Versions("0", "0", "0", "0", "")


@pytest.fixture
def labelled(gateways: Gateways, tmp_path: Path) -> Gateways:
    folder = tmp_path / "labelled"
    folder.mkdir()
    lines = []
    for number in (2, 3, 4):
        (folder / f"{number}.pdf").write_bytes(certificate(number))
        fields = {"holder_name": "Amelia Whitfield", "credits_awarded": f"{number}.5", "issuer": "Northfield Institute"}
        lines.append(
            {"file": f"{number}.pdf", "document_type": "cme_certificate", "fields": fields, "kind": "born_digital"}
        )
    (folder / "truth.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    loaded = load_folder(gateways, folder, origin="test", now=datetime.now(UTC))
    assert (loaded.documents, loaded.repeated, loaded.left) == (3, 0, 0)
    # What was loaded no longer depends on its folder.
    for path in folder.iterdir():
        path.unlink()
    return gateways


def measured(instance: dg.DagsterInstance) -> tuple[dict[str, object], dg.AssetCheckEvaluation]:
    result = dg.materialize([extraction_quality], instance=instance, resources={"pipeline": PipelineGateways()})
    (made,) = result.asset_materializations_for_node("extraction_quality")
    (check,) = result.get_asset_check_evaluations()
    assert check.check_name == GOOD_ENOUGH
    return {name: value.value for name, value in made.metadata.items()}, check


def test_the_labelled_set_is_read_scored_and_kept_without_a_value_of_any_document(
    labelled: Gateways, instance: dg.DagsterInstance
) -> None:
    told, check = measured(instance)
    assert check.passed
    assert (told["documents"], told["all_type_right"], told["cme_certificate_required_right"]) == (3, 1.0, 1.0)
    assert "| cme_certificate | credits_awarded | 100.0 % (44–100) of 3 | 0 | 0 |" in str(told["by_field"])
    assert "Whitfield" not in str(told)
    assert "Northfield" not in str(told)
    (kept,) = labelled.ledger.measurements(digest=set_digest(labelled.ledger.truths()), at_most=5)
    [awarded] = [one for one in kept.figures if one.field_name == "credits_awarded"]
    assert (awarded.right, awarded.of) == (3, 3)


def relabel(gateways: Gateways, **fields: str) -> None:
    """Says of the set's first document what its page does not print."""
    first = gateways.ledger.truths()[0]
    truth = first.truth.model_copy(update={"fields": {**first.truth.fields, **fields}})
    gateways.ledger.store_truths([replace(first, truth=truth)], now=datetime.now(UTC))


def test_a_figure_below_the_interval_of_the_version_before_fails_the_check(
    labelled: Gateways, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    for floor in ("REQUIRED", "SETTLED"):
        monkeypatch.setenv(f"CREDMATE_FLOOR_{floor}", "0")
    relabel(labelled, issuer="Elsewhere College")
    assert measured(instance)[1].passed
    once = Figure("cme_certificate", "issuer", Measure.EXACT, 400, 400)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    labelled.ledger.store_figures([once], versions=EARLIER, digest=set_digest(labelled.ledger.truths()), now=yesterday)
    told, check = measured(instance)
    assert not check.passed
    assert "cme_certificate.issuer: 66.7% (2 of 3) is below the lower end of the last version" in str(told["falls"])
    assert str(EARLIER) in str(told["by_version"])


def test_a_figure_below_its_floor_fails_the_check(labelled: Gateways, instance: dg.DagsterInstance) -> None:
    relabel(labelled, credits_awarded="77")
    told, check = measured(instance)
    assert not check.passed
    assert "all required_right: 88.9% (8 of 9) is below the floor, 90.0%" in str(told["falls"])
    assert "77" not in str(told["falls"])


def test_without_a_labelled_set_the_schedule_skips_and_a_run_by_hand_says_why(
    gateways: Gateways, instance: dg.DagsterInstance
) -> None:
    schedule = defs.resolve_schedule_def("extraction_quality")
    with dg.build_schedule_context(instance=instance, resources={"pipeline": PipelineGateways()}) as context:
        evaluated = schedule.evaluate_tick(context)
    assert not evaluated.run_requests
    assert "credmate truth load DIR" in str(evaluated.skip_message)
    result = dg.materialize(
        [extraction_quality], instance=instance, resources={"pipeline": PipelineGateways()}, raise_on_error=False
    )
    assert not result.success
    assert gateways.ledger.truths() == ()


def test_with_a_labelled_set_the_schedule_asks_for_a_run(labelled: Gateways, instance: dg.DagsterInstance) -> None:
    schedule = defs.resolve_schedule_def("extraction_quality")
    with dg.build_schedule_context(instance=instance, resources={"pipeline": PipelineGateways()}) as context:
        assert len(schedule.evaluate_tick(context).run_requests or ()) == 1
