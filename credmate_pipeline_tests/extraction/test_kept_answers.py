"""What fields ask of a page again and again is kept with it, and not sent along from lane to parent."""

import pickle
from copy import copy
from dataclasses import fields

from credmate_pipeline.extraction.layout import in_parts
from credmate_pipeline.extraction.tables import table_cells
from credmate_pipeline.ocr.reading import Line, Page
from credmate_pipeline_tests.extraction.printed import page_of

TABLE = "Number     Name          Status\n12345      Ida Novak     Active\n"


def test_the_same_page_is_worked_on_once() -> None:
    page = page_of(TABLE)
    assert table_cells(page) is table_cells(page)
    assert in_parts(page) is in_parts(page)
    assert [cell.head_text for cell in table_cells(page)][:3] == ["Number", "Name", "Status"]


def test_nothing_kept_is_sent_along() -> None:
    page = page_of(TABLE)
    fresh = len(pickle.dumps(page))
    assert page.text
    assert table_cells(page)
    assert len(pickle.dumps(page)) == fresh
    arrived = copy(page)
    assert arrived == page
    assert set(vars(arrived)) == {field.name for field in fields(Page)}
    assert all(set(vars(copy(line))) == {field.name for field in fields(Line)} for line in page.lines)
