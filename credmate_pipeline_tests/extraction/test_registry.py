"""The known types and the readers of their fields."""

import pytest

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline.extraction.extract import extract
from credmate_pipeline.extraction.registry import document_type, document_types
from credmate_pipeline_tests.extraction.printed import reading_of


def test_every_type_is_known_by_its_own_name_and_has_required_fields_and_cues() -> None:
    for known in document_types():
        assert document_type(known.name) is known
        assert known.required_fields
        assert sum(cue.weight for cue in known.cues if cue.weight > 0) > 3
        assert len({field.name for field in known.fields}) == len(known.fields)


def test_names_of_types_are_in_order_and_never_the_word_for_none() -> None:
    names = [known.name for known in document_types()]
    assert names == sorted(set(names))
    assert "cme_certificate" in names
    assert UNSUPPORTED not in names


def test_an_unsupported_document_has_nothing_to_extract() -> None:
    with pytest.raises(KeyError):
        extract(reading_of("Lunch menu"), Classification(UNSUPPORTED, 0.9, ()))


def test_an_extraction_names_its_reader_and_type() -> None:
    extraction = extract(reading_of("Name: Hannah Liu"), Classification("cme_certificate", 0.9, ()))
    assert (extraction.document_type, extraction.reader) == ("cme_certificate", "rules")
    assert extraction.items[0].text("holder_name") == "Hannah Liu"
