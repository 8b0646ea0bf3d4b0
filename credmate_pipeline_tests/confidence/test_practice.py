"""Learning from drawn samples: each file is read once, and its truth says which of its fields are right."""

from datetime import date
from pathlib import Path

from credmate_pipeline.confidence.lessons import lesson_of
from credmate_pipeline.confidence.practice import Practice, learn
from credmate_pipeline.documents.document import Limits
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.evaluation.comparison import Value
from credmate_pipeline.evaluation.truth import TruthLine
from credmate_pipeline.ocr.read import read_pages
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline.settings import Settings
from credmate_pipeline_tests.papers import pdf_of, saved

TODAY = date(2026, 3, 9)


def test_a_lesson_knows_which_fields_are_right_and_whether_the_document_is(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.pdf", pdf_of())
    reading = read_pages(path, inspect_file(path, Limits()), engine=open_tesseract("eng"), limits=Limits())

    def lesson(fields: dict[str, Value], type_name: str = "cme_certificate"):
        truth = TruthLine.model_validate({"file": "a.pdf", "document_type": type_name, "fields": fields})
        found = lesson_of(truth, "plain", reading, today=TODAY)
        assert found is not None
        return found

    fields: dict[str, Value] = {"holder_name": "Amelia Whitfield", "credits_awarded": "2.5"}
    right, wrong = lesson(fields), lesson({**fields, "holder_name": "Somebody Else"})
    assert (len(right.fields), right.is_right, right.would_settle) == (2, True, True)
    assert [field.is_right for field in wrong.fields].count(False) == 1
    assert not wrong.is_right
    other = lesson({}, "unsupported")
    assert not other.is_right
    assert other.fields
    assert not any(field.is_right for field in other.fields)


def test_a_second_fit_reads_no_file_again(tmp_path: Path) -> None:
    practice, asked = Practice((5,), 2, TODAY, tmp_path / "kept"), []

    def tell(done: int, of: int) -> None:
        asked.append((done, of))

    first = list(learn(practice, Settings(), tell))
    assert asked == [(1, 2), (2, 2)]
    assert list(learn(practice, Settings(), tell)) == first
    assert len(asked) == 2
