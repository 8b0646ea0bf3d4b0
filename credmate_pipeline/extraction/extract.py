"""From a classified reading to its items, through a field reader."""

from dataclasses import replace
from typing import Protocol

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.extraction.document_type import DocumentType
from credmate_pipeline.extraction.fields import Extraction, Item, PrintedTotal
from credmate_pipeline.extraction.instructions import without_instructions
from credmate_pipeline.extraction.packets.copies import with_differing_copies
from credmate_pipeline.extraction.packets.groups import groups_of
from credmate_pipeline.extraction.packets.split import parts_of
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.extraction.transcripts.read import read_transcript
from credmate_pipeline.ocr.reading import Reading


class FieldReader(Protocol):
    """Finds a known type's items in a reading; every field it gives has evidence on a page."""

    @property
    def name(self) -> str:
        """Stored with every extraction it makes."""
        ...

    def read_items(self, reading: Reading, known: DocumentType) -> tuple[Item, ...]:
        """The items printed in `reading`, none where nothing could be found."""
        ...


class RulesReader:
    """Reads by each type's own labels, phrases and layout."""

    name = "rules"

    def read_items(self, reading: Reading, known: DocumentType) -> tuple[Item, ...]:
        return tuple(item for item in known.extract(reading) if item.fields)


RULES = RulesReader()


def extract(reading: Reading, classification: Classification, reader: FieldReader = RULES) -> Extraction:
    """The items of all documents in the file; `KeyError` for `unsupported` or an unknown type."""
    main = document_type(classification.document_type)
    parts, set_aside = parts_of(without_instructions(reading), classification)
    items: list[Item] = []
    totals: list[PrintedTotal] = []
    for part in parts:
        known = document_type(part.document_type)
        for group in groups_of(part):
            transcript = read_transcript(group.reading.pages) if group.is_transcript else None
            if transcript is not None:
                totals.extend(total.moved(len(items)) for total in transcript.totals)
                found = transcript.items
            else:
                found = with_differing_copies(reader.read_items(group.reading, known), group.reading, known)
            own_type = None if known is main else known.name
            items.extend(replace(item, document_type=own_type) for item in found)
    return Extraction(main.name, tuple(items), reader.name, totals=tuple(totals), pages_set_aside=set_aside)
