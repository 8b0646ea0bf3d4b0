"""Whose a document is: by folder, NPI and name; a name that could be two people's is nobody's."""

import pytest

from credmate_pipeline.providers.link import Candidate, Link, choose_provider
from credmate_pipeline.providers.provider import LinkedBy

AMELIA = Candidate("amelia", "p1", "1234567893", ("Amelia R Whitfield", "Amelia Stone"))
SAM = Candidate("sam", "p2", "1558598797", ("Samuel Park",))


def test_the_folder_decides_whatever_the_page_says() -> None:
    assert choose_provider("p1", ["Samuel Park"], [], [AMELIA]) == Link("amelia", LinkedBy.PATH)


@pytest.mark.parametrize("holder", ["Amelia Whitfield", "WHITFIELD, AMELIA R", "Amelia Stone, MD", "Amelia R. Stone"])
def test_one_provider_whose_name_fits_is_found_by_name(holder: str) -> None:
    assert choose_provider("inbox", [holder], [], [AMELIA, SAM]) == Link("amelia", LinkedBy.NAME)


@pytest.mark.parametrize("holder", ["Ann Whitfield", "Whitfield", "Amelia B Whitfield", "Amelia Rhodes"])
def test_the_last_name_alone_or_another_middle_name_is_not_enough(holder: str) -> None:
    assert choose_provider("inbox", [holder], [], [AMELIA, SAM]).provider_id is None


def test_a_name_that_fits_two_is_ambiguous() -> None:
    other = Candidate("other", "p3", None, ("Amelia Whitfield",))
    assert choose_provider("inbox", ["Amelia Whitfield"], [], [AMELIA, other]) == Link(is_ambiguous=True)


def test_initials_alone_are_ambiguous() -> None:
    assert choose_provider("inbox", ["A. Whitfield"], [], [AMELIA]) == Link(is_ambiguous=True)


def test_of_two_namesakes_the_npi_tells() -> None:
    other = Candidate("other", "p3", None, ("Amelia Whitfield",))
    link = choose_provider("inbox", ["A Whitfield"], ["1234567893"], [AMELIA, other])
    assert link == Link("amelia", LinkedBy.NPI)


def test_an_npi_does_not_make_a_document_anothers() -> None:
    assert choose_provider("inbox", ["Samuel Park"], ["1234567893"], [AMELIA, SAM]).provider_id is None


def test_two_holders_are_nobodys_by_name() -> None:
    assert choose_provider("inbox", ["Amelia Whitfield", "Samuel Park"], [], [AMELIA, SAM]).provider_id is None


def test_nobody_of_an_organizations_roster_is_said_so() -> None:
    assert choose_provider("mercy", ["Jo Doe"], [], [AMELIA], is_organization=True) == Link(is_unknown=True)


def test_another_providers_npi_in_a_folder_is_told() -> None:
    assert choose_provider("p1", ["Amelia Whitfield"], ["1558598797"], [AMELIA, SAM]).npi_is_anothers
    assert choose_provider("p1", ["Amelia Whitfield"], ["1003000126"], [AMELIA]).npi_differs
    both = choose_provider("p1", ["Amelia Whitfield"], ["1558598797", "1234567893"], [AMELIA, SAM])
    assert not both.npi_is_anothers
