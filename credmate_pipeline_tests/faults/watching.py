"""A batch under a fault: uploaded, met in its middle, settled; and whether everything about it is true."""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from time import monotonic
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.alerts.webhooks import SIGNATURE_HEADER, TIMESTAMP_HEADER
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.records import DocumentEvent, DocumentRecord, EventKind
from credmate_pipeline.ledger.states import NEEDS_EXTRACTION, DocumentStatus
from credmate_pipeline.system.dagster_api import materialized_partitions
from credmate_pipeline_tests.faults.engine import Mood
from credmate_pipeline_tests.faults.plant import SECRET, Plant
from credmate_pipeline_tests.waiting import wait_for

READ = {"completed", "review_pending"}
"""What a good document ends as."""
MIDDLE_SECONDS = 600.0
SETTLE_SECONDS = 900.0


@dataclass
class Fault:
    """What one test does to the system, and what came of it."""

    plant: Plant
    injected_at: float = 0.0
    heard_before: int = 0
    told_after_seconds: float | None = None
    alert: str = "none is promised"
    breaks_the_plant: bool = False
    """Whether the system cannot be used for another fault."""
    keys: list[str] = field(default_factory=list)

    def upload(self, *, scans: int, born_digital: int = 0) -> None:
        """Puts documents of one folder among the uploads, all at once for the sensor."""
        papers = self.plant.papers
        contents = [*(papers.scan() for _ in range(scans)), *(papers.born_digital() for _ in range(born_digital))]
        owner = f"provider-{uuid4().hex[:8]}"
        for number, content in enumerate(contents):
            self.keys.append(self.plant.gateways.uploads.put(f"documents/{owner}/{number}.pdf", content).key)

    def records(self) -> list[DocumentRecord]:
        wanted = set(self.keys)
        return [record for record in self.plant.ledger.documents() if record.upload_key in wanted]

    def ids(self) -> list[DocumentId]:
        return [record.document_id for record in self.records()]

    def wait_for_the_middle(self) -> None:
        """Returns when something of the batch is settled and something of it is being read."""
        self.plant.engine.is_(Mood.SLOW)
        wait_for("the middle of the batch", self._is_in_the_middle, seconds=MIDDLE_SECONDS)

    def _is_in_the_middle(self) -> bool:
        states = [(one.status is not DocumentStatus.UPLOADED, one.claim_run_id is not None) for one in self.records()]
        return any(settled for settled, _ in states) and any(held for settled, held in states if not settled)

    def inject(self) -> None:
        """Call right before the thing is broken: from here on it is counted until somebody is told."""
        if self.plant.engine.mood is Mood.SLOW:
            self.plant.engine.is_(Mood.WELL)
        self.heard_before = len(self.plant.receiver.bodies)
        self.injected_at = monotonic()

    def is_told(self, kind: AlertKind, *, within: float, of: str | None = None) -> dict[str, Any]:
        """The alert of this kind (and of what is named `of`) that arrives at the receiver, rightly signed."""
        message = wait_for(f"the alert {kind}", lambda: self._raised(kind, of), seconds=within)
        if self.told_after_seconds is None:
            self.told_after_seconds, self.alert = monotonic() - self.injected_at, kind.value
        else:
            self.alert += f", {kind.value}"
        return message

    def _raised(self, kind: AlertKind, of: str | None) -> dict[str, Any] | None:
        new = heard(self.plant)[self.heard_before :]
        raised = (one for one in new if one["kind"] == kind and one["occasion"] in {"raised", "reminder"})
        return next((one for one in raised if of is None or of in one["samples"]), None)

    def settles(self, *, within: float = SETTLE_SECONDS, with_engine: Mood = Mood.WELL) -> Counter[str]:
        """Waits until every upload is a settled document; how many are in each status."""
        self.plant.engine.is_(with_engine)
        wait_for("every upload settled", self._is_settled, seconds=within)
        return self.states()

    def read_again(self, document_ids: Sequence[DocumentId]) -> None:
        """What an engineer does after mending: the documents are run again, and are read now."""
        ledger = self.plant.ledger
        again = ledger.reopen(document_ids, actor="engineer", reason="Mended.", now=ledger.now())
        assert set(again) == set(document_ids)
        assert set(self.settles()) <= READ
        assert_honest(self, reopened=document_ids)

    def states(self) -> Counter[str]:
        return Counter(record.status.value for record in self.records())

    def _is_settled(self) -> bool:
        records = self.records()
        return len(records) == len(self.keys) and all(one.status is not DocumentStatus.UPLOADED for one in records)


def heard(plant: Plant) -> list[dict[str, Any]]:
    """Every message that arrived; fails where one is not signed as it must be."""
    received = plant.receiver
    count = len(received.headers)
    for body, headers in zip(received.bodies[:count], received.headers[:count], strict=True):
        signed = headers[TIMESTAMP_HEADER].encode() + b"." + body
        expected = "sha256=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        assert headers[SIGNATURE_HEADER] == expected
    return [json.loads(body) for body in received.bodies[:count]]


def wait_until_quiet(plant: Plant, *, seconds: float = 180.0) -> None:
    """Returns when everything that was told of is told to be over: the next fault is then told of anew."""
    wait_for("the end of every alert", lambda: not open_alerts(plant), seconds=seconds)


def open_alerts(plant: Plant) -> set[str]:
    last = {message["kind"]: message["occasion"] for message in heard(plant)}
    # What reconciliation found stays until its next hour.
    return {kind for kind, occasion in last.items() if occasion in {"raised", "reminder"}} - {"reconciliation"}


def assert_honest(fault: Fault, *, reopened: Sequence[DocumentId] = ()) -> None:
    """Every upload is one document, in one state that has what it needs, settled once, its trail without a gap;
    and Dagster shows nothing as validated that the ledger has no result of."""
    ledger, records = fault.plant.ledger, fault.records()
    assert sorted(record.upload_key for record in records) == sorted(fault.keys)
    for record in records:
        assert record.claim_run_id is None
        if record.status in NEEDS_EXTRACTION:
            assert ledger.has_evidenced_extraction(record.document_id)
        _assert_whole(ledger.history(record.document_id), record, settled_once=record.document_id not in reopened)
        if record.document_id not in reopened:
            assert _extraction_count(fault.plant, record.document_id) <= 1
    validated = materialized_partitions(fault.plant.url, ["validation"])["validation"]
    shown = {record.document_id for record in records} & validated
    assert shown <= {record.document_id for record in records if record.status in NEEDS_EXTRACTION}


def _assert_whole(trail: Sequence[DocumentEvent], record: DocumentRecord, *, settled_once: bool) -> None:
    assert trail[0].kind is EventKind.REGISTERED
    assert trail[-1].to_status is record.status
    for before, after in pairwise(trail):
        assert after.from_status is before.to_status
        assert after.occurred_at >= before.occurred_at
        assert after.kind is not EventKind.REGISTERED
    moves = [event for event in trail if event.kind is EventKind.MOVED]
    assert all(event.run_id for event in moves if event.from_status is DocumentStatus.UPLOADED)
    attempts = [event for event in trail if event.kind is EventKind.ATTEMPT_FAILED]
    if settled_once:
        assert len(moves) == 1
        spent = len(attempts) if record.status is DocumentStatus.FAILED else len(attempts) + 1
        assert record.attempt_count == spent


def _extraction_count(plant: Plant, document_id: DocumentId) -> int:
    with plant.ledger.engine.connect() as connection:
        statement = text("SELECT count(*) FROM extraction_results WHERE document_id = :id")
        return connection.execute(statement, {"id": document_id}).scalar_one()
