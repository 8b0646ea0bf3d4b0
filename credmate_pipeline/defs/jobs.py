"""The jobs: a document's journey, reconciliation, retirement, and the measures of quality."""

import dagster as dg

from credmate_pipeline.defs.assets.specs import STEP_STAGES

JOURNEY_JOB = dg.define_asset_job(
    "journey",
    selection=dg.AssetSelection.assets(*[stage.value for stage in STEP_STAGES]),
    description="Reads documents from upload to a settled record.",
)

RECONCILIATION_JOB = dg.define_asset_job(
    "reconcile",
    selection=dg.AssetSelection.assets("reconciliation"),
    description="Compares storage, ledger, partitions, runs and results, and repairs what differs.",
)

QUALITY_JOB = dg.define_asset_job(
    "quality",
    selection=dg.AssetSelection.assets("audited_error"),
    description="Measures how right the pipeline is: by audits of what settled without a person.",
)

RETIREMENT_JOB = dg.define_asset_job(
    "retire",
    selection=dg.AssetSelection.assets("live_window"),
    description="Takes settled documents out of the live window, and deletes old runs.",
)
