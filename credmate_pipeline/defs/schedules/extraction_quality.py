"""The reading of the labelled set, once a night."""

import dagster as dg

from credmate_pipeline.defs.assets.extraction_quality import NOTHING_LABELLED
from credmate_pipeline.defs.jobs import EXTRACTION_QUALITY_JOB
from credmate_pipeline.defs.resources import PipelineGateways


@dg.schedule(
    name="extraction_quality",
    job=EXTRACTION_QUALITY_JOB,
    cron_schedule="41 3 * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every night: reads the labelled set with the current code; skips where there is none.",
)
def extraction_quality_schedule(pipeline: PipelineGateways) -> dg.RunRequest | dg.SkipReason:
    """A run where there is something to measure."""
    if not pipeline.open().ledger.truths():
        return dg.SkipReason(NOTHING_LABELLED)
    return dg.RunRequest()
