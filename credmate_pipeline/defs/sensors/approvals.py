"""The sensor that shows in Dagster what a person's decision put on file or withdrew. No run is needed for it."""

from datetime import datetime

import dagster as dg

from credmate_pipeline.defs.assets.credential import on_file
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.stages import Stage

APPROVAL_SECONDS = 15
TOLD_A_TICK = 200


@dg.sensor(
    name="approvals",
    asset_selection=dg.AssetSelection.assets(Stage.CREDENTIAL.value),
    minimum_interval_seconds=APPROVAL_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description=(
        "Shows the `credential` of documents a person approved, a few seconds after the approval; and that nothing is "
        "on file any more of those rejected after all."
    ),
)
def approvals(context: dg.SensorEvaluationContext, pipeline: PipelineGateways) -> dg.SensorResult | dg.SkipReason:
    """One tick. Its instant is the cursor, which Dagster keeps once it has stored the events: then they were told."""
    gateways = pipeline.open()
    ledger, now = gateways.ledger, gateways.ledger.now()
    told_at = datetime.fromisoformat(context.cursor) if context.cursor else None
    taken = ledger.take_untold_filings(told_at=told_at, now=now, at_most=TOLD_A_TICK)
    gateways.alerts.beat("approvals", now=now)
    if not taken:
        return dg.SkipReason("Dagster shows every decision.")
    events = [on_file(filed) for filed in ledger.on_file(taken) if _is_live(context.instance, filed.document_id)]
    return dg.SensorResult(asset_events=events, cursor=now.isoformat())


def _is_live(instance: dg.DagsterInstance, document_id: DocumentId) -> bool:
    """Asked for each of the few that are told of: there may be a hundred thousand keys."""
    return instance.has_dynamic_partition(str(DOCUMENTS.name), document_id)
