"""What a transcript says once for all its entries: the holder, the issuer, the credit system."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from credmate_pipeline.extraction.cme import phrases
from credmate_pipeline.extraction.cme.certificate import Candidate, CertificatePage
from credmate_pipeline.extraction.cme.holder import find_credentials, find_holder, person
from credmate_pipeline.extraction.cme.issuer import find_issuer, organization
from credmate_pipeline.extraction.fields import Field
from credmate_pipeline.extraction.labels import labelled
from credmate_pipeline.extraction.transcripts.credit_systems import credit_system
from credmate_pipeline.extraction.transcripts.entry_fields import field_of
from credmate_pipeline.extraction.transcripts.printed_rows import Row, page_of
from credmate_pipeline.ocr.reading import Page, Word

TITLE = re.compile(
    r"\btranscripts?\b|\b(?:credit|cme|ce|cne|learning|activity|education|training|participation) (?:summary|history"
    r"|record|report|log)\b|\b(?:summary|record|report|list|history) of (?:\w+ ){0,4}?(?:credits?"
    r"|cme|ce|activit\w+|education|participation|learning)\b|\blearner (?:record|report|profile)\b"
    r"|\bfollowing (?:\w+ ){0,3}(?:activities|courses|credits|programs)\b",
    re.IGNORECASE,
)
"""What a page calls itself that lists activities."""
_HOLDER_LABELS = (
    r"(?:cme |ce )?(?:transcript|record|summary|report|credits)\s+(?:for|of)",
    r"(?:physician|clinician|provider|member|learner|user|attendee|student|participant|nurse|professional|licensee"
    r"|pharmacist|account|credit\s+holder)(?:\s+name)?",
    r"name",
)
_FOR = phrases.phrase(r"\b(?:transcript|record|summary|report|history|statement)(?: \w+){0,3} (?:for|of)[ ]*:?[ ]*")
_TYPE_STATED = re.compile(
    r"\b(?:credit type|type of credits?|credits? (?:are|listed are|shown are|reported (?:are|as|in))"
    r"|all credits?(?: \w+)? are|category of credit)\b",
    re.IGNORECASE,
)


_AT_THE_TOP, _KEEPER = 0.6, 0.95
"""How sure an issuer is that is known by its place at the top of the page: as found, and on a list of activities."""


def says_transcript(rows: Sequence[Row]) -> bool:
    """Whether the rows around a table call it a list of activities."""
    return any(TITLE.search(row.text) for row in rows)


def certifies(rows: Sequence[Row]) -> bool:
    """Whether they certify one activity, of which the table may list the sessions."""
    text = "\n".join(row.text for row in rows)
    return bool(phrases.CERTIFIES.search(text) or phrases.DID.search(text))


def head_fields(page: Page, rows: Sequence[Row]) -> Iterator[Field]:
    """Holder, degrees and issuer, as the rows outside of the table on `page` print them."""
    certificate = CertificatePage(page_of(page, [row.words for row in rows]))
    holder = _labelled_holder(certificate) or find_holder(certificate) or _titled_holder(certificate)
    if holder is not None:
        yield holder.field("holder_name", page)
        degrees = find_credentials(certificate, holder)
        if degrees is not None:
            yield degrees.field("holder_credentials", page)
    issuer = find_issuer(certificate)
    if issuer is not None:
        yield _as_keeper(_in_full(certificate, issuer)).field("issuer", page)


def _as_keeper(issuer: Candidate) -> Candidate:
    """Whose name heads a list of activities keeps it: a letterhead alone says more here than on a certificate."""
    is_letterhead = issuer.way == "heading" and issuer.sureness >= _AT_THE_TOP
    return replace(issuer, sureness=_KEEPER) if is_letterhead else issuer


def _in_full(certificate: CertificatePage, issuer: Candidate) -> Candidate:
    """The issuer as a line of its own prints it, where a sentence gives only the name's beginning."""
    begun = str(issuer.value).casefold()
    for line in certificate.lines:
        is_sentence = phrases.ACCREDITED.search(line.text) or phrases.DESIGNATES.search(line.text)
        if line.text.casefold().startswith(begun) and len(line.text) > len(begun) and not is_sentence:
            whole = organization(line.words, issuer.sureness, issuer.way)
            if whole is not None:
                return whole
    return issuer


def _labelled_holder(certificate: CertificatePage) -> Candidate | None:
    for value in labelled(certificate.page, _HOLDER_LABELS):
        found = person(value.words, 0.93 if value.way == "same-line" else 0.88, "label")
        if found is not None:
            return found
    return None


def _titled_holder(certificate: CertificatePage) -> Candidate | None:
    """`CME Transcript for NAME`, or a line that is a name alone."""
    for match in _FOR.finditer(certificate.text):
        end = certificate.text.find("\n", match.end())
        words = certificate.running.words_between(match.end(), end if end >= 0 else len(certificate.text))
        found = person(words, 0.9, "transcript-for") if words else None
        if found is not None:
            return found
    alone = (person(line.words, 0.8, "name-alone") for line in certificate.lines[:12])
    return next((found for found in alone if found is not None), None)


def stated_system(rows: Sequence[Row]) -> tuple[Field, ...]:
    """The credit system of all entries: a sentence or label says it, or it is the only one the rows name."""
    named: list[tuple[str, tuple[Word, ...]]] = []
    for row in rows:
        system = credit_system(row.text)
        if system is None or phrases.ACCREDITED.search(row.text):
            continue
        if _TYPE_STATED.search(row.text):
            return tuple(field_of("credit_type", system, [(row, row.words)], 0.95))
        named.append((system, row.words))
    if len({system for system, _ in named}) != 1:
        return ()
    system, words = named[0]
    row = next(row for row in rows if row.words == words)
    return tuple(field_of("credit_type", system, [(row, words)], 0.9))
