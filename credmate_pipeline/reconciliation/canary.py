"""Documents with known fields, sent through the deployed path to see whether what comes out is true.

Drawing and judging, both pure; sending and storing is elsewhere.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from uuid import UUID

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.evaluation.comparison import same
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.plan import Order
from credmate_pipeline.samples.sample import Kind, Truth, TruthValue

_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\b")
_PLAIN_NAME = re.compile(r"(?!.*[qz])[a-z]{3,}, ?[a-z]{3,}|(?!.*[qz])[a-z]{3,} [a-z]{3,}", re.IGNORECASE)
_LIKE_DIGITS = frozenset("IOQ")
"""Letters that engines take for digits, so that a number with one goes to a person now and then."""
CANARY_OWNER = "credmate-canary"
"""The owner canaries are uploaded for. Only uploads the ledger knows as sent are canaries."""

_WITH_TEXT = (Order(Kind.BORN_DIGITAL, "cme_awarded"), Order(Kind.BORN_DIGITAL, "license_verification_page"))
_SCANNED = (Order(Kind.CLEAN_SCAN, "cme_awarded"), Order(Kind.CLEAN_SCAN, "dea_form_223"))
"""Layouts that are read without doubt: a canary that fails means the pipeline."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A document and what must be read from it."""

    upload_key: str
    content: bytes
    document_type: str
    fields: Mapping[str, TruthValue]
    """The required fields of its type, in normal form."""


@dataclass(frozen=True, slots=True)
class SentCanary:
    """A canary that is on its way, as the ledger has it."""

    upload_key: str
    document_type: str
    fields: Mapping[str, TruthValue]
    sent_at: datetime
    due_at: datetime
    document_id: DocumentId | None
    """None until it is picked up."""
    status: DocumentStatus | None
    found_type: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a canary."""

    upload_key: str
    document_id: DocumentId | None
    differences: tuple[str, ...]
    """What was wrong: names of fields and stages, never values; empty where all was right."""
    sent_at: datetime

    @property
    def is_passed(self) -> bool:
        return not self.differences


def draw_canaries(rng: Random, *, today: date) -> tuple[Canary, ...]:
    """A fresh canary for each way of reading, a text layer and OCR: one of them alone would not see the other fail."""
    return tuple(_draw(orders, rng, today) for orders in (_WITH_TEXT, _SCANNED))


def _draw(orders: Sequence[Order], rng: Random, today: date) -> Canary:
    """A person, numbers and days that were never seen before."""
    # Drawing is heavy to import, and every run of Dagster imports this module.
    from credmate_pipeline.samples.catalog import draw_one

    sample = draw_one(rng.choice(orders), rng, today=today)
    while not _is_surely_read(sample.truth):
        sample = draw_one(rng.choice(orders), rng, today=today)
    kind = str(sample.truth.document_type)
    required = document_type(kind).required_fields
    fields = {name: value for name in required if (value := sample.truth.fields.get(name)) is not None}
    name = f"{UUID(int=rng.getrandbits(128), version=4)}{sample.file_name[sample.file_name.rfind('.') :]}"
    return Canary(f"documents/{CANARY_OWNER}/{name}", sample.content, kind, fields)


def judge(sent: SentCanary, extraction: Extraction | None, *, now: datetime) -> Verdict | None:
    """Whether the canary came through right; None while it has time and is not settled."""
    if sent.document_id is None or sent.status in {None, DocumentStatus.UPLOADED}:
        if now < sent.due_at:
            return None
        stage = "not picked up in time" if sent.document_id is None else "not settled in time"
        return _verdict(sent, (stage,))
    if sent.status is not DocumentStatus.COMPLETED:
        return _verdict(sent, (f"status is {sent.status}",))
    if sent.found_type != sent.document_type:
        return _verdict(sent, (f"type is not {sent.document_type}",))
    if extraction is None or not extraction.items:
        return _verdict(sent, ("completed without an extraction",))
    return _verdict(sent, tuple(_differences(sent.fields, extraction)))


def _is_surely_read(truth: Truth) -> bool:
    number = str(truth.fields.get("registration_number"))
    return _is_plain(truth.fields.get("holder_name")) and _is_plainly_printed(truth) and not _LIKE_DIGITS & set(number)


def _is_plain(name: TruthValue | None) -> bool:
    """Whether nothing in the name is hard to read on a clean scan: accents, hyphens, initials, numerals after it, and
    rare letters."""
    return isinstance(name, str) and _PLAIN_NAME.fullmatch(name) is not None and not name.endswith(("I", "V"))


def _is_plainly_printed(truth: Truth) -> bool:
    """Whether no required value is printed in a way that Tesseract doubts on clean scans: small raised ordinals in
    dates, and hyphens in an issuer's name."""
    printed = {
        name: str(truth.printed.get(name, "")) for name in document_type(str(truth.document_type)).required_fields
    }
    has_ordinal = any(_ORDINAL.search(content) for name, content in printed.items() if name.endswith("_date"))
    return not has_ordinal and "-" not in printed.get("issuer", "")


def _verdict(sent: SentCanary, differences: Sequence[str]) -> Verdict:
    return Verdict(sent.upload_key, sent.document_id, tuple(differences), sent.sent_at)


def _differences(truth: Mapping[str, TruthValue], extraction: Extraction) -> list[str]:
    """Names of the fields that are missing or differ."""
    found = []
    for name, value in truth.items():
        field = extraction.items[0].field(name)
        if field is None:
            found.append(f"{name} is missing")
        elif not same(field.value, value):
            found.append(f"{name} differs")
    return found
