"""Which pages of a file are read together as documents of one type, and which are set aside.

Pages are told apart by what each was taken for alone; a page that tells nothing goes on with the page before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from credmate_pipeline.classification.classification import Classification, PageType
from credmate_pipeline.extraction.fields import PageSetAside, PageUse
from credmate_pipeline.ocr.reading import Page, PageNote, Reading

_COVER = re.compile(
    r"\bfax (?:cover|transmittal|transmission)\b|\bcover (?:sheet|page)\b|\bfacsimile\b"
    r"|\bnumber of pages\b|\bpages? (?:including|with) (?:this|the|cover)\b|\bconfidentiality (?:notice|statement)\b",
    re.IGNORECASE,
)
_COVER_WORDS = 220
"""A cover sheet has at most so many words."""


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of one type, read together, in their order in the file."""

    document_type: str
    reading: Reading


def parts_of(reading: Reading, classification: Classification) -> tuple[tuple[Part, ...], tuple[PageSetAside, ...]]:
    """The parts in the order of their first pages, and the pages that belong to none."""
    set_aside = tuple(_set_aside(reading, classification))
    kept = [page for page in reading.pages if page.number not in {aside.page for aside in set_aside}]
    types = _types(kept, classification)
    names = list(dict.fromkeys(types[page.number] for page in kept))
    parts = tuple(
        Part(name, replace(reading, pages=tuple(page for page in kept if types[page.number] == name))) for name in names
    )
    return parts or (Part(classification.document_type, reading),), set_aside if parts else ()


def _types(pages: list[Page], classification: Classification) -> dict[int, str]:
    """Each page's type: its own where that is sure, else that of the page before it, else of the next sure one."""
    own = {page.page: page.document_type for page in classification.pages if page.is_sure}
    following = (own[page.number] for page in pages if page.number in own)
    current = next(following, classification.document_type)
    types: dict[int, str] = {}
    for page in pages:
        current = own.get(page.number, current)
        types[page.number] = current
    return types


def _set_aside(reading: Reading, classification: Classification) -> Iterator[PageSetAside]:
    by_number = {page.page: page for page in classification.pages}
    if len(reading.pages) == 1:
        return
    for page in reading.pages:
        use = _use(page, by_number.get(page.number))
        if use is not None:
            yield PageSetAside(page.number, use)


def _use(page: Page, found: PageType | None) -> PageUse | None:
    """Why the page gives no item; None where it may give one. A page that could not be read is no blank one."""
    if PageNote.UNREAD in page.notes:
        return None
    if not page.words:
        return PageUse.BLANK
    if found is None or found.is_sure:
        return None
    if len(page.words) <= _COVER_WORDS and _COVER.search(page.text):
        return PageUse.COVER_SHEET
    return PageUse.OTHER_PAPER if found.paper is not None else None
