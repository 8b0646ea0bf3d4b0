"""The jobs: a document's journey, reconciliation, retirement, and the measures of quality.

An asset has its name from what it is, so a job has its name from what it does: Dagster allows no name twice.
"""

import dagster as dg

from credmate_pipeline.code import code_version
from credmate_pipeline.defs.assets.specs import STEP_STAGES
from credmate_pipeline.system.dagster_api import CODE_VERSION

JOURNEY_JOB = dg.define_asset_job(
    "journey",
    selection=dg.AssetSelection.assets(*[stage.value for stage in STEP_STAGES]),
    description="Reads documents from upload to a settled record.",
    metadata={CODE_VERSION: code_version()},
)

RECONCILIATION_JOB = dg.define_asset_job(
    "reconcile",
    selection=dg.AssetSelection.assets("reconciliation"),
    description="Compares storage, ledger, partitions, runs and results, and repairs what differs.",
)

EXTRACTION_QUALITY_JOB = dg.define_asset_job(
    "measure_extraction",
    selection=dg.AssetSelection.assets("extraction_quality"),
    description="Reads the labelled set with the current code and measures how much of it is right.",
)

QUALITY_JOB = dg.define_asset_job(
    "quality",
    selection=dg.AssetSelection.assets("audited_error", "stale_results"),
    description="Measures how right the pipeline is by audits, and counts what older code made.",
)

REVIEW_QUEUE_JOB = dg.define_asset_job(
    "show_review_queue",
    selection=dg.AssetSelection.assets("review_queue"),
    description="Shows what waits for a person.",
)

ACTIVITY_JOB = dg.define_asset_job(
    "sum_up_activity",
    selection=dg.AssetSelection.assets("document_activity"),
    description="Sums up a day of documents.",
)

EXPIRING_JOB = dg.define_asset_job(
    "look_for_expiring",
    selection=dg.AssetSelection.assets("expiring_credentials"),
    description="Shows which credentials expire soon.",
)

RETIREMENT_JOB = dg.define_asset_job(
    "retire",
    selection=dg.AssetSelection.assets("live_window"),
    description="Takes settled documents out of the live window, and deletes old runs.",
)
