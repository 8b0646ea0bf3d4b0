"""Which fields the model is asked for, in which words, and how what it quotes becomes a value.

The model only quotes. Values are made from the words on the page, by the same normal forms as the rules'.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from credmate_pipeline.extraction import values
from credmate_pipeline.extraction.document_type import DocumentType, FieldKind, FieldSpec, Recognizer
from credmate_pipeline.extraction.names import split_credentials
from credmate_pipeline.extraction.numbers import normal_decimal

METHOD = "bedrock"
"""How the methods of fields read by the model begin."""
MEANINGS = {
    "holder_name": "the person the document was issued to; not a signer, instructor or director",
    "holder_credentials": "the degrees printed with the holder's name",
    "activity_title": "the title of the educational activity",
    "issuer": "the organization that issued the certificate",
    "completion_date": "the day the activity was completed; of a range the whole range",
    "start_date": "the begin of a range of days, quoted as the whole range; absent for a single day",
    "credits_awarded": "the number of credits awarded to or claimed by the holder; never what was designated",
    "credits_designated": "the number of credits the activity was designated or approved for",
    "credit_type": "the credit system's full name beside the number of credits",
    "certificate_number": "the certificate's own number",
    "acpe_uan": "the ACPE universal activity number",
    "registration_number": "the registration's number",
    "schedules": "the list of drug schedules",
    "business_activity": "the registrant's business activity",
    "issue_date": "the day it was issued",
    "expiration_date": "the day it expires",
    "address_state": "the state in the registered address",
    "license_number": "the license's number",
    "state": "the state that issued it",
    "license_type": "the kind of license",
    "license_status": "the status of the license",
    "board": "the certifying board",
    "specialty": "the specialty certified",
    "course": "the name of the life-support course",
    "renew_by": "until when the card must be renewed",
    "ecard_code": "the eCard's code",
    "training_center": "the training center's name",
    "instructor_name": "the instructor's name",
    "insurer": "the insurance company",
    "policy_number": "the policy's number",
    "effective_date": "the day cover begins",
    "coverage_basis": "the words claims-made or occurrence, where they say how cover is triggered",
    "retroactive_date": "the retroactive date",
    "limit_per_claim": "the limit per claim in dollars",
    "limit_aggregate": "the aggregate limit in dollars",
}
"""By field; one that is not here is not asked for: its value is worked out from words all over the page."""
_AMOUNT = re.compile(r"(?<![\w.,/])\d{1,3}(?:\.\d{1,2})?(?![\w/]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field the model may quote."""

    name: str
    meaning: str
    recognize: Recognizer


def asked_fields(known: DocumentType) -> tuple[AskedField, ...]:
    """The fields of the type the model can be asked for, in the type's order."""
    return tuple(
        AskedField(spec.name, MEANINGS[spec.name], _recognizer(known, spec))
        for spec in known.fields
        if spec.name in MEANINGS
    )


def _recognizer(known: DocumentType, spec: FieldSpec) -> Recognizer:
    return known.recognizers.get(spec.name) or _BY_NAME.get(spec.name) or _BY_KIND[spec.kind]


def _whole(text: str) -> Iterator[tuple[int, int, str]]:
    bare = text.strip(" \n:;,-–—")
    if bare:
        start = text.index(bare)
        yield start, start + len(bare), " ".join(bare.split())


def _credits(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _AMOUNT.finditer(text):
        number = normal_decimal(match.group())
        if number is not None:
            yield match.start(), match.end(), number


def _degrees(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    _, degrees = split_credentials(f"Given Family, {text}")
    if degrees:
        yield 0, len(text), degrees


_BY_NAME: dict[str, Recognizer] = {"holder_credentials": _degrees}
_BY_KIND: dict[FieldKind, Recognizer] = {
    FieldKind.NAME: values.people,
    FieldKind.DATE: values.dates,
    FieldKind.CREDITS: _credits,
    FieldKind.MONEY: values.money,
    FieldKind.STATE: values.states,
    FieldKind.NUMBER: values.codes,
    FieldKind.TEXT: _whole,
}
