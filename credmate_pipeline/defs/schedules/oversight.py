"""What is looked at by the clock: the queue by the hour, days and expiries by the day."""

from datetime import timedelta

import dagster as dg

from credmate_pipeline.defs.jobs import ACTIVITY_JOB, EXPIRING_JOB, REVIEW_QUEUE_JOB

REVIEW_QUEUE_SCHEDULE = dg.ScheduleDefinition(
    name="review_queue",
    job=REVIEW_QUEUE_JOB,
    cron_schedule="17 * * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every hour: shows what waits for a person.",
)


@dg.schedule(
    name="document_activity",
    job=ACTIVITY_JOB,
    cron_schedule="11 0 * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every night: sums up the day that has ended.",
)
def document_activity_schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """The day before the tick's, also where the tick comes late."""
    day_before = context.scheduled_execution_time - timedelta(days=1)
    return dg.RunRequest(partition_key=day_before.date().isoformat())


EXPIRING_SCHEDULE = dg.ScheduleDefinition(
    name="expiring_credentials",
    job=EXPIRING_JOB,
    cron_schedule="31 5 * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every morning: shows which credentials expire within 30, 60 and 90 days.",
)
