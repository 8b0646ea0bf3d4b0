"""Puts new uploads into the ledger: those a queue tells of at once, and those a listing finds.

Every upload can come by both ways and more than once; the ledger records it once.
"""

import logging
from datetime import datetime

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.documents.document import new_document_id
from credmate_pipeline.errors import UnreadableDocument
from credmate_pipeline.gateways import Gateways, NoticeGateway
from credmate_pipeline.uploads.notices import FaultyNotice, Notice, stored_uploads

LISTED_AT_MOST = 500
NOTICES_AT_MOST = 200
"""Messages of one call: each costs a question to the store."""

_log = logging.getLogger("credmate.intake")


def take_in(gateways: Gateways, cursor: str | None, *, now: datetime) -> str:
    """Registers what is new; returns the listing's cursor to come back with."""
    if gateways.notices is not None:
        take_in_notices(gateways, gateways.notices, now=now)
    listing = gateways.uploads.list_new(cursor, at_most=LISTED_AT_MOST)
    gateways.ledger.register_all(listing.uploads, now=now)
    return listing.cursor


def take_in_notices(gateways: Gateways, source: NoticeGateway, *, now: datetime) -> int:
    """Registers the uploads that waiting messages tell of; returns how many messages were ended.

    A message is deleted only once its uploads are committed in the ledger. A faulty one is counted and left: after
    some deliveries its queue puts it aside.
    """
    ended = seen = 0
    while seen < NOTICES_AT_MOST and (notices := source.queue.receive()):
        well = [notice for notice in notices if _register(gateways, source.bucket, notice, now)]
        source.queue.delete(well)
        ended, seen = ended + len(well), seen + len(notices)
    return ended


def _register(gateways: Gateways, bucket: str, notice: Notice, now: datetime) -> bool:
    """Whether the message is done with: its uploads, as they lie there now, are in the ledger."""
    try:
        stored = stored_uploads(notice.body, bucket)
    except FaultyNotice as fault:
        _log.warning("Message %s is no notice about uploads: %s", notice.message_id, fault)
        gateways.alerts.signal(AlertKind.FAULTY_NOTICE, notice.message_id, now=now)
        return False
    for one in stored:
        _register_current(gateways, one.uri, notice, now)
    return True


def _register_current(gateways: Gateways, uri: str, notice: Notice, now: datetime) -> None:
    try:
        # What lies there now: the version of an old notice may have been overwritten since.
        upload = gateways.uploads.stat(uri)
    except UnreadableDocument:
        _log.info("Message %s tells of an upload that has been deleted since.", notice.message_id)
        return
    gateways.ledger.register(upload, document_id=new_document_id(), now=now)
