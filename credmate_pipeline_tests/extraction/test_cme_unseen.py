"""Wordings of certificates that mislead: sentences over lines, maxima, places, memos, others' credit, degrees."""

import pytest

from credmate_pipeline.extraction.names import split_credentials
from credmate_pipeline.validation.rules.cme import ONE_OF_SEVERAL
from credmate_pipeline_tests.extraction.test_cme_wordings import certificate, item_of

AWARD = "and is awarded 2.5 AMA PRA Category 1 Credits™"


@pytest.mark.parametrize(
    "text",
    [
        """
Larkspur Medical Institute is pleased to confirm and certifies hereby that Rosa
Delgado, MD has completed the webinar titled "Advances in Hypertension" on March
4, 2024 and is awarded 2.5 AMA PRA Category 1 Credits™.
""",
        """
On March 4, 2024, Rosa Delgado, MD took part in the online
activity "Advances in Hypertension", offered by Larkspur Medical Institute, and is credited with 2.5
AMA PRA Category 1 Credits™.
""",
        """
Larkspur Medical Institute hereby confirms that on March 4, 2024, Rosa Delgado, MD attended the enduring
material, Advances in Hypertension and received 2.5 AMA PRA Category 1 Credits™.
""",
    ],
)
def test_a_sentence_is_read_over_the_ends_of_its_lines(text: str) -> None:
    item = item_of(text, centered=False)
    assert item.text("holder_name") == "Rosa Delgado"
    assert item.text("activity_title") == "Advances in Hypertension"
    assert (item.text("completion_date"), item.text("credits_awarded")) == ("2024-03-04", "2.5")


def test_a_name_that_may_begin_on_the_line_before_is_too_unsure_to_settle() -> None:
    text = """
In the spring of this year our colleague of many years at the clinic Rosa Maria
Delgado Fuentes has completed the course titled Advances in Hypertension on March
4, 2024 and is awarded 2.5 AMA PRA Category 1 Credits™.
"""
    holder = item_of(text, centered=False).field("holder_name")
    assert holder is None or holder.value == "Rosa Maria Delgado Fuentes" or holder.confidence < 0.6


@pytest.mark.parametrize(
    "place", ["at Springfield, Illinois", "at St. Aldric's Medical Center, Rochester, NY", "held at the Grand Hotel"]
)
def test_the_place_under_a_title_is_no_part_of_it(place: str) -> None:
    item = item_of(certificate(title=f"Advances in Hypertension\n{place}"))
    assert item.text("activity_title") == "Advances in Hypertension"


@pytest.mark.parametrize(
    "offered",
    [
        "The maximum number of hours awarded for this activity is 2.5 AMA PRA Category 1 Credits™.",
        "Physicians may be awarded 2.5 AMA PRA Category 1 Credits™.",
        "Participants will be awarded 2.5 AMA PRA Category 1 Credits™.",
        "Please claim only the portion that you attended or completed.\n2.5 AMA PRA Category 1 Credits™ available",
    ],
)
def test_what_anyone_may_be_given_is_not_awarded_to_the_holder(offered: str) -> None:
    item = item_of(certificate().replace(AWARD, offered))
    assert (item.text("credits_awarded"), item.text("credits_designated")) == (None, "2.5")


def test_a_memos_own_date_is_not_the_completion() -> None:
    text = """
TO: Whom It May Concern
FROM: Margot Ellery
DATE: March 19, 2024
RE: Verification of CME credit

This is to verify that Rosa Delgado, MD, attended "Advances in Hypertension" on March 4, 2024. The physician
was awarded 2.5 AMA PRA Category 1 Credits™.
"""
    item = item_of(text, centered=False)
    assert (item.text("holder_name"), item.text("completion_date")) == ("Rosa Delgado", "2024-03-04")


@pytest.mark.parametrize(
    ("printed", "degrees"),
    [
        ("Rosa Delgado, OD, FAAO", ("OD", "FAAO")),
        ("Rosa Delgado, RD, CSO", ("RD", "CSO")),
        ("Rosa Delgado, XYZQ", ("XYZQ",)),
    ],
)
def test_a_degree_nobody_listed_is_still_no_part_of_the_name(printed: str, degrees: tuple[str, ...]) -> None:
    assert split_credentials(printed) == ("Rosa Delgado", degrees)


@pytest.mark.parametrize("printed", ["DELGADO, ROSA", "Delgado, ROSA", "ROSA DELGADO, JR"])
def test_a_first_name_or_suffix_in_capitals_is_no_degree(printed: str) -> None:
    assert split_credentials(printed)[1] == ()


def test_credit_for_several_professions_without_a_degree_is_marked_for_a_person() -> None:
    awards = f"{AWARD}\nor is awarded 2.5 ANCC contact hours"
    text = certificate().replace(AWARD, awards)
    told, untold = item_of(text).field("credit_type"), item_of(text.replace(", MD", "")).field("credit_type")
    assert told is not None
    assert untold is not None
    assert untold.method.endswith(ONE_OF_SEVERAL)
    assert not told.method.endswith(ONE_OF_SEVERAL)


def test_a_bare_label_among_labels_names_the_title() -> None:
    text = """
Participant           Rosa Delgado, MD
Course                Advances in Hypertension
Date completed        03/04/2024
Hours attended        3
Credits claimed       2.5 AMA PRA Category 1 Credits™
"""
    title = item_of(text, centered=False).field("activity_title")
    assert title is not None
    assert (title.value, title.confidence > 0.6) == ("Advances in Hypertension", True)


def test_a_providers_number_is_no_part_of_its_name() -> None:
    text = certificate().split("Larkspur Medical Institute is")[0].replace("Larkspur Medical Institute\n", "")
    text += (
        "Larkspur Institute, provider #1234, is approved as an ACE provider by the Association of Social Work Boards."
    )
    assert item_of(text).text("issuer") == "Larkspur Institute"
