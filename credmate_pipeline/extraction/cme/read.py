"""All fields of a certificate: page by page, pages of one certificate together, a packet's certificates apart."""

from collections.abc import Iterator

from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage
from credmate_pipeline.extraction.cme.completion import find_completion
from credmate_pipeline.extraction.cme.credits import find_credits
from credmate_pipeline.extraction.cme.holder import find_credentials, find_holder
from credmate_pipeline.extraction.cme.identifiers import (
    find_acpe_uan,
    find_certificate_number,
    find_statement,
    find_topics,
)
from credmate_pipeline.extraction.cme.issuer import find_issuer
from credmate_pipeline.extraction.cme.title import find_title
from credmate_pipeline.extraction.fields import Field, Item
from credmate_pipeline.extraction.layout import text_of, trimmed
from credmate_pipeline.extraction.names import name_key
from credmate_pipeline.ocr.reading import Page, Reading

_SURE_OF_ANOTHER = 0.75
"""A page is another certificate only where its holder and title were both found at least so surely."""


def read_certificates(reading: Reading) -> tuple[Item, ...]:
    """One item a certificate. Pages that name neither a holder nor a title complete the certificate before them."""
    items: list[dict[str, Field]] = []
    for page in reading.pages:
        fields = {field.name: field for field in read_page(page)}
        if not items or (is_certificate_of_its_own(fields) and is_another(items, fields)):
            items.append(fields)
            continue
        current = items[-1]
        for name, field in fields.items():
            if name not in current or (field.confidence > current[name].confidence + 0.2):
                current[name] = field
    return tuple(Item(tuple(fields.values())) for fields in items if fields)


def is_certificate_of_its_own(fields: dict[str, Field]) -> bool:
    found = [fields.get("holder_name"), fields.get("activity_title")]
    return all(field is not None and field.confidence >= _SURE_OF_ANOTHER for field in found)


def is_another(items: list[dict[str, Field]], fields: dict[str, Field]) -> bool:
    """Whether no earlier item has this title and holder: a second copy is not a second certificate."""
    return all(_key(fields) != _key(item) for item in items) and is_certificate_of_its_own(items[-1])


def _key(fields: dict[str, Field]) -> tuple[str, str, str]:
    holder, title, day = (fields.get(name) for name in ("holder_name", "activity_title", "completion_date"))
    name = name_key(str(holder.value)) if holder else ""
    return (name, str(title.value).casefold() if title else "", str(day.value) if day else "")


def read_page(page: Page) -> Iterator[Field]:
    """The fields printed on one page."""
    certificate = CertificatePage(page)
    if not certificate.lines:
        return
    holder = find_holder(certificate)
    degrees = find_credentials(certificate, holder)
    credentials = degrees.value if degrees is not None and isinstance(degrees.value, tuple) else ()
    title = find_title(certificate, holder)
    completion = find_completion(certificate)
    found_credits = find_credits(certificate, credentials)
    found: dict[str, Candidate | None] = {
        "holder_name": holder,
        "holder_credentials": degrees,
        "activity_title": title,
        "issuer": find_issuer(certificate),
        "completion_date": completion.completed if completion else None,
        "start_date": completion.started if completion else None,
        "credits_awarded": found_credits.awarded,
        "credits_designated": found_credits.designated,
        "credit_type": found_credits.kind,
        "other_credits": found_credits.others,
        "certificate_number": find_certificate_number(certificate),
        "acpe_uan": find_acpe_uan(certificate),
        "accreditation_statement": find_statement(certificate),
        "topics": find_topics(certificate, title),
    }
    for name, candidate in found.items():
        if candidate is not None:
            yield _holder_field(candidate, page) if name == "holder_name" else candidate.field(name, page)


def _holder_field(holder: Candidate, page: Page) -> Field:
    """The name's words without the degrees', where they stand apart."""
    count = len(str(holder.value).split())
    leading = trimmed(holder.words[:count], ",;")
    words = leading if text_of(leading) == holder.value else holder.words
    return Candidate(holder.value, words, holder.sureness, holder.way).field("holder_name", page)
