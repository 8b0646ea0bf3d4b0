"""The jobs: a document's journey, and reconciliation."""

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
    description="Compares ledger, partitions, runs and results, and repairs what differs.",
)
