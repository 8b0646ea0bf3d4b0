"""Cells are named by the heads of their columns."""

from credmate_pipeline.extraction.labels import headed, labelled
from credmate_pipeline.extraction.tables import table_cells
from credmate_pipeline_tests.extraction.printed import page_of

REPORT = """
Name on License         License Number      Current Expiration     Compact
                                            Date                   Status
MAPLE, ANNA             930241              2/28/2027              MULTISTATE
"""


def heads(text: str) -> dict[str, str]:
    return {cell.head_text: " ".join(word.text for word in cell.words) for cell in table_cells(page_of(text))}


def test_a_head_broken_over_two_lines_names_its_column() -> None:
    assert heads(REPORT)["Current Expiration Date"] == "2/28/2027"


def test_every_cell_of_the_row_has_its_head() -> None:
    found = heads(REPORT)
    assert found["Name on License"] == "MAPLE, ANNA"
    assert found["License Number"] == "930241"
    assert found["Compact Status"] == "MULTISTATE"


def test_bars_between_heads_are_no_part_of_them() -> None:
    found = heads(REPORT.replace("Name on License         ", "Name on License      |  "))
    assert found["Name on License"] == "MAPLE, ANNA"


def test_bars_part_cells_that_stand_close() -> None:
    page = """
Type of Coverage | Policy Number | Effective     Expiration
                                   Date          Date
Professional    } PLX-6915638     8/1/2026      8/1/2027
"""
    assert heads(page)["Policy Number"] == "PLX-6915638"
    assert [value.text for value in labelled(page_of(page), ("policy number",))] == ["PLX-6915638"]


def test_two_columns_are_a_form_and_no_table() -> None:
    assert heads("License Number      Expires\n930241              2/28/2027\n") == {}


def test_only_columns_whose_head_is_asked_for_are_given() -> None:
    cells = list(headed(page_of(REPORT), ("license number", "policy number")))
    assert {(head, " ".join(word.text for word in words)) for head, words in cells} == {("License Number", "930241")}
