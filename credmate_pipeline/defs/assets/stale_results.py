"""The oversight asset that counts what older code made."""

from collections import Counter

import dagster as dg

from credmate_pipeline.defs.assets.specs import oversight
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.markdown import markdown_table
from credmate_pipeline.reconciliation.stale import stale_groups
from credmate_pipeline.stages import Stage
from credmate_pipeline.versions import current_versions


@dg.asset(
    **oversight("quality"),
    kinds={"postgres"},
    description=(
        "Which results did older code make? Settled documents whose reader, classifier, extractor, confidence "
        "model or validator has a newer version, by type and by the stage their journey must begin at again. "
        "`credmate replay --stale --dry-run` shows what would change, `--apply` makes them anew."
    ),
)
def stale_results(pipeline: PipelineGateways) -> dg.MaterializeResult:
    """Counts by stage and type, and the replays asked for."""
    ledger, settings, versions = pipeline.open().ledger, pipeline.settings(), current_versions()
    makings = ledger.makings()
    groups = stale_groups(makings, versions)
    by_stage: Counter[Stage] = Counter()
    for group in groups:
        by_stage[group.first] += group.count
    asked = ledger.replay_counts(attempts_allowed=settings.attempts)
    rows = [(group.document_type, group.first.value, group.count) for group in groups]
    table = markdown_table(["type", "again from", "documents"], rows)
    return dg.MaterializeResult(
        metadata={
            "results": sum(making.count for making in makings),
            "stale": sum(group.count for group in groups),
            **{
                f"stale_from_{stage.value}": by_stage[stage]
                for stage in (Stage.OCR, Stage.CLASSIFICATION, Stage.EXTRACTION, Stage.VALIDATION)
            },
            "replays_waiting": asked.waiting,
            "replays_given_up": asked.given_up,
            "versions": str(versions),
            "report": dg.MetadataValue.md(table if rows else "The current code made every result."),
        }
    )
