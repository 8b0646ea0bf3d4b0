"""Every layout prints what its truth says."""

import re
from datetime import date
from pathlib import Path
from random import Random

import pymupdf
import pytest

from credmate_pipeline.documents.document import Limits, MediaType
from credmate_pipeline.documents.opening import open_document
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.facts import Drawn
from credmate_pipeline.samples.layouts.known import LAYOUTS
from credmate_pipeline.samples.layouts.layout import Layout
from credmate_pipeline.samples.redrawn import filled_form
from credmate_pipeline.samples.sheet import Sheet
from credmate_pipeline.samples.truth_fields import TRUTH_FIELDS

TODAY = date(2026, 3, 9)
ALL = [pytest.param(name, layout, id=layout.name) for name, layouts in LAYOUTS.items() for layout in layouts]


def text_of(drawn: Drawn, folder: Path) -> str:
    """The page's text as its PDF holds it, without spaces, which PDFs need not keep."""
    path = folder / "page.pdf"
    path.write_bytes(drawn.pdf)
    with open_document(path, MediaType.PDF, Limits()) as document:
        assert document.page_count == 1
        painted = document.page(1).painted()
    assert painted is not None
    return without_spaces("".join(glyph.text for run in painted.runs for glyph in run.glyphs))


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("document_type", "layout"), ALL)
def test_what_the_truth_says_is_printed_on_the_page_whoever_it_is_about(
    document_type: str, layout: Layout, tmp_path: Path
) -> None:
    for seed in range(4):
        drawn = layout.draw(Random(seed), TODAY)
        text = text_of(drawn, tmp_path)
        assert drawn.document_type == document_type
        assert set(drawn.facts) <= set(TRUTH_FIELDS[document_type])
        for name, fact in drawn.facts.items():
            assert without_spaces(fact.content) in text, name
        for name in {"completion_date", "start_date", "issue_date", "effective_date", "retroactive_date"} & set(
            drawn.facts
        ):
            assert str(drawn.facts[name].value) <= TODAY.isoformat()


def test_truths_speak_of_the_fields_the_types_have() -> None:
    for known in document_types():
        assert set(TRUTH_FIELDS[known.name]) == {field.name for field in known.fields}


def test_a_common_page_of_each_type_has_every_required_field() -> None:
    for known in document_types():
        for layout in LAYOUTS[known.name]:
            drawn = layout.draw(Random(5), TODAY)
            missing = set(known.required_fields) - set(drawn.facts)
            assert not missing or drawn.expected_status is DocumentStatus.REVIEW_PENDING, layout.name
            assert missing <= {"credits_awarded", "issuer", "credit_type", "renew_by"}, layout.name


def test_a_form_holds_what_its_fields_can_and_prints_the_rest() -> None:
    sheet = Sheet()
    for text in ("March 4–6, 2024", "Emeka Quiñones"):
        sheet.say(text, size=12)
    with pymupdf.open(stream=filled_form(sheet.finish(), {"March 4–6, 2024", "Emeka Quiñones"})) as form:
        fields = [field for field in form[0].widgets() if isinstance(field, pymupdf.Widget)]
        assert [field.field_value for field in fields] == ["Emeka Quiñones"]
        assert "March 4–6, 2024" in form[0].get_text()
