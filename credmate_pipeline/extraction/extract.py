"""From a classified reading to its items, through a field reader."""

from typing import Protocol

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.extraction.document_type import DocumentType
from credmate_pipeline.extraction.fields import Extraction, Item
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.ocr.reading import Reading


class FieldReader(Protocol):
    """Finds a known type's items in a reading; every field it gives has evidence on a page."""

    name: str
    """Stored with every extraction it makes."""

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
    """The items of a document of a known type; `KeyError` for `unsupported` or an unknown type."""
    known = document_type(classification.document_type)
    return Extraction(document_type=known.name, items=reader.read_items(reading, known), reader=reader.name)
