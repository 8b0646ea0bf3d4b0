"""Sends a canary the way an uploader would."""

from datetime import datetime, timedelta
from random import SystemRandom

from credmate_pipeline.gateways import Gateways
from credmate_pipeline.reconciliation.canary import Canary, draw_canary


def send_canary(gateways: Gateways, *, now: datetime, deadline: timedelta) -> Canary:
    """Draws a fresh canary, notes it in the ledger, and puts it among the uploads."""
    canary = draw_canary(SystemRandom(), today=now.date())
    gateways.canaries.note_sent(canary, sent_at=now, due_at=now + deadline)
    gateways.uploads.put(canary.upload_key, canary.content)
    return canary
