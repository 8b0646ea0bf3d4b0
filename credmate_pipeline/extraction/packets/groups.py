"""Pages of one type in the groups that are read together: each transcript by itself, everything else together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from credmate_pipeline.extraction.names import name_key
from credmate_pipeline.extraction.packets.split import Part
from credmate_pipeline.extraction.transcripts.head import certifies, head_fields, says_transcript
from credmate_pipeline.extraction.transcripts.printed_rows import Row, rows_of
from credmate_pipeline.extraction.transcripts.table import activity_table_head
from credmate_pipeline.ocr.reading import Page, Reading

TRANSCRIPT_TYPE = "cme_certificate"
"""The document type whose documents may be transcripts."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages read together."""

    reading: Reading
    is_transcript: bool
    """Whether they have tables of activities; whether they are a transcript is found by reading them."""


def groups_of(part: Part) -> tuple[Group, ...]:
    """The part's certificates, and each of its transcripts, in the order of their first pages."""
    if part.document_type != TRANSCRIPT_TYPE:
        return (Group(part.reading, is_transcript=False),)
    certificates: list[Page] = []
    transcripts: list[list[Page]] = []
    is_listing = False
    for page in part.reading.pages:
        rows = rows_of(page)
        if activity_table_head(page):
            if not is_listing or _is_of_another(transcripts[-1][0], page):
                transcripts.append([])
            is_listing = True
        elif is_listing and certifies(rows) and not says_transcript(rows):
            is_listing = False
        (transcripts[-1] if is_listing else certificates).append(page)
    groups = [
        *([Group(_of(part, certificates), is_transcript=False)] if certificates else []),
        *(Group(_of(part, pages), is_transcript=True) for pages in transcripts),
    ]
    return tuple(sorted(groups, key=lambda group: group.reading.pages[0].number))


def _of(part: Part, pages: Sequence[Page]) -> Reading:
    return replace(part.reading, pages=tuple(pages))


def _is_of_another(first: Page, page: Page) -> bool:
    """Whether the page begins another clinician's transcript, or another keeper's: its head calls itself one."""
    own = _head_rows(page)
    if not says_transcript(own):
        return False
    one, other = _head(first), _head(page)
    return all(other.values()) and one != other


def _head(page: Page) -> dict[str, str]:
    fields = {field.name: str(field.value) for field in head_fields(page, _head_rows(page))}
    return {"holder": name_key(fields.get("holder_name", "")), "issuer": fields.get("issuer", "").casefold()}


def _head_rows(page: Page) -> list[Row]:
    top = min((word.box.y0 for word in activity_table_head(page)), default=1.0)
    return [row for row in rows_of(page) if row.box.y1 <= top]
