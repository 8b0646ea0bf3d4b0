"""Gives every field of an extraction its probability of being right."""

from collections.abc import Callable
from dataclasses import replace

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.confidence.model import UNSURE, ConfidenceModel, package_model
from credmate_pipeline.confidence.printed import printed_pages
from credmate_pipeline.confidence.signs import Surroundings, field_signs, ways
from credmate_pipeline.extraction.fields import Extraction, Field, Item
from credmate_pipeline.ocr.reading import Reading


def with_probabilities(
    extraction: Extraction,
    reading: Reading,
    classification: Classification,
    model: ConfidenceModel | None = None,
    *,
    of: Callable[[Field], bool] = lambda field: True,
) -> Extraction:
    """The extraction with the `confidence` of each field (or those `of` chooses) as `model` (this code's own by
    default) sees it.

    A field of a reader the model has never seen is believed at most as much as a coin.
    """
    chosen, pages = model or package_model(), printed_pages(reading)

    def judged(item: Item) -> Item:
        around = Surroundings(item, extraction.type_of(item), pages, classification)
        return replace(
            item, fields=tuple(_judged(field, around, chosen) if of(field) else field for field in item.fields)
        )

    items = tuple(map(judged, extraction.items))
    return replace(extraction, items=items, confidence_version=chosen.version)


def _judged(field: Field, around: Surroundings, model: ConfidenceModel) -> Field:
    probability = model.probability(field_signs(field, around))
    is_known = ways(field)[0] in model.readers
    return replace(field, confidence=round(probability if is_known else min(probability, UNSURE), 4))
