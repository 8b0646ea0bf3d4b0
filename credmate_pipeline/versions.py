"""The versions of the code that makes results, and which of two is the older."""

from dataclasses import dataclass

from credmate_pipeline.classification.classification import CLASSIFIER_VERSION
from credmate_pipeline.confidence.model import package_model
from credmate_pipeline.extraction.fields import EXTRACTOR_VERSION
from credmate_pipeline.ocr.reading import READER_VERSION
from credmate_pipeline.validation.finding import VALIDATOR_VERSION

_DAY = len("2026-01-31")


@dataclass(frozen=True, slots=True)
class Versions:
    """What made a result. Empty where that was not recorded, or where the stage was not reached."""

    reader: str
    classifier: str
    extractor: str
    validator: str
    confidence: str
    """Of the model that gives fields their probability of being right."""

    def __str__(self) -> str:
        return (
            f"reader {self.reader}, classifier {self.classifier}, extractor {self.extractor}, "
            f"validator {self.validator}, confidence {self.confidence or 'none'}"
        )


def current_versions() -> Versions:
    """Those of this code."""
    return Versions(READER_VERSION, CLASSIFIER_VERSION, EXTRACTOR_VERSION, VALIDATOR_VERSION, package_model().version)


def is_older(version: str, than: str) -> bool:
    """Whether `version` came before `than`: by its number, `9` before `10`; no version at all came before any."""
    return _number(version) < _number(than)


def is_older_model(version: str, than: str) -> bool:
    """Whether a confidence model is another one, fitted no later. Its version begins with its day, ISO 8601."""
    return version != than and version[:_DAY] <= than[:_DAY]


def _number(version: str) -> int:
    return int(version) if version.isdecimal() else 0
