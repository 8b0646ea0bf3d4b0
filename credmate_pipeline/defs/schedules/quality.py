"""The measures of quality by the day."""

import dagster as dg

from credmate_pipeline.defs.jobs import QUALITY_JOB

QUALITY_SCHEDULE = dg.ScheduleDefinition(
    name="quality",
    job=QUALITY_JOB,
    cron_schedule="23 3 * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every night: measures how right the pipeline is.",
)
