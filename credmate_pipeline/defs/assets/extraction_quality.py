"""The oversight asset that reads the labelled set with the current code and says how much of it is right."""

from datetime import UTC, datetime
from time import perf_counter

import dagster as dg

from credmate_pipeline.defs.assets.specs import oversight
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.evaluation.falls import Fall, falls
from credmate_pipeline.evaluation.figures import Figure
from credmate_pipeline.evaluation.labelled_set import Measurement, set_digest
from credmate_pipeline.evaluation.measure import figures
from credmate_pipeline.evaluation.report import (
    fall_list,
    field_table,
    history_table,
    type_table,
    wrongly_settled_table,
)
from credmate_pipeline.labelled_documents import judge_labelled
from credmate_pipeline.versions import current_versions

GOOD_ENOUGH = "good_enough"
NOTHING_LABELLED = "No labelled set is loaded; load documents with a truth.jsonl: credmate truth load DIR"
_VERSIONS_SHOWN = 20


@dg.asset(
    **oversight("quality"),
    kinds={"python", "postgres"},
    pool="reading",
    description=(
        "How much of what we read is right? Reads the labelled set (documents whose truth is known, `credmate "
        "truth load`) with the code that runs now, and counts per type and field what is right. Each share stands "
        "with its 95 % interval. Materialize it after every change of the code; the plots show it over time."
    ),
    check_specs=[
        dg.AssetCheckSpec(
            GOOD_ENOUGH,
            asset="extraction_quality",
            description=(
                "Every figure reaches its floor (`CREDMATE_FLOOR_…`) and is not below the interval of the version "
                "before, on the same documents. Where it fails, the list says which figure; look at what changed."
            ),
        )
    ],
)
def extraction_quality(context: dg.AssetExecutionContext, pipeline: PipelineGateways) -> dg.MaterializeResult:
    """Reads, scores, stores, compares."""
    settings, gateways, now = pipeline.settings(), pipeline.open(), datetime.now(UTC)
    documents = gateways.ledger.truths()
    if not documents:
        raise dg.Failure(NOTHING_LABELLED, allow_retries=False)
    started = perf_counter()
    judged = judge_labelled(documents, gateways.artifacts, settings, today=now.date())
    context.log.info(f"Read and judged {len(judged)} labelled documents.")
    found, versions, digest = figures(judged), current_versions(), set_digest(documents)
    gateways.ledger.store_figures(found, versions=versions, digest=digest, now=now)
    measured = gateways.ledger.measurements(digest=digest, at_most=_VERSIONS_SHOWN)
    before = next((one for one in measured if one.versions != versions), None)
    fallen = falls(found, before.figures if before else (), settings.floors)
    return dg.MaterializeResult(
        metadata={
            "documents": len(judged),
            "seconds": round(perf_counter() - started, 1),
            "versions": str(versions),
            **_shares(found),
            "falls": dg.MetadataValue.md(fall_list(fallen)),
            "by_type": dg.MetadataValue.md(type_table(found)),
            "by_field": dg.MetadataValue.md(field_table(found)),
            "wrongly_settled": dg.MetadataValue.md(wrongly_settled_table(judged)),
            "by_version": dg.MetadataValue.md(_history(measured)),
        },
        check_results=[_check(fallen, before)],
    )


def _shares(found: tuple[Figure, ...]) -> dict[str, float]:
    """A number a figure of all documents and of each type: these plot."""
    return {
        f"{figure.document_type}_{figure.measure}": round(figure.share, 4)
        for figure in found
        if figure.field_name is None and figure.share is not None
    }


def _check(fallen: tuple[Fall, ...], before: Measurement | None) -> dg.AssetCheckResult:
    compared = f"with {before.versions}" if before else "with nothing: no other version measured this set"
    return dg.AssetCheckResult(
        check_name=GOOD_ENOUGH,
        passed=not fallen,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={"too_low": len(fallen), "compared": compared, "falls": dg.MetadataValue.md(fall_list(fallen))},
    )


def _history(measured: tuple[Measurement, ...]) -> str:
    return history_table(
        [(f"{one.measured_at.astimezone(UTC):%Y-%m-%d %H:%M}", one.versions, one.figures) for one in measured]
    )
