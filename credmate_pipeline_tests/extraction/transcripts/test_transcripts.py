"""Transcripts laid out as text: every row an item, nothing lost silently."""

from datetime import date

import pytest

from credmate_pipeline.classification.classify import classify
from credmate_pipeline.extraction.extract import extract
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.journey import understand
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Circumstances, Outcome
from credmate_pipeline_tests.extraction.printed import reading_of

HEAD = """\
# Harborview Hills Health System
1 Lighthouse Way, Portland, ME 04101

# CME Transcript

Name: Elif B. Bui, MD

"""
COLUMNS = "Date           Activity Title                                    Credits      Credit Type"
ROWS = """
03/04/2024     Sepsis in the First Hour                          1.50         AMA PRA Category 1

05/06/2024     Acute Stroke Update: Extending the                2.00         AMA PRA Category 1
               Thrombectomy Window

07/18/2024     Thyroid Nodules                                   0.75         AAFP Prescribed
"""
RUNNING_HEAD = "CME Transcript of Elif B. Bui, MD\n"


def page(rows: str, *, columns: str = COLUMNS, foot: str = "", head: str = HEAD) -> str:
    return f"{head}{columns}\n{rows}\n{foot}"


def read(*pages: str) -> Outcome:
    return understand(reading_of(*pages), Circumstances(date(2026, 3, 9)))


def extracted(*pages: str) -> Extraction:
    reading = reading_of(*pages)
    return extract(reading, classify(reading))


def values(extraction: Extraction, name: str) -> list[str | None]:
    return [item.text(name) for item in extraction.items]


def test_every_row_is_an_item_with_what_the_head_says_of_all() -> None:
    found = extracted(page(ROWS))
    assert values(found, "completion_date") == ["2024-03-04", "2024-05-06", "2024-07-18"]
    assert values(found, "credits_awarded") == ["1.5", "2", "0.75"]
    assert values(found, "credit_type") == ["ama_pra_1", "ama_pra_1", "aafp_prescribed"]
    assert values(found, "holder_name") == ["Elif B. Bui"] * 3
    assert values(found, "issuer") == ["Harborview Hills Health System"] * 3


def test_a_title_over_two_lines_is_one_title() -> None:
    assert (
        values(extracted(page(ROWS)), "activity_title")[1] == "Acute Stroke Update: Extending the Thrombectomy Window"
    )


def test_every_value_has_its_place_on_the_page_it_is_printed_on() -> None:
    found = extracted(page(ROWS), page(ROWS.replace("2024", "2025"), head=RUNNING_HEAD))
    for position, item in enumerate(found.items):
        title = item.field("activity_title")
        assert title is not None
        assert {place.page for place in title.evidence} == {1 if position < 3 else 2}
        assert " ".join(place.text for place in title.evidence) == title.content
    holder = found.items[4].field("holder_name")
    assert holder is not None
    assert {place.page for place in holder.evidence} == {1}


def test_rows_go_on_over_pages_with_and_without_a_repeated_head() -> None:
    later = ROWS.replace("2024", "2025")
    assert len(extracted(page(ROWS), page(later, head=RUNNING_HEAD)).items) == 6
    assert len(extracted(page(ROWS), f"{RUNNING_HEAD}\n{later}").items) == 6


def test_columns_may_stand_in_any_order_and_name_the_credit_system_once() -> None:
    columns = "Title                            AMA PRA Category 1 Credits    Other    Completion Date    Provider"
    rows = """
Sepsis in the First Hour         1.50                                   March 4, 2024      Cedar Mesa University

Thyroid Nodules                  0.75                          1.00     May 6, 2024        Lakemont Medical Center
"""
    found = extracted(page(rows, columns=columns))
    assert values(found, "credit_type") == ["ama_pra_1", "ama_pra_1"]
    assert values(found, "issuer") == ["Cedar Mesa University", "Lakemont Medical Center"]
    other = [item.field("other_credits") for item in found.items]
    assert [field.value if field else None for field in other] == [None, ("other 1",)]


def test_credits_available_are_designated_and_not_awarded() -> None:
    columns = "Date           Course Title                      Max. Credits      Credits Claimed"
    rows = """
03/04/2024     Sepsis in the First Hour          2.00              1.50

05/06/2024     Thyroid Nodules                   1.00              1.00
"""
    found = extracted(page(rows, columns=columns, head=f"{HEAD}Credit type: AMA PRA Category 1 Credit\n\n"))
    assert values(found, "credits_awarded") == ["1.5", "1"]
    assert values(found, "credits_designated") == ["2", "1"]
    assert values(found, "credit_type") == ["ama_pra_1", "ama_pra_1"]


def test_sections_tell_the_type_and_their_subtotals_are_checked_apart() -> None:
    columns = "Date           Activity Title                                    Credits"
    rows = """
AMA PRA Category 1 Credits

03/04/2024     Sepsis in the First Hour                          1.50

05/06/2024     Acute Stroke Update                               2.00

Subtotal: 3.50

AAFP Prescribed Credits

07/18/2024     Thyroid Nodules                                   0.75

Subtotal: 0.75

Grand total: 4.25
"""
    outcome = read(page(rows, columns=columns))
    assert outcome.extraction is not None
    assert values(outcome.extraction, "credit_type") == ["ama_pra_1", "ama_pra_1", "aafp_prescribed"]
    assert [(total.value, total.items) for total in outcome.extraction.totals] == [
        ("3.5", (0, 1)),
        ("0.75", (2,)),
        ("4.25", (0, 1, 2)),
    ]
    assert outcome.status is DocumentStatus.COMPLETED


@pytest.mark.parametrize(
    ("foot", "rule"),
    [
        ("Total activities: 4", "row-count-differs"),
        ("Activities: 4", "row-count-differs"),
        ("4 activities found", "row-count-differs"),
        ("Total credits earned: 6.25", "credit-total-differs"),
        ("Total AMA PRA Category 1 Credits: 5.50", "credit-total-differs"),
    ],
)
def test_a_shortfall_against_a_printed_total_keeps_the_document_from_settling(foot: str, rule: str) -> None:
    outcome = read(page(ROWS, foot=foot))
    assert outcome.status is DocumentStatus.REVIEW_PENDING
    assert [(f.rule, f.severity.value, f.item) for f in outcome.findings if f.severity == "error"] == [
        (rule, "error", None)
    ]


@pytest.mark.parametrize(
    "foot",
    [
        "Total activities: 3",
        "Total credits: 4.25",
        "Total AMA PRA Category 1 Credits: 3.50",
        "Total credits required: 50",
        "2024 total: 4.25",
    ],
)
def test_a_transcript_that_agrees_with_its_totals_settles(foot: str) -> None:
    assert read(page(ROWS, foot=foot)).status is DocumentStatus.COMPLETED


def test_a_transcript_without_totals_says_so() -> None:
    assert "no-printed-total" in {finding.rule for finding in read(page(ROWS)).findings}


def test_an_unreadable_row_is_an_item_and_is_named_in_the_reasons() -> None:
    rows = ROWS.replace("03/04/2024", "0#/~4/2~~4").replace("1.50", "I~S0")
    outcome = read(page(rows))
    assert outcome.status is DocumentStatus.REVIEW_PENDING
    assert outcome.extraction is not None
    assert len(outcome.extraction.items) == 3
    assert "The completion date was not found (item 1 on page 1)." in outcome.reasons


def test_two_rows_taken_for_one_are_found_out() -> None:
    rows = """
03/04/2024     Sepsis in the First Hour                          1.50 2.00    AMA PRA Category 1
"""
    outcome = read(page(rows + ROWS))
    assert "row-crowded" in {finding.rule for finding in outcome.findings}
    assert outcome.status is DocumentStatus.REVIEW_PENDING


def test_activities_that_were_not_completed_are_no_items() -> None:
    columns = "Date           Activity Title                     Credits      Credit Type            Status"
    rows = """
03/04/2024     Sepsis in the First Hour           1.50         AMA PRA Category 1     Completed

05/06/2024     Acute Stroke Update                2.00         AMA PRA Category 1     In progress
"""
    assert values(extracted(page(rows, columns=columns)), "activity_title") == ["Sepsis in the First Hour"]


def test_a_certificate_that_lists_its_sessions_is_one_certificate() -> None:
    certificate = """
# Harborview Hills Health System

# Certificate of Attendance

This certifies that

# Elif B. Bui, MD

has participated in the live activity titled

# Annual Update in Critical Care

on March 4, 2024 and is awarded 3.50 AMA PRA Category 1 Credits

Date           Session Title                                     Credits

03/04/2024     Sepsis in the First Hour                          1.50

03/04/2024     Acute Stroke Update                               2.00
"""
    found = extracted(certificate)
    assert values(found, "credits_awarded") == ["3.5"]


def test_text_below_the_table_belongs_to_no_row() -> None:
    foot = """
Harborview Hills Health System is accredited by the Accreditation Council for Continuing Medical
Education to provide continuing medical education for physicians.

Garrett Fenwick
"""
    assert values(extracted(page(ROWS, foot=foot)), "activity_title")[-1] == "Thyroid Nodules"


def test_an_academic_transcript_is_not_supported() -> None:
    school = """
# Cedar Mesa University
# Official Academic Transcript
Office of the Registrar
Name: Elif B. Bui

Course         Course Title                       Credit Hours   Grade    Quality Points

BIOL 201       Cell Biology                       4.00           A        16.00

CHEM 110       General Chemistry                  4.00           B        12.00

Semester GPA: 3.50    Total Credit Hours: 8.00
"""
    assert read(school).status is DocumentStatus.UNSUPPORTED
