"""The live window by the night."""

import dagster as dg

from credmate_pipeline.defs.jobs import RETIREMENT_JOB

RETIREMENT_SCHEDULE = dg.ScheduleDefinition(
    name="retirement",
    job=RETIREMENT_JOB,
    cron_schedule="41 2 * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every night: settled documents retire from Dagster after a while, and its old runs are deleted.",
)
