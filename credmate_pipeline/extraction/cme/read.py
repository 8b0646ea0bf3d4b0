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
from credmate_pipeline.extraction.cme.pages import gathered
from credmate_pipeline.extraction.cme.title import find_title
from credmate_pipeline.extraction.fields import Field, Item
from credmate_pipeline.extraction.layout import text_of, trimmed
from credmate_pipeline.ocr.reading import Page, Reading


def read_certificates(reading: Reading) -> tuple[Item, ...]:
    """One item a certificate, whether it takes a part of the file's pages or is there twice."""
    pages = [(page, {field.name: field for field in read_page(page)}) for page in reading.pages]
    return tuple(Item(tuple(fields.values())) for fields in gathered(pages) if fields)


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
