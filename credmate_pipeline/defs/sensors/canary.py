"""The sensor that sends canaries and judges them."""

from datetime import datetime, timedelta

import dagster as dg

from credmate_pipeline.defs.assets.canary import CAME_THROUGH, CANARY, SHOWN, has_come_through, shown
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.send_canary import send_canary

CANARY_SECONDS = 20


@dg.sensor(
    name="canary",
    asset_selection=dg.AssetSelection.assets(CANARY),
    minimum_interval_seconds=CANARY_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description=(
        "Sends a document with known fields every CREDMATE_CANARY_MINUTES (none where that is empty), and judges "
        "those that are settled or late."
    ),
)
def canary(context: dg.SensorEvaluationContext, pipeline: PipelineGateways) -> dg.SensorResult | dg.SkipReason:
    """One tick: judge, then send where it is time."""
    settings, gateways = pipeline.settings(), pipeline.open()
    now = gateways.ledger.now()
    book = gateways.canaries
    verdicts = book.judge_all(now=now)
    sent = _send_where_due(pipeline, now)
    if verdicts:
        newest = book.newest(at_most=SHOWN)
        return dg.SensorResult(
            asset_events=[
                dg.AssetMaterialization(CANARY, metadata=shown(newest)),
                dg.AssetCheckEvaluation(asset_key=CANARY, check_name=CAME_THROUGH, passed=has_come_through(newest)),
            ]
        )
    if settings.canary_minutes is None:
        return dg.SkipReason("No canaries are sent: CREDMATE_CANARY_MINUTES is empty.")
    return dg.SkipReason("A canary was sent." if sent else "No canary is due, and none has come through since.")


def _send_where_due(pipeline: PipelineGateways, now: datetime) -> bool:
    settings, gateways = pipeline.settings(), pipeline.open()
    if settings.canary_minutes is None:
        return False
    last = gateways.canaries.last_sent_at()
    if last is not None and now - last < timedelta(minutes=settings.canary_minutes):
        return False
    send_canary(gateways, now=now, deadline=timedelta(minutes=settings.canary_deadline_minutes))
    return True
