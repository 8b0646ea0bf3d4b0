"""A claim to CME credit as the ledger holds it: who stands for it, when, how much of which type, on what topics."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from credmate_pipeline.credentials.correction import said_item
from credmate_pipeline.credentials.identity import CME, Identity, identity_of
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.extraction.fields import FieldValue, Item
from credmate_pipeline.extraction.numbers import normal_decimal
from credmate_pipeline.validation.days import begin_of, end_of

_OTHER = re.compile(r"(?P<type>[a-z][a-z0-9_]*) (?P<number>\d+(?:\.\d+)?)(?P<rest>.*)")


class Surety(IntEnum):
    """How settled a claim is, the surest first."""

    ON_FILE = 0
    """A credential."""
    SETTLED = 1
    """Read and settled, not yet put on file."""
    IN_REVIEW = 2
    """A person has still to decide."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One activity a provider claims credit for."""

    document_id: DocumentId
    item: int
    surety: Surety
    identity: Identity
    first_day: date | None
    """Of its completion; of a month alone its first day."""
    last_day: date | None
    awarded: Decimal | None
    designated: Decimal | None
    credit_type: str | None
    others: tuple[tuple[str, Decimal], ...]
    """The same activity's credit in other systems; never added to the first."""
    topics: tuple[str, ...]


def claim_of(document_id: DocumentId, item: int, surety: Surety, values: Mapping[str, FieldValue]) -> Claim:
    """The claim of a CME item with these field values."""
    said = said_item(values)
    return Claim(
        document_id=document_id,
        item=item,
        surety=surety,
        identity=identity_of(CME, said),
        first_day=begin_of(said, "completion_date"),
        last_day=end_of(said, "completion_date"),
        awarded=_number(said, "credits_awarded"),
        designated=_number(said, "credits_designated"),
        credit_type=said.text("credit_type"),
        others=tuple(_others(values.get("other_credits", ()))),
        topics=_parts(values.get("topics", ())),
    )


def _number(item: Item, name: str) -> Decimal | None:
    value = normal_decimal(item.text(name) or "")
    return Decimal(value) if value is not None else None


def _parts(value: FieldValue) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _others(value: FieldValue) -> list[tuple[str, Decimal]]:
    """Of `ancc 1.25`, or `ancc 1.25 awarded`; what was only designated is no claim."""
    found = (_OTHER.fullmatch(part) for part in _parts(value))
    return [(one["type"], Decimal(one["number"])) for one in found if one and "designated" not in one["rest"]]
