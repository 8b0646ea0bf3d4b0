"""Dagster's entry: everything wired, in the order of a document's journey."""

import dagster as dg

from credmate_pipeline.defs.assets.alerts import alerts_asset
from credmate_pipeline.defs.assets.audited_error import audited_error
from credmate_pipeline.defs.assets.canary import canary_asset
from credmate_pipeline.defs.assets.credential import credential
from credmate_pipeline.defs.assets.document_activity import document_activity
from credmate_pipeline.defs.assets.expiring_credentials import expiring_credentials
from credmate_pipeline.defs.assets.extraction_quality import extraction_quality
from credmate_pipeline.defs.assets.journey import journey
from credmate_pipeline.defs.assets.live_window import live_window
from credmate_pipeline.defs.assets.reconciliation import reconciliation
from credmate_pipeline.defs.assets.review_queue import review_queue
from credmate_pipeline.defs.assets.stale_results import stale_results
from credmate_pipeline.defs.jobs import (
    ACTIVITY_JOB,
    EXPIRING_JOB,
    EXTRACTION_QUALITY_JOB,
    JOURNEY_JOB,
    QUALITY_JOB,
    RECONCILIATION_JOB,
    RETIREMENT_JOB,
    REVIEW_QUEUE_JOB,
)
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.schedules.extraction_quality import extraction_quality_schedule
from credmate_pipeline.defs.schedules.oversight import (
    EXPIRING_SCHEDULE,
    REVIEW_QUEUE_SCHEDULE,
    document_activity_schedule,
)
from credmate_pipeline.defs.schedules.quality import QUALITY_SCHEDULE
from credmate_pipeline.defs.schedules.reconciliation import RECONCILIATION_SCHEDULE
from credmate_pipeline.defs.schedules.retirement import RETIREMENT_SCHEDULE
from credmate_pipeline.defs.sensors.alerts import alerts
from credmate_pipeline.defs.sensors.approvals import approvals
from credmate_pipeline.defs.sensors.canary import canary
from credmate_pipeline.defs.sensors.new_uploads import new_uploads
from credmate_pipeline.defs.sensors.run_failures import run_failures

defs = dg.Definitions(
    assets=[
        journey,
        credential,
        reconciliation,
        live_window,
        review_queue,
        document_activity,
        expiring_credentials,
        extraction_quality,
        audited_error,
        stale_results,
        alerts_asset,
        canary_asset,
    ],
    jobs=[
        JOURNEY_JOB,
        RECONCILIATION_JOB,
        RETIREMENT_JOB,
        QUALITY_JOB,
        EXTRACTION_QUALITY_JOB,
        REVIEW_QUEUE_JOB,
        ACTIVITY_JOB,
        EXPIRING_JOB,
    ],
    sensors=[new_uploads, approvals, run_failures, alerts, canary],
    schedules=[
        RECONCILIATION_SCHEDULE,
        RETIREMENT_SCHEDULE,
        QUALITY_SCHEDULE,
        extraction_quality_schedule,
        REVIEW_QUEUE_SCHEDULE,
        document_activity_schedule,
        EXPIRING_SCHEDULE,
    ],
    resources={"pipeline": PipelineGateways()},
    # Parallel work is the lanes'; a process a step would cost more than reading a page.
    executor=dg.in_process_executor,
)
