"""When a measurement is told to be too low."""

from dataclasses import replace

from credmate_pipeline.evaluation.falls import falls
from credmate_pipeline.evaluation.figures import ALL, Figure, Measure, figure_of
from credmate_pipeline.evaluation.floors import Floors
from credmate_pipeline.evaluation.measure import figures
from credmate_pipeline.evaluation.report import fall_list, field_table, type_table, wrongly_settled_table
from credmate_pipeline.evaluation.score import Judged

FLOORS = Floors(type_right=0.99, required_right=0.9, settled_right=0.99)
GOOD = Judged(
    file="a1",
    kind="scan",
    true_type="life_support_card",
    read_type="life_support_card",
    status="completed",
    truth={"holder_name": "Ann Lee", "course": "bls"},
    read={"holder_name": "Ann Lee", "course": "bls"},
)
BAD = replace(GOOD, file="b2", read={"holder_name": "Ann Lee", "course": "acls"})


def told(now: list[Judged], last: list[Judged] | None = None) -> list[str]:
    return [fall.figure.name for fall in falls(figures(now), figures(last or []), FLOORS)]


def test_a_measurement_that_reaches_its_floors_has_no_falls() -> None:
    assert told([GOOD] * 50, [GOOD] * 50) == []


def test_one_wrongly_settled_document_of_fifty_is_below_the_floor() -> None:
    assert told([GOOD] * 49 + [BAD]) == ["all settled_right"]


def test_a_required_field_is_told_once_its_whole_interval_is_below_the_floor() -> None:
    assert "life_support_card.course" not in told([GOOD] * 8 + [BAD] * 2)
    assert "life_support_card.course" in told([GOOD] * 80 + [BAD] * 20)


def test_a_figure_below_the_last_versions_interval_is_told_even_above_its_floor() -> None:
    now, last = [GOOD] * 190 + [BAD] * 10, [GOOD] * 200
    fallen = [fall for fall in falls(figures(now), figures(last), Floors(0, 0, 0)) if not fall.is_floor]
    assert {fall.figure.name for fall in fallen} >= {"life_support_card.course", "all required_right"}
    assert "95.0% (190 of 200) is below the lower end of the last version's interval" in fallen[-1].told


def test_settling_less_is_no_fall_by_itself() -> None:
    shy = replace(GOOD, status="review_pending")
    assert told([shy] * 50, [GOOD] * 50) == []


def test_figures_count_each_type_and_field() -> None:
    found = figures([GOOD, BAD, replace(GOOD, read={"course": "bls"})])
    [course] = [one for one in found if one.field_name == "course"]
    [name] = [one for one in found if one.field_name == "holder_name"]
    assert (course.right, course.of, course.missing) == (2, 3, 0)
    assert (name.right, name.of, name.missing) == (2, 3, 1)
    assert figure_of(found, Measure.SETTLED_RIGHT, ALL).share == 1 / 3
    assert figure_of(found, Measure.TYPE_RIGHT, "license") == Figure("license", None, Measure.TYPE_RIGHT, 0, 0)


def test_the_report_names_types_fields_and_documents_and_no_value() -> None:
    judged = [GOOD, BAD]
    found = figures(judged)
    report = "\n".join(
        [type_table(found), field_table(found), wrongly_settled_table(judged), fall_list(falls(found, (), FLOORS))]
    )
    assert "| life_support_card | course | 50.0 % (9–91) of 2 | 1 | 0 |" in report
    assert "| `b2` | life_support_card | scan | course |" in report
    assert "Ann Lee" not in report
    assert "acls" not in report
