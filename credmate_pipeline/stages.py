"""The stages of a document's journey in their order, by the names of their assets."""

from enum import StrEnum


class Stage(StrEnum):
    """A stage; also the key of its asset."""

    DOCUMENT = "document"
    OCR = "ocr"
    CLASSIFICATION = "classification"
    EXTRACTION = "extraction"
    VALIDATION = "validation"
    CREDENTIAL = "credential"

    @property
    def order(self) -> int:
        """Its place in the journey, from 0."""
        return list(Stage).index(self)


def earliest(stages: frozenset[Stage]) -> Stage:
    """Where a journey over `stages` (at least one) begins; every later stage follows from it."""
    return min(stages, key=lambda stage: stage.order)
