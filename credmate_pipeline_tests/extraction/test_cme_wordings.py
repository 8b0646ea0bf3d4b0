"""Wordings, arrangements and traps of certificates, each as plainly as it can be printed."""

import pytest

from credmate_pipeline.classification.classify import classify
from credmate_pipeline.extraction.extract import extract
from credmate_pipeline.extraction.fields import Item
from credmate_pipeline_tests.extraction.printed import reading_of

CERTIFICATE = """
# Certificate of Credit
Larkspur Medical Institute
certifies that
# Rosa Delgado, MD
{deed}
{title}
{dated}
and is awarded 2.5 AMA PRA Category 1 Credits™

Larkspur Medical Institute is accredited by the Accreditation Council for Continuing Medical Education
(ACCME) to provide continuing medical education for physicians.
"""


def certificate(
    *,
    deed: str = "has participated in the live activity titled",
    title: str = "Resistant Hypertension",
    dated: str = "on March 4, 2024",
) -> str:
    return CERTIFICATE.format(deed=deed, title=title, dated=dated)


def item_of(text: str, *, centered: bool = True) -> Item:
    reading = reading_of(text, centered=centered)
    (item,) = extract(reading, classify(reading)).items
    return item


@pytest.mark.parametrize(
    "deed",
    [
        "has met the requirements for the live course",
        "has fulfilled all requirements of the workshop titled",
        "was in attendance at the symposium",
        "has participated in the regularly scheduled series",
        "has completed all three stages of the performance improvement activity",
        "completed the self-paced module",
    ],
)
def test_the_title_follows_whatever_was_done(deed: str) -> None:
    assert item_of(certificate(deed=deed)).text("activity_title") == "Resistant Hypertension"


@pytest.mark.parametrize(
    ("dated", "completed", "started"),
    [
        ("held Jun 8-11, 2024 in Hartford, CT", "2024-06-11", "2024-06-08"),
        ("March 30 - April 2, 2023 | Boston, MA", "2023-04-02", "2023-03-30"),
        ("Friday, November 1, 2024 | Exton, PA", "2024-11-01", None),
        ("Boulder, CO | October 2025", "2025-10", None),
        ("on the 9th Day of December In the Year 2017", "2017-12-09", None),
        ("this Eleventh day of September, 2019 A.D.", "2019-09-11", None),
        ("Jan-Feb 2025", "2025-02", "2025-01"),
        ("which took place on 7/14/2025", "2025-07-14", None),
    ],
)
def test_a_line_about_the_date_ends_the_title(dated: str, completed: str, started: str | None) -> None:
    item = item_of(certificate(dated=dated))
    assert item.text("activity_title") == "Resistant Hypertension"
    assert item.text("completion_date") == completed
    assert item.text("start_date") == started


@pytest.mark.parametrize(
    "awarding",
    [
        "and is credited with 2.5 AMA PRA Category 1 Credits™",
        "has been awarded 2.5 AMA PRA Category 1 CME credits for this activity.",
        "2.5 Category 1 credits toward the AMA Physician's Recognition Award earned",
        "Amount of credit awarded: 2.5 Category 1 credits toward the AMA Physician's Recognition Award",
    ],
)
def test_credit_is_awarded_in_many_words_and_its_category_is_no_amount(awarding: str) -> None:
    item = item_of(certificate().replace("and is awarded 2.5 AMA PRA Category 1 Credits™", awarding))
    assert (item.text("credits_awarded"), item.text("credit_type")) == ("2.5", "ama_pra_1")
    assert item.text("activity_title") == "Resistant Hypertension"


def test_a_series_may_take_months_and_any_other_activity_may_not() -> None:
    months = "January - May 2025"
    series = item_of(certificate(deed="has participated in the regularly scheduled series", dated=months))
    assert (series.text("start_date"), series.text("completion_date")) == ("2025-01", "2025-05")
    assert item_of(certificate(dated=months)).field("completion_date") is None


def test_statements_beside_the_certificate_do_not_run_into_it() -> None:
    text = """
Larkspur Medical Institute is accredited             # Larkspur Medical Institute
by the Accreditation Council for                     certifies that
Continuing Medical Education (ACCME) to              Rosa Delgado, MD
provide continuing medical education for             has completed the activity titled
physicians. Physicians should claim only             Resistant Hypertension: A
the credit commensurate with the extent              Practical Workup
of their participation in the activity.              on March 4, 2024
                                                     and is awarded 2.5 AMA PRA Category 1 Credits™
""".replace("# ", "")
    item = item_of(text, centered=False)
    assert item.text("activity_title") == "Resistant Hypertension: A Practical Workup"
    assert (item.text("completion_date"), item.text("credits_awarded")) == ("2024-03-04", "2.5")
    assert item.text("accreditation_statement") == (
        "Larkspur Medical Institute is accredited by the Accreditation Council for Continuing Medical Education "
        "(ACCME) to provide continuing medical education for physicians."
    )


def test_the_days_of_a_conference_in_a_table_are_not_its_end() -> None:
    text = """
# Larkspur Medical Institute
# Certificate of Credit
Participant: Rosa Delgado, MD
Conference: Rheumatology Review
Dates: Sep 9-11, 2025

Date                    Credits claimed
September 9, 2025       5.25
September 10, 2025      4.75
September 11, 2025      7

Total credits claimed: 17 AMA PRA Category 1 Credits™
"""
    item = item_of(text, centered=False)
    assert (item.text("start_date"), item.text("completion_date")) == ("2025-09-09", "2025-09-11")


def test_a_table_gives_its_row_and_no_head_of_a_column() -> None:
    text = """
# Meridian College of Pharmacy
Statement of Continuing Pharmacy Education Credit
Pharmacist: Naomi Reddy, PharmD
NABP e-Profile ID: 743587

Activity title                   ACPE UAN                    Participation date     Contact hours     CEUs
Receptor Agonists: Counseling    0187-9999-25-176-H01-P      08/24/2025             0.75              0.075
Points for Pharmacists

Meridian College of Pharmacy is accredited by the Accreditation Council for Pharmacy Education as a provider of
continuing pharmacy education.
"""
    item = item_of(text, centered=False)
    assert item.text("holder_name") == "Naomi Reddy"
    assert item.text("activity_title") == "Receptor Agonists: Counseling Points for Pharmacists"
    assert (item.text("completion_date"), item.text("acpe_uan")) == ("2025-08-24", "0187-9999-25-176-H01-P")
    assert item.text("credit_type") == "acpe"


def test_a_labelled_title_may_hold_a_colon_and_ends_at_the_next_label() -> None:
    text = """
CME Record
Learner               Rosa Delgado, MD
Provider              Larkspur Medical Institute
Activity name         Chronic Low Back Pain: Movement, Medicine, and Patience
Activity ID           288354176
Completion date       03/04/2024
AMA PRA Category 1 Credits™ claimed     2.5
"""
    title = item_of(text, centered=False).text("activity_title")
    assert title == "Chronic Low Back Pain: Movement, Medicine, and Patience"


def test_a_title_or_issuer_known_by_its_place_alone_is_too_unsure_to_settle() -> None:
    text = """
# Larkspur Medical Institute

# Advances in Hypertension

Rosa Delgado, MD

March 4, 2024
Credits awarded: 2.5 AMA PRA Category 1 Credits™
"""
    title = item_of(text).field("activity_title")
    assert title is not None
    assert title.confidence < 0.6


@pytest.mark.parametrize("torn", ["of Night-Shift Work With Atrial Fibrillation", "From Guidelines to the"])
def test_a_title_of_which_a_part_is_missing_is_too_unsure_to_settle(torn: str) -> None:
    title = item_of(certificate(title=torn)).field("activity_title")
    assert title is None or title.confidence < 0.6


def test_the_accreditor_in_a_corner_is_not_the_issuer() -> None:
    text = certificate().replace("Larkspur Medical Institute\ncertifies that", "This certifies that")
    text = text.split("Larkspur Medical Institute is")[0] + "Academy of Nutrition and Dietetics\nCommission on\n"
    assert item_of(text).field("issuer") is None


@pytest.mark.parametrize("emblem", ["HEALTH", "Medical Center", "The University"])
def test_a_word_that_only_says_what_kind_of_organization_it_is_names_no_issuer(emblem: str) -> None:
    text = certificate().replace("Larkspur Medical Institute\n", f"{emblem}\n")
    text = text.split("Larkspur Medical Institute is")[0]
    assert item_of(text).field("issuer") is None


def test_an_organization_that_reads_like_a_person_can_certify() -> None:
    text = certificate().replace("Larkspur Medical Institute", "Carolina Piedmont Study Club")
    assert item_of(text).text("issuer") == "Carolina Piedmont Study Club"


def test_a_speck_between_two_words_of_an_issuer_is_a_space() -> None:
    text = certificate().replace("Larkspur Medical Institute", "Larkspur.Medical Institute")
    assert item_of(text).text("issuer") == "Larkspur Medical Institute"


def test_an_issuer_is_named_as_it_confirms() -> None:
    text = certificate().replace("Larkspur Medical Institute\ncertifies that", "The Postgraduate Circle confirms that")
    text = text.split("Larkspur Medical Institute is")[0] + "Postgraduate Circle\n304 Inverness Way\n"
    assert item_of(text).text("issuer") == "The Postgraduate Circle"


def test_abbreviations_end_no_sentence() -> None:
    text = certificate().replace("Larkspur Medical Institute", "St. Aldric's Hospital, Ltd.")
    item = item_of(text)
    assert item.text("issuer") == "St. Aldric's Hospital, Ltd."
    assert str(item.text("accreditation_statement")).startswith("St. Aldric's Hospital, Ltd. is accredited")


def test_without_a_degree_one_of_several_professions_credit_is_not_chosen_surely() -> None:
    awards = "and is awarded 2.5 AMA PRA Category 1 Credits™\nor is awarded 2.5 ANCC contact hours"
    text = certificate().replace("and is awarded 2.5 AMA PRA Category 1 Credits™", awards)
    told, untold = item_of(text), item_of(text.replace(", MD", ""))
    sure, unsure = told.field("credit_type"), untold.field("credit_type")
    assert sure is not None
    assert unsure is not None
    assert sure.value == "ama_pra_1"
    assert unsure.confidence < 0.6 < sure.confidence


def test_another_professions_credit_is_not_chosen_surely_where_the_page_names_the_holders_own() -> None:
    awards = "and is awarded 2.5 AIMA FRA Category Credits\nor is awarded 2.5 ANCC contact hours"
    named = "Larkspur Medical Institute designates this activity for AMA PRA Category 1 Credits™.\n\nLarkspur Medical"
    misread = certificate().replace("and is awarded 2.5 AMA PRA Category 1 Credits™", awards)
    alone, beside = (
        item_of(misread),
        item_of(misread.replace("\nLarkspur Medical Institute is", f"\n{named} Institute is")),
    )
    sure, unsure = alone.field("credit_type"), beside.field("credit_type")
    assert sure is not None
    assert unsure is not None
    assert (sure.value, unsure.value) == ("ancc", "ancc")
    assert unsure.confidence < 0.6 < sure.confidence


def test_points_of_a_specialty_board_do_not_make_the_credit_unsure() -> None:
    awards = "and is awarded 2.5 AMA PRA Category 1 Credits™\nand earned 2.5 MOC points"
    text = certificate().replace("and is awarded 2.5 AMA PRA Category 1 Credits™", awards).replace(", MD", "")
    item = item_of(text)
    kind, others = item.field("credit_type"), item.field("other_credits")
    assert kind is not None
    assert others is not None
    assert (kind.value, others.value) == ("ama_pra_1", ("moc 2.5",))
    assert kind.confidence > 0.6


@pytest.mark.parametrize("points", ["MOC points 2.5", "2.5 MOC points"])
def test_points_of_a_specialty_board_are_no_credit_where_the_credits_number_was_not_read(points: str) -> None:
    awards = f"AMA PRA Category 1 Credits™ claimed\n{points}"
    item = item_of(certificate().replace("and is awarded 2.5 AMA PRA Category 1 Credits™", awards))
    kind, others = item.field("credit_type"), item.field("other_credits")
    assert kind is not None
    assert others is not None
    assert (kind.value, others.value) == ("ama_pra_1", ("moc 2.5",))
    assert item.field("credits_awarded") is None


@pytest.mark.parametrize(
    ("heading", "issuer"),
    [
        ("Larkspur Institute, Lid.", "Larkspur Institute, Ltd."),
        ("The Larkspur Institute, Lid.", "The Larkspur Institute, Ltd."),
        ("Certificates", "The Larkspur Institute, Ltd."),
    ],
)
def test_an_article_of_the_sentence_is_dropped_though_the_heading_is_misread(heading: str, issuer: str) -> None:
    text = certificate().replace(
        "Larkspur Medical Institute is accredited", "The Larkspur Institute, Ltd. is accredited"
    )
    assert (
        item_of(text.replace("Larkspur Medical Institute\ncertifies", f"{heading}\nThis certifies")).text("issuer")
        == issuer
    )


def test_an_article_that_sticks_to_its_preposition_hides_no_issuer() -> None:
    stuck = certificate().replace("is accredited by the Accreditation Council for", "is accredited asa provider of")
    item = item_of(stuck.replace("Larkspur Medical Institute\ncertifies", "This certifies"))
    assert item.text("issuer") == "Larkspur Medical Institute"


@pytest.mark.parametrize("care", ["patient care", "patient-care", "patient\ncare"])
def test_what_a_joint_provider_supports_is_not_of_its_name_however_it_is_printed(care: str) -> None:
    told = f"In support of improving {care}, Larkspur Institute, Inc. is jointly accredited by the"
    text = certificate().replace("Larkspur Medical Institute is accredited by the", f"{told}\n")
    assert item_of(text.replace("Larkspur Medical Institute\n", "")).text("issuer") == "Larkspur Institute, Inc."


def test_dental_credit_keeps_its_own_system() -> None:
    text = """
# Verification of Participation
Participant:      Rosa Delgado, DDS
Course title:     Implant Complications
AGD subject code: 690
Course date:      March 4, 2024
CE credits earned: 3 credit hours
Bluewater Dental Academy is approved by the Academy of General Dentistry as a Program Approval for Continuing
Education (PACE) provider.
"""
    item = item_of(text, centered=False)
    assert (item.text("credits_awarded"), item.text("credit_type")) == ("3", "agd_pace")
    assert item.text("issuer") == "Bluewater Dental Academy"


def test_a_title_printed_twice_in_a_row_is_one() -> None:
    item = item_of(certificate(title="Resistant Hypertension\nResistant Hypertension"))
    assert item.text("activity_title") == "Resistant Hypertension"


def test_a_date_is_no_title() -> None:
    assert item_of(certificate(title="August 2, 2026")).text("activity_title") != "August 2, 2026"


PORTAL = """
The Alder Clinic Foundation
# Certificate of Completion

Participant
Gabriela Okafor, MD, PhD

Activity title
Resistant Hypertension: A Practical Workup

Completed
February 7, 2025

Credits earned
{credits} AMA PRA Category 1 Credits™
"""


def test_the_label_over_a_date_says_nothing_of_the_title_above_it() -> None:
    item = item_of(PORTAL.format(credits="3.25"), centered=False)
    assert item.text("holder_name") == "Gabriela Okafor"
    assert item.text("activity_title") == "Resistant Hypertension: A Practical Workup"
    assert item.text("completion_date") == "2025-02-07"


def test_credits_that_begin_with_a_zero_have_lost_their_point() -> None:
    assert item_of(PORTAL.format(credits="075"), centered=False).text("credits_awarded") == "0.75"


@pytest.mark.parametrize(
    ("offered", "issuer"),
    [
        ("presented by Tidewater Society for Postgraduate Medicine to", "Tidewater Society for Postgraduate Medicine"),
        ("provided by Larkspur Institute for Credit of any profession", "Larkspur Institute"),
        ("provided by Larkspur Medical Center for 2.5 hours", "Larkspur Medical Center"),
    ],
)
def test_a_preposition_inside_a_name_does_not_end_it(offered: str, issuer: str) -> None:
    text = f"""
# Certificate of Participation
{offered}
Nadia Haddad, MD
for participation in the activity entitled
Asthma Care Update
on May 4, 2023
Credit claimed by the participant: 2.50 Prescribed credits
"""
    assert item_of(text, centered=True).text("issuer") == issuer
