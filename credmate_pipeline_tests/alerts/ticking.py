"""Sensors that are alive, where a test looks for another trouble."""

from datetime import datetime

from credmate_pipeline.alerts.watch import SENSORS
from credmate_pipeline.ledger.alert_book import AlertBook


def all_tick(book: AlertBook, now: datetime) -> None:
    """As if every sensor that must tick had just done so."""
    for sensor in SENSORS:
        book.beat(sensor, now=now)
