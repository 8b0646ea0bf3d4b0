"""The sensor that sends canaries and judges them."""

from datetime import datetime, timedelta

import dagster as dg

from credmate_pipeline.defs.assets.canary import CAME_THROUGH, CANARY, SHOWN, has_come_through, shown
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.send_canary import retire_canaries, send_canaries

CANARY_SECONDS = 20


@dg.sensor(
    name="canary",
    asset_selection=dg.AssetSelection.assets(CANARY),
    minimum_interval_seconds=CANARY_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description=(
        "Sends documents with known fields every CREDMATE_CANARY_MINUTES (none where that is empty), judges those that "
        "are settled or late, and takes away those that came through an hour ago."
    ),
)
def canary(context: dg.SensorEvaluationContext, pipeline: PipelineGateways) -> dg.SensorResult | dg.SkipReason:
    """One tick: judge, then send where it is time."""
    settings, gateways = pipeline.settings(), pipeline.open()
    now = gateways.ledger.now()
    book = gateways.canaries
    verdicts = book.judge_all(now=now)
    sent = _send_where_due(pipeline, now)
    retired = retire_canaries(gateways, now=now)
    gateways.alerts.beat("canary", now=now)
    if verdicts or retired:
        newest = book.newest(at_most=SHOWN)
        return dg.SensorResult(
            dynamic_partitions_requests=[DOCUMENTS.build_delete_request(list(retired))] if retired else None,
            asset_events=[
                dg.AssetMaterialization(CANARY, metadata=shown(newest)),
                dg.AssetCheckEvaluation(asset_key=CANARY, check_name=CAME_THROUGH, passed=has_come_through(newest)),
            ],
        )
    if settings.canary_minutes is None:
        return dg.SkipReason("No canaries are sent: CREDMATE_CANARY_MINUTES is empty.")
    return dg.SkipReason("Canaries were sent." if sent else "No canary is due, and none has come through since.")


def _send_where_due(pipeline: PipelineGateways, now: datetime) -> bool:
    settings, gateways = pipeline.settings(), pipeline.open()
    if settings.canary_minutes is None:
        return False
    last = gateways.canaries.last_sent_at()
    if last is not None and now - last < timedelta(minutes=settings.canary_minutes):
        return False
    send_canaries(gateways, now=now, deadline=timedelta(minutes=settings.canary_deadline_minutes))
    return True
