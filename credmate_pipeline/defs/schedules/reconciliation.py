"""Reconciliation by the hour."""

import dagster as dg

from credmate_pipeline.defs.jobs import RECONCILIATION_JOB

RECONCILIATION_SCHEDULE = dg.ScheduleDefinition(
    name="reconciliation",
    job=RECONCILIATION_JOB,
    cron_schedule="7 * * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every hour: compares storage, ledger, partitions, runs and results, and repairs what differs.",
)
