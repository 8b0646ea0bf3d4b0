"""Values in cells of several lines, and labels that are no values."""

import pytest

from credmate_pipeline.extraction import finders, values
from credmate_pipeline.extraction.holder import labelled_people
from credmate_pipeline_tests.extraction.printed import page_of

CARRIER = """
Carrier                              Policy
Granite Harbor Professional          PLX-6995974
Insurance Company
Policy Limits
"""


def texts(page: str, labels: tuple[str, ...], others: tuple[str, ...] = ()) -> list[str]:
    found = finders.by_label(
        (page_of(page),), "insurer", labels, values.text_up_to(80), wraps=finders.text_goes_on, others=others
    )
    return [one.field.content for one in found]


def names(page: str) -> list[str]:
    return [one.field.content for one in labelled_people((page_of(page),), ("name",))]


def test_a_value_goes_on_in_the_next_line_of_its_cell() -> None:
    assert texts(CARRIER, ("carrier",), ("policy",)) == ["Granite Harbor Professional Insurance Company"]


def test_another_fields_label_is_no_value() -> None:
    assert "Policy" in texts("Carrier          Policy\n", ("carrier",))
    assert texts("Carrier          Policy\n", ("carrier",), ("policy",)) == []


def test_a_suffix_below_a_name_belongs_to_it() -> None:
    assert names("Name\nWEATHERSPOON, DMITRI M\nIII\n") == ["WEATHERSPOON, DMITRI M III"]


def test_an_initial_below_a_name_in_register_order_belongs_to_it() -> None:
    assert names("Name\nDESROSIERS, VANESSA\nE\n") == ["DESROSIERS, VANESSA E"]
    assert names("Name\nVanessa Desrosiers\nM\n") == ["Vanessa Desrosiers"]


def test_a_second_given_name_below_a_name_in_register_order_belongs_to_it() -> None:
    assert names("Name\nPEMBERTON, MARY\nBETH\n") == ["PEMBERTON, MARY BETH"]
    assert names("Name\nPemberton, Mary\nAnn-Lee\n") == ["Pemberton, Mary Ann-Lee"]
    assert names("Name\nPEMBERTON, MARY\nPRACTITIONER\n") == ["PEMBERTON, MARY"]
    assert names("Name\nPEMBERTON, MARY\nRichmond\n") == ["PEMBERTON, MARY"]
    assert names("Name\nPemberton, Mary\nBoston Richmond\n") == ["Pemberton, Mary"]


def test_a_name_broken_after_its_comma_goes_on_below() -> None:
    assert names("Name\nWEATHERSPOON,\nDMITRI M\n") == ["WEATHERSPOON, DMITRI M"]


def test_what_else_stands_below_a_name_is_no_part_of_it() -> None:
    assert names("Name\nDmitri Weatherspoon\nSanta Monica\n") == ["Dmitri Weatherspoon"]


def test_a_suffix_of_strokes_is_read_as_a_roman_number() -> None:
    assert [value for _, _, value in values.people("Priya J. Kuznetsov Il, MD")] == ["Priya J. Kuznetsov II"]
    assert [value for _, _, value in values.people("Priya Kuznetsov lll")] == ["Priya Kuznetsov III"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Anand lyer, MD", "Anand Iyer"),
        ("Maria de la Cruz", "Maria de la Cruz"),
        ("Rosa las Heras", "Rosa las Heras"),
    ],
)
def test_a_small_l_that_begins_a_name_is_a_capital_i(printed: str, name: str) -> None:
    assert [value for _, _, value in values.people(printed)] == [name]
