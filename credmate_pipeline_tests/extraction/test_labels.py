"""Values found by their labels."""

from credmate_pipeline.extraction.labels import labelled
from credmate_pipeline_tests.extraction.printed import page_of


def found(text: str, *labels: str) -> list[tuple[str, str, str]]:
    return [(value.label, value.text, value.way) for value in labelled(page_of(text), labels)]


def test_a_value_stands_right_of_its_label() -> None:
    assert found("License No: A12345", r"license (?:no|number)") == [("License No", "A12345", "same-line")]


def test_a_value_may_stand_in_another_column_of_the_row() -> None:
    assert found("Date Completed:            11/19/2017", "date completed") == [
        ("Date Completed", "11/19/2017", "same-line")
    ]


def test_a_value_ends_where_the_next_label_begins() -> None:
    text = "Number: 77441 Status: Active   Expires: 06/30/2026"
    assert found(text, "number", "status", "expires") == [
        ("Number", "77441", "same-line"),
        ("Status", "Active", "same-line"),
        ("Expires", "06/30/2026", "same-line"),
    ]


def test_a_colon_inside_a_title_does_not_end_it() -> None:
    text = "Course Title:      Chronic Kidney Disease: Closing the Gap"
    assert found(text, "course title") == [("Course Title", "Chronic Kidney Disease: Closing the Gap", "same-line")]


def test_values_stand_below_the_heads_of_their_columns() -> None:
    text = """
License State      License Number      Credits
IL                 228570              1.25
"""
    values = found(text, "license number", "credits")
    assert ("License Number", "228570", "same-cell") in values
    assert ("Credits", "1.25", "same-cell") in values


def test_a_label_over_another_label_has_no_value() -> None:
    assert found("Name:\nAddress: 12 Oak Street", "name") == []


def test_a_word_in_a_sentence_is_no_label() -> None:
    assert found("Please write your name on the certificate number 7 you received", "name", "certificate number") == []


def test_a_misread_label_is_found() -> None:
    assert found("Certlficate Number: HU-88", "certificate number") == [("certificate Number", "HU-88", "same-line")]


def test_a_value_stuck_to_its_label_is_cut_off_it() -> None:
    ((label, text, _),) = found("Name:Hannah Liu", "name")
    assert (label, text) == ("Name", "Hannah Liu")


def test_a_number_may_follow_its_label_without_a_colon() -> None:
    assert found("Certificate No. MW4471", r"certificate no\.?") == [("Certificate No.", "MW4471", "same-line")]


def test_a_label_among_others_needs_no_colon_where_the_entry_of_a_form_covers_it() -> None:
    entries = "Name WAINWRIGHT DANIELA\nAddress : BUFFALO NY\nProfession MEDICINE"
    assert found(entries, "name") == [("Name", "WAINWRIGHT DANIELA", "same-line")]
    assert found(entries.replace(" :", ""), "name") == []
    assert found(f"# {entries}", "name") == []
    assert found(entries.replace("Name ", "Name of Supervisor: "), "name") == []
    assert found(entries.replace("Name ", "Name of the supervisor "), "name") == []


def test_a_label_broken_over_lines_names_what_stands_below_it() -> None:
    text = """
THIS REGISTRATION      FEE
EXPIRES                PAID
10-31-2026             $888
"""
    assert ("THIS REGISTRATION EXPIRES", "10-31-2026", "same-cell") in found(text, "this registration expires")


def test_a_label_broken_over_lines_names_what_stands_beside_its_first_line() -> None:
    text = """
THIS REGISTRATION      10-31-2026
EXPIRES:
"""
    values = found(text, "this registration expires")
    assert [value for _, value, _ in values if value[0].isdigit()] == ["10-31-2026"]
