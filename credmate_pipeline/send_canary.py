"""Sends canaries the way an uploader would, and takes away those that came through."""

from datetime import datetime, timedelta
from random import SystemRandom

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.reconciliation.canary import Canary, draw_canaries

KEPT = timedelta(hours=1)
"""Time a canary that came through stays to be looked at; one that failed stays."""


def send_canaries(gateways: Gateways, *, now: datetime, deadline: timedelta) -> tuple[Canary, ...]:
    """Draws a fresh round of canaries, notes each in the ledger, and puts it among the uploads."""
    canaries = draw_canaries(SystemRandom(), today=now.date())
    for canary in canaries:
        gateways.canaries.note_sent(canary, sent_at=now, due_at=now + deadline)
        gateways.uploads.put(canary.upload_key, canary.content)
    return canaries


def retire_canaries(gateways: Gateways, *, now: datetime) -> tuple[DocumentId, ...]:
    """Removes bytes and artifacts of canaries that came through a while ago; returns them, for their partitions.

    Their rows and trails stay. What storage does not let go of is tried again the next time.
    """
    retired = []
    for record in gateways.canaries.to_retire(judged_before=now - KEPT):
        gateways.uploads.remove(record.upload_uri, version=record.upload_version)
        gateways.artifacts.remove_all(record.document_id)
        retired.append(record.document_id)
    gateways.canaries.note_retired(retired, now=now)
    return tuple(retired)
