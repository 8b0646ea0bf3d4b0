"""Certifying bodies and specialties by their printed names."""

import pytest

from credmate_pipeline.extraction.certifying_boards import find_boards, find_unknown_boards
from credmate_pipeline.extraction.specialties import find_specialties


def boards(text: str) -> list[str]:
    return [name for _, _, name in find_boards(text)]


def specialties(text: str) -> list[str]:
    return [name for _, _, name in find_specialties(text)]


def test_a_board_whose_name_runs_over_a_line_is_read_whole() -> None:
    text = "The American Board of Physical Medicine and\nRehabilitation certifies that"
    assert boards(text) == ["American Board of Physical Medicine and Rehabilitation"]


@pytest.mark.parametrize(
    "name",
    [
        "American Osteopathic Board of Family Physicians",
        "American Board of Psychiatry & Neurology",
        "AMERICAN BOARD OF OBSTETRICS AND GYNECOLOGY",
        "National Board of Certification and Recertification for Nurse Anesthetists",
        "National Commission on Certification of Physician Assistants",
        "American Nurses Credentialing Center",
    ],
)
def test_certifying_bodies_are_known_by_name(name: str) -> None:
    assert boards(f"{name}\ncertifies that") == [name]


def test_a_body_that_accredits_courses_certifies_nobody() -> None:
    assert boards("accredited by the American Nurses Credentialing Center's Commission on Accreditation") == []


def test_a_board_nobody_listed_is_still_a_board() -> None:
    text = "American Board of Tropical Medicine"
    assert boards(text) == []
    assert [name for _, _, name in find_unknown_boards(text)] == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("certified in the specialty of Surgical Critical Care on", ["Surgical Critical Care"]),
        ("Anatomic Pathology and Clinical\nPathology", ["Anatomic Pathology and Clinical Pathology"]),
        ("Complex Pediatric Cardiology", ["Complex Pediatric Cardiology"]),
        ("is certified in\nGeneral Pediatrics.", ["General Pediatrics"]),
        ("has studied basket weaving", []),
    ],
)
def test_the_longest_name_of_a_specialty_is_taken(text: str, expected: list[str]) -> None:
    assert specialties(text) == expected
