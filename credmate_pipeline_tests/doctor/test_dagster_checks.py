"""What the deployed Dagster says of itself, broken one thing at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from dagster_graphql.schema import create_schema
from graphql import parse, validate

from credmate_pipeline.doctor.check import Found, Verdict
from credmate_pipeline.doctor.dagster_checks import (
    NAMES,
    code_location,
    daemons,
    dagster_checks,
    partitions,
    storage,
    switches,
)
from credmate_pipeline.system.dagster_api import STATE, Daemon, DagsterState

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
WELL = DagsterState(
    load_error=None,
    code_version="0.1.0+a",
    sensors={"new_uploads": True, "alerts": True},
    schedules={"reconciliation": True},
    daemons=(Daemon("SENSOR", True, NOW),),
    partition_count=5,
    validated_count=4,
)
ILL = (Daemon("SENSOR", False, NOW),)
OFF = {"new_uploads": False, "alerts": True}


def test_a_system_that_is_well_has_no_other_line() -> None:
    lines = [
        code_location(WELL, "0.1.0+a"),
        daemons(WELL),
        switches(WELL.sensors, "sensors"),
        switches(WELL.schedules, "schedules"),
        storage(WELL, NOW),
        partitions(WELL, known=6, read=4),
    ]
    assert [verdict for verdict, _ in lines] == [Verdict.WELL] * len(lines)


@pytest.mark.parametrize(
    ("look", "told"),
    [
        (lambda: code_location(replace(WELL, load_error="No module named x"), "0.1.0+a"), "No module named x"),
        (lambda: code_location(WELL, "0.1.0+b"), "Deployed is 0.1.0+a, here is 0.1.0+b"),
        (lambda: code_location(replace(WELL, code_version=None), "0.1.0+a"), "no pipeline that names its code"),
        (lambda: daemons(replace(WELL, daemons=ILL)), "Not reporting: SENSOR"),
        (lambda: daemons(replace(WELL, daemons=())), "Not reporting: the daemon"),
        (lambda: switches(OFF, "sensors"), "Off: new_uploads"),
        (lambda: switches({}, "schedules"), "No schedules are known"),
        (lambda: storage(WELL, None), "not in the ledger's database"),
        (lambda: storage(WELL, NOW - timedelta(hours=1)), "another database"),
        (lambda: partitions(WELL, known=4, read=4), "the ledger knows only 4"),
        (lambda: partitions(WELL, known=6, read=0), "4 documents as validated, the ledger 0 as read"),
    ],
)
def test_what_is_broken_is_a_line_that_says_so(look: Callable[[], Found], told: str) -> None:
    verdict, message = look()
    assert verdict is Verdict.WRONG
    assert told in message


def test_a_webserver_that_is_silent_is_one_wrong_line_and_no_good_one() -> None:
    lines = list(dagster_checks("http://127.0.0.1:9", None))
    assert [(line.name, line.verdict) for line in lines] == [
        ("webserver", Verdict.WRONG),
        *((name, Verdict.NOT_ASKED) for name in NAMES),
    ]
    assert "CREDMATE_WEBSERVER_URL" in lines[0].message


def test_what_the_doctor_asks_is_what_this_dagsters_webserver_understands() -> None:
    schema = create_schema().graphql_schema
    assert validate(schema, parse(STATE)) == []
