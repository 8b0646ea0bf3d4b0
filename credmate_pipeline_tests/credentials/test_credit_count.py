"""Credits are summed once, in one system, and what is not sure is named instead."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.credentials.claim import Claim, Surety, claim_of
from credmate_pipeline.credentials.credit_count import Count, Doubt, Window, count_credits
from credmate_pipeline.credentials.credit_report import (
    CreditReport,
    Uncertainty,
    cycle_window,
    report_credits,
    years_before,
)
from credmate_pipeline.credentials.requirements import boards_of
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.extraction.fields import FieldValue

YEAR = Window(date(2025, 1, 1), date(2025, 12, 31))


def claim(title: str = "Heart", surety: Surety = Surety.ON_FILE, **said: FieldValue) -> Claim:
    values: dict[str, FieldValue] = {
        "activity_title": title,
        "completion_date": "2025-03-14",
        "credits_awarded": "2.5",
        "credit_type": "ama_pra_1",
        **said,
    }
    return claim_of(DocumentId(f"{title}-{surety}"), 0, surety, {name: one for name, one in values.items() if one})


def doubts(count: Count) -> list[Doubt]:
    return [one.why for one in count.doubted]


def test_credits_of_different_activities_add_up_by_type() -> None:
    count = count_credits([claim(), claim("Stroke"), claim("Skin", credit_type="aoa_2a")], YEAR)
    assert count.by_type == {"ama_pra_1": Decimal(5), "aoa_2a": Decimal("2.5")}
    assert count.total() == Decimal("7.5")


def test_an_activity_shown_by_two_documents_counts_once() -> None:
    count = count_credits([claim(surety=Surety.SETTLED), claim(completion_date="2025-03-15")], YEAR)
    assert (count.total(), len(count.copies)) == (Decimal("2.5"), 1)
    assert count.counted[0].claim.surety is Surety.ON_FILE


def test_an_activity_claimed_again_with_other_credits_is_named_and_not_added() -> None:
    count = count_credits([claim(), claim(credits_awarded="3")], YEAR)
    assert (count.total(), doubts(count)) == (Decimal("2.5"), [Doubt.CLAIMED_AGAIN])


def test_an_enduring_activity_repeated_counts_in_the_cycle_of_its_first_claim() -> None:
    uan = "0001-0000-24-001-H01-P"
    first = claim(completion_date="2024-06-01", acpe_uan=uan)
    count = count_credits([first, claim(acpe_uan=uan)], YEAR)
    assert (count.total(), doubts(count)) == (Decimal(0), [Doubt.CLAIMED_AGAIN])


@given(st.permutations([claim(), claim("Stroke"), claim("Skin"), claim(surety=Surety.SETTLED)]))
def test_the_order_of_documents_changes_no_sum(claims: list[Claim]) -> None:
    assert count_credits(claims, YEAR).total() == Decimal("7.5")


def test_the_systems_of_one_activity_are_never_added() -> None:
    count = count_credits([claim(credit_type="ancc", other_credits=("ama_pra_1 2", "acpe 2.5"))], YEAR)
    assert count.by_type == {"ama_pra_1": Decimal(2)}


def test_the_system_the_board_asks_for_is_taken() -> None:
    both = claim(other_credits=("aoa_1a 2", "ama_pra_2 9"))
    assert count_credits([both], YEAR, {"aoa_1a"}).by_type == {"aoa_1a": Decimal(2)}


def test_what_was_only_designated_in_another_system_is_not_claimed() -> None:
    assert count_credits([claim(credit_type="ancc", other_credits=("ama_pra_1 2 designated",))], YEAR).total() == 0


@pytest.mark.parametrize(
    ("doubtful", "why"),
    [
        (claim(surety=Surety.IN_REVIEW), Doubt.IN_REVIEW),
        (claim(credits_awarded="", credits_designated="2.5"), Doubt.DESIGNATED_ONLY),
        (claim(credits_awarded=""), Doubt.NO_CREDITS),
        (claim(completion_date=""), Doubt.NO_DATE),
        (claim(credit_type="ancc"), Doubt.OTHER_PROFESSION),
    ],
)
def test_what_is_not_sure_is_named_and_not_counted(doubtful: Claim, why: Doubt) -> None:
    count = count_credits([doubtful], YEAR)
    assert (count.total(), doubts(count)) == (Decimal(0), [why])


def test_a_month_counts_inside_the_window_and_is_doubted_at_its_edge() -> None:
    inside, edge = Window(date(2025, 3, 1), date(2025, 3, 31)), Window(date(2025, 3, 2), date(2025, 12, 31))
    month = [claim(completion_date="2025-03")]
    assert count_credits(month, inside).total() == Decimal("2.5")
    assert doubts(count_credits(month, edge)) == [Doubt.MONTH_AT_THE_EDGE]


@pytest.mark.parametrize(("day", "is_in"), [("2024-12-31", False), ("2025-01-01", True), ("2025-12-31", True)])
def test_the_windows_days_are_both_included(day: str, is_in: bool) -> None:
    count = count_credits([claim(completion_date=day)], YEAR)
    assert (count.total() > 0) is is_in
    assert not count.doubted


def report(state: str, *claims: Claim, degree: str | None = "MD") -> CreditReport:
    (board,) = boards_of(state, degree)
    window = cycle_window(board, date(2025, 12, 31))
    return report_credits(board, claims, window, is_window_given=False, is_degree_known=degree is not None)


def lines(found: CreditReport) -> dict[str, tuple[Decimal, Decimal | None]]:
    return {line.name: (line.counted, line.missing) for line in found.lines}


def test_topic_hours_are_within_the_total() -> None:
    opioids = claim("Opioids", credits_awarded="2", topics=("opioid_sud",))
    found = lines(report("CO", opioids, claim(credits_awarded="28")))
    assert found == {"total": (Decimal(30), Decimal(0)), "opioid_sud": (Decimal(2), Decimal(0))}


def test_hours_apart_leave_the_general_hours_to_other_activities() -> None:
    errors = claim("Errors", credits_awarded="2", topics=("medical_errors",))
    found = lines(report("FL", errors, claim(credits_awarded="37")))
    assert found["total"] == (Decimal(39), Decimal(1))
    assert found["general"] == (Decimal(37), Decimal(1))
    assert found["medical_errors"] == (Decimal(2), Decimal(0))
    without = lines(report("FL", claim(credits_awarded="40")))
    assert (without["general"][1], without["medical_errors"][1]) == (Decimal(0), Decimal(2))


def test_hours_on_top_are_a_line_of_their_own_for_those_they_hold_for() -> None:
    totals = [line for line in report("NJ").lines if line.name == "total"]
    assert [(line.required, bool(line.applies_to)) for line in totals] == [(100, False), (106, True)]


def test_category_1_counts_its_own_types_only() -> None:
    found = lines(report("IL", claim(), claim("Self", credit_type="ama_pra_2", credits_awarded="9")))
    assert (found["total"][0], found["category 1"][0]) == (Decimal("11.5"), Decimal("2.5"))


def test_a_topic_asked_for_once_counts_ever_since() -> None:
    old = claim("Pain", completion_date="2001-05-01", credits_awarded="12", topics=("pain",))
    found = lines(report("CA", old))
    assert found["pain"] == (Decimal(12), Decimal(0))
    assert found["total"][0] == 0


def test_what_is_uncertain_of_the_rules_is_told() -> None:
    about = {kind for kind, _ in report("OH").uncertain}
    assert about == {
        Uncertainty.BOARD_DATA,
        Uncertainty.WINDOW_ASSUMED,
        Uncertainty.TOPIC_HOURS,
        Uncertainty.TOPIC_NOT_RECOGNIZED,
    }
    duty = next(line for line in report("OH").lines if line.name == "duty_to_report")
    assert duty.missing is None


def test_prescribed_credit_is_counted_but_not_as_category_1() -> None:
    found = report("TX", claim(credit_type="aafp_prescribed"))
    assert lines(found)["category 1"][0] == 0
    assert lines(found)["total"][0] == Decimal("2.5")
    assert Uncertainty.PRESCRIBED_CREDIT in {kind for kind, _ in found.uncertain}


def test_years_go_back_to_the_same_day_but_for_the_leap_day() -> None:
    assert years_before(date(2024, 2, 29), 2) == date(2022, 2, 28)
    assert years_before(date(2025, 3, 1), 2) == date(2023, 3, 1)
