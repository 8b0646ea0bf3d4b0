"""`credmate alerts` and `credmate health` say truly what is wrong and what was delivered."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.ledger.alert_book import AlertBook
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline_tests.alerts.servers import Received, web_server
from credmate_pipeline_tests.alerts.ticking import all_tick
from credmate_pipeline_tests.cli.conftest import Credmate


@pytest.fixture
def receiver(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Received]:
    with web_server() as received:
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("CREDMATE_ALERT_SLACK_URL", received.url)
        yield received


@pytest.fixture
def book(ledger: Ledger) -> AlertBook:
    found = AlertBook(ledger.engine)
    all_tick(found, datetime.now(UTC))
    return found


def test_a_test_message_reaches_every_channel_and_is_listed(
    credmate: Credmate, receiver: Received, book: AlertBook
) -> None:
    assert credmate("alerts", "test").code == 0
    assert b"nothing is wrong" in receiver.bodies[0]
    [listed] = json.loads(credmate("alerts", "list", "--json").out)
    assert (listed["kind"], listed["delivered"], listed["undelivered"]) == ("test", ["log", "slack"], {})


def test_a_test_message_that_is_not_taken_is_an_error(credmate: Credmate, receiver: Received, book: AlertBook) -> None:
    receiver.answer = 404
    said = credmate("alerts", "test")
    assert said.code == 1
    assert "slack: The receiver answered 404." in said.out
    assert "answered 404" in credmate("alerts", "list").out


def test_a_working_pipeline_is_healthy_even_where_a_person_must_act(
    credmate: Credmate, receiver: Received, book: AlertBook
) -> None:
    book.signal(AlertKind.RUN_FAILED, "run-1", now=datetime.now(UTC))
    said = credmate("health", "--json")
    assert said.code == 0
    answer = json.loads(said.out)
    assert answer["is_working"] is True
    assert [condition["kind"] for condition in answer["conditions"]] == ["run-failed"]
    assert receiver.bodies == []


def test_a_silent_daemon_is_not_healthy_and_can_be_told_of_from_outside(
    credmate: Credmate, receiver: Received, book: AlertBook
) -> None:
    book.beat("new_uploads", now=datetime.now(UTC) - timedelta(minutes=5))
    said = credmate("health", "--alert")
    assert said.code == 1
    assert "does not work" in said.out
    assert "daemon-silent" in said.out
    assert b"daemon-silent (1), new" in receiver.bodies[0]


def test_a_database_that_does_not_answer_is_not_healthy(
    credmate: Credmate, receiver: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:secret@127.0.0.1:1/credmate")
    said = credmate("health", "--json")
    assert said.code == 1
    answer = json.loads(said.out)
    assert answer["is_working"] is False
    assert "127.0.0.1:1" in answer["unreachable"]
    assert "secret" not in said.out
    assert receiver.bodies == []


def test_a_database_that_does_not_answer_is_told_of_from_cron_once(
    credmate: Credmate, receiver: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:secret@127.0.0.1:1/credmate")
    assert [credmate("health", "--alert").code for _ in range(2)] == [1, 1]
    [body] = receiver.bodies
    assert b"ledger-unreachable (1), new" in body
