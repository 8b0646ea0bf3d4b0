"""The sensor that looks whether all is well and tells somebody where it is not."""

from datetime import timedelta

import dagster as dg

from credmate_pipeline.alerts.alarm import Alarm, sound
from credmate_pipeline.alerts.channels import open_channels
from credmate_pipeline.defs.assets.alerts import ALERTS, ALL_WELL, DELIVERED, shown
from credmate_pipeline.defs.resources import PipelineGateways

ALERT_SECONDS = 30


@dg.sensor(
    name="alerts",
    asset_selection=dg.AssetSelection.assets(ALERTS),
    minimum_interval_seconds=ALERT_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description=(
        "Looks every half minute whether documents settle, runs succeed, reconciliation and canaries are well, and "
        "sends what is wrong on every channel of the settings: once, again each hour while it lasts, and when it is "
        "over."
    ),
)
def alerts(context: dg.SensorEvaluationContext, pipeline: PipelineGateways) -> dg.SensorResult | dg.SkipReason:
    """One look."""
    settings, gateways = pipeline.settings(), pipeline.open()
    channels = open_channels(settings)
    book, now = gateways.alerts, gateways.ledger.now()
    before = book.beat("alerts", now=now)
    if before is None or now - before > timedelta(seconds=settings.daemon_silence_seconds):
        return dg.SkipReason("The daemon has just come up; the other sensors have not had time to tick.")
    alarm = sound(book, channels, settings, now=now)
    if not alarm.said and not alarm.failures:
        return dg.SkipReason(f"Unchanged: {len(alarm.conditions)} open." if alarm.conditions else "All is well.")
    return dg.SensorResult(asset_events=_events(alarm))


def _events(alarm: Alarm) -> list[dg.AssetMaterialization | dg.AssetObservation | dg.AssetCheckEvaluation]:
    return [
        dg.AssetMaterialization(ALERTS, metadata=shown(alarm.conditions, alarm.failures)),
        dg.AssetCheckEvaluation(asset_key=ALERTS, check_name=ALL_WELL, passed=not alarm.conditions),
        dg.AssetCheckEvaluation(asset_key=ALERTS, check_name=DELIVERED, passed=not alarm.failures),
    ]
