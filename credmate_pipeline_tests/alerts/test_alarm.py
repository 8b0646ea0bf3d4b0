"""Trouble in the ledger reaches somebody: broken, told, mended, told again."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from credmate_pipeline.alerts.alarm import Alarm, sound
from credmate_pipeline.alerts.channels import open_channels
from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.alerts.watch import SENSORS
from credmate_pipeline.alerts.watchman import Watchman
from credmate_pipeline.documents.document import DocumentId, new_document_id
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.ledger.alert_book import AlertBook
from credmate_pipeline.ledger.canary_book import CanaryBook
from credmate_pipeline.ledger.ledger import Ledger, open_ledger
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.settings import Settings
from credmate_pipeline.uploads.store import Upload
from credmate_pipeline_tests.alerts.servers import Received, web_server
from credmate_pipeline_tests.alerts.ticking import all_tick

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def receiver() -> Iterator[Received]:
    with web_server() as received:
        yield received


@pytest.fixture
def settings(receiver: Received, tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path,
        alert_webhook_url=SecretStr(receiver.url),
        alert_webhook_secret=SecretStr("secret"),
        canary_minutes=None,
    )


@pytest.fixture
def book(ledger: Ledger) -> AlertBook:
    return AlertBook(ledger.engine)


def look(book: AlertBook, settings: Settings, now: datetime, *, ticking: bool = True) -> Alarm:
    if ticking:
        all_tick(book, now)
    return sound(book, open_channels(settings), settings, now=now)


def arrived(receiver: Received) -> list[tuple[str, str, int]]:
    """Kind, occasion and count of all that arrived, oldest first."""
    bodies = [json.loads(body) for body in receiver.bodies]
    return [(body["kind"], body["occasion"], body["count"]) for body in bodies]


def upload(ledger: Ledger, name: str, now: datetime, *, is_canary: bool = False) -> DocumentId:
    stored = Upload(f"file:///{name}", f"documents/owner/{name}", f"version of {name}", 10, now)
    return ledger.register(stored, document_id=new_document_id(), now=now, is_canary=is_canary).document_id


def fail(ledger: Ledger, document_id: DocumentId, now: datetime) -> None:
    ledger.claim([document_id], run_id="run", lease=MINUTE, now=now)
    ledger.record_failure(
        document_id, run_id="run", reason=ReasonCode.ENGINE_FAILED, message="Broken.", attempts_allowed=1, now=now
    )


def settle_unread(ledger: Ledger, document_id: DocumentId, now: datetime) -> None:
    ledger.claim([document_id], run_id="run", lease=MINUTE, now=now)
    outcome = Outcome(DocumentStatus.UNREADABLE, ("Nothing was read.",), ReasonCode.NO_READABLE_FIELDS)
    ledger.settle(document_id, run_id="run", outcome=outcome, artifact=None, audit_share=0, now=now)


def test_nothing_is_said_where_all_is_well(book: AlertBook, settings: Settings, receiver: Received) -> None:
    assert look(book, settings, NOW) == Alarm((), (), {})
    assert arrived(receiver) == []


def test_a_failed_document_is_told_of_and_so_is_the_end_of_it(
    ledger: Ledger, book: AlertBook, settings: Settings, receiver: Received
) -> None:
    failed = upload(ledger, "a.pdf", NOW)
    fail(ledger, failed, NOW)
    look(book, settings, NOW + MINUTE)
    look(book, settings, NOW + 2 * MINUTE)
    assert json.loads(receiver.bodies[0])["samples"] == [failed]
    ledger.reopen([failed], actor="engineer", reason="Mended.", now=NOW + 3 * MINUTE)
    look(book, settings, NOW + 4 * MINUTE)
    assert arrived(receiver) == [("document-failed", "raised", 1), ("document-failed", "recovered", 0)]


def test_documents_past_their_patience_are_told_of(
    ledger: Ledger, book: AlertBook, settings: Settings, receiver: Received
) -> None:
    upload(ledger, "a.pdf", NOW)
    look(book, settings, NOW + 4 * MINUTE)
    assert arrived(receiver) == []
    look(book, settings, NOW + 16 * MINUTE)
    assert {kind for kind, _, _ in arrived(receiver)} == {"waiting-too-long", "nothing-settles"}


def test_a_backlog_of_which_nothing_settles_is_told_of_within_minutes(
    ledger: Ledger, book: AlertBook, settings: Settings, receiver: Received
) -> None:
    for number in range(3):
        upload(ledger, f"{number}.pdf", NOW)
    look(book, settings, NOW + 6 * MINUTE)
    assert arrived(receiver) == [("nothing-settles", "raised", 3)]


def test_a_backlog_that_moves_is_no_trouble(
    ledger: Ledger, book: AlertBook, settings: Settings, receiver: Received
) -> None:
    upload(ledger, "waits.pdf", NOW)
    fail(ledger, upload(ledger, "settles.pdf", NOW), NOW + 5 * MINUTE)
    look(book, settings, NOW + 6 * MINUTE)
    assert "nothing-settles" not in {kind for kind, _, _ in arrived(receiver)}


def test_a_canary_is_no_real_document(ledger: Ledger, book: AlertBook, settings: Settings, receiver: Received) -> None:
    fail(ledger, upload(ledger, "canary.pdf", NOW, is_canary=True), NOW)
    upload(ledger, "other-canary.pdf", NOW, is_canary=True)
    look(book, settings, NOW + 30 * MINUTE)
    assert arrived(receiver) == []


@pytest.mark.parametrize("kind", [AlertKind.RUN_FAILED, AlertKind.SPEND_LIMIT])
def test_what_happened_once_is_told_of_and_over_after_a_window(
    kind: AlertKind, book: AlertBook, settings: Settings, receiver: Received
) -> None:
    book.signal(kind, "run-1", now=NOW)
    book.signal(kind, "run-2", now=NOW)
    look(book, settings, NOW + MINUTE)
    look(book, settings, NOW + 62 * MINUTE)
    assert arrived(receiver) == [(kind.value, "raised", 2), (kind.value, "recovered", 0)]


def test_reconciliation_that_needs_a_person_or_does_not_run_is_told_of(
    ledger: Ledger, book: AlertBook, settings: Settings, receiver: Received
) -> None:
    report(ledger, NOW, findings=3, repairs=1)
    look(book, settings, NOW + MINUTE)
    report(ledger, NOW + 2 * MINUTE, findings=1, repairs=1)
    look(book, settings, NOW + 3 * MINUTE)
    look(book, settings, NOW + 130 * MINUTE)
    assert arrived(receiver) == [
        ("reconciliation", "raised", 2),
        ("reconciliation", "recovered", 0),
        ("reconciliation", "raised", 1),
    ]


def test_a_canary_that_fails_or_stays_away_is_told_of(
    ledger: Ledger, book: AlertBook, settings: Settings, receiver: Received
) -> None:
    watched = settings.model_copy(update={"canary_minutes": 15.0})
    report(ledger, NOW, findings=0, repairs=0)
    canary(ledger, NOW, is_passed=True)
    canary(ledger, NOW + 15 * MINUTE, is_passed=False)
    look(book, watched, NOW + 16 * MINUTE)
    canary(ledger, NOW + 20 * MINUTE, is_passed=True)
    look(book, watched, NOW + 21 * MINUTE)
    look(book, watched, NOW + 46 * MINUTE)
    look(book, watched, NOW + 47 * MINUTE)
    occasions = [occasion for kind, occasion, _ in arrived(receiver) if kind == "canary"]
    assert occasions == ["raised", "recovered", "raised"]


def test_a_canary_that_came_through_does_not_hide_that_its_fellow_failed(
    ledger: Ledger, book: AlertBook, settings: Settings, receiver: Received
) -> None:
    watched = settings.model_copy(update={"canary_minutes": 15.0})
    canary(ledger, NOW, is_passed=False)
    canary(ledger, NOW, is_passed=True, judged_at=NOW + MINUTE)
    look(book, watched, NOW + 2 * MINUTE)
    assert arrived(receiver) == [("canary", "raised", 1)]
    assert [one.is_passed for one in CanaryBook(ledger.engine).newest_round()] == [False, True]


def test_sensors_that_stop_ticking_are_told_of_from_outside(
    book: AlertBook, settings: Settings, receiver: Received
) -> None:
    look(book, settings, NOW)
    look(book, settings, NOW + 3 * MINUTE, ticking=False)
    look(book, settings, NOW + 4 * MINUTE)
    assert arrived(receiver) == [("daemon-silent", "raised", len(SENSORS)), ("daemon-silent", "recovered", 0)]


def test_a_sensor_that_never_ticked_is_silent_too(book: AlertBook, settings: Settings, receiver: Received) -> None:
    book.beat("alerts", now=NOW)
    look(book, settings, NOW, ticking=False)
    assert json.loads(receiver.bodies[0])["samples"] == [sensor for sensor in SENSORS if sensor != "alerts"]


def test_a_message_that_was_not_taken_is_sent_again_and_the_failure_is_told(
    book: AlertBook, settings: Settings, receiver: Received
) -> None:
    book.signal(AlertKind.RUN_FAILED, "run-1", now=NOW)
    receiver.answer = 500
    assert look(book, settings, NOW).failures == {"webhook": "The receiver answered 500."}
    [undelivered] = [one for one in look(book, settings, NOW + MINUTE).conditions if one.kind == "undelivered"]
    assert undelivered.samples == ("webhook",)
    receiver.answer = 200
    look(book, settings, NOW + 2 * MINUTE)
    look(book, settings, NOW + 3 * MINUTE)
    assert [kind for kind, _, _ in arrived(receiver)] == ["run-failed", "undelivered", "undelivered"]
    assert book.newest(at_most=10)[-1].undelivered == {}


def test_two_that_look_at_once_say_it_once(
    ledger: Ledger, book: AlertBook, settings: Settings, receiver: Received
) -> None:
    book.signal(AlertKind.RUN_FAILED, "run-1", now=NOW)
    look(book, settings, NOW)
    other = AlertBook(ledger.engine)
    look(other, settings, NOW)
    assert arrived(receiver) == [("run-failed", "raised", 1)]


def test_a_channel_taken_out_of_the_settings_is_not_waited_for(
    book: AlertBook, settings: Settings, receiver: Received
) -> None:
    book.signal(AlertKind.RUN_FAILED, "run-1", now=NOW)
    receiver.answer = 500
    look(book, settings, NOW)
    without = settings.model_copy(update={"alert_webhook_url": None})
    look(book, without, NOW + MINUTE)
    assert "undelivered" not in {one.kind for one in look(book, without, NOW + 2 * MINUTE).conditions}


def test_a_database_that_does_not_answer_is_told_of_from_outside(settings: Settings, receiver: Received) -> None:
    gone = open_ledger("postgresql+psycopg2://nobody@127.0.0.1:1/gone")
    watchman = Watchman(AlertBook(gone.engine), open_channels(settings), settings)
    watchman.look(now=NOW)
    watchman.look(now=NOW + MINUTE)
    assert arrived(receiver) == [("ledger-unreachable", "raised", 1)]
    gone.close()


def test_an_outage_is_told_once_by_watchmen_that_are_started_anew(settings: Settings, receiver: Received) -> None:
    for minute in range(3):
        Watchman(None, open_channels(settings), settings).look(now=NOW + minute * MINUTE)
    assert arrived(receiver) == [("ledger-unreachable", "raised", 1)]


def test_an_outage_that_a_channel_did_not_take_is_told_to_it_again(settings: Settings, receiver: Received) -> None:
    receiver.answer = 500
    watchman = Watchman(None, open_channels(settings), settings)
    assert set(watchman.look(now=NOW).failures) == {"webhook"}
    receiver.answer = 200
    assert watchman.look(now=NOW + MINUTE).failures == {}
    assert arrived(receiver) == [("ledger-unreachable", "raised", 1)]


def test_a_process_that_was_started_again_is_told_of(book: AlertBook, settings: Settings, receiver: Received) -> None:
    all_tick(book, NOW)
    watchman = Watchman(book, open_channels(settings), settings)
    watchman.note_ended("daemon")
    watchman.look(now=NOW)
    assert json.loads(receiver.bodies[0])["samples"] == ["daemon"]
    assert arrived(receiver) == [("service-ended", "raised", 1)]


def test_documents_that_settle_unread_one_after_the_other_are_told_of(
    ledger: Ledger, book: AlertBook, settings: Settings, receiver: Received
) -> None:
    for number in range(5):
        settle_unread(ledger, upload(ledger, f"{number}.pdf", NOW), NOW + number * MINUTE)
        if number < 4:
            look(book, settings, NOW + number * MINUTE)
            assert arrived(receiver) == []
    look(book, settings, NOW + 5 * MINUTE)
    assert arrived(receiver) == [("nothing-read", "raised", 5)]


def test_a_beat_from_the_future_is_no_sign_of_life(book: AlertBook, settings: Settings, receiver: Received) -> None:
    look(book, settings, NOW + 60 * MINUTE)
    look(book, settings, NOW, ticking=False)
    assert arrived(receiver) == [("daemon-silent", "raised", len(SENSORS))]


def test_the_return_of_the_database_is_told_of(
    ledger: Ledger, settings: Settings, receiver: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = open_ledger("postgresql+psycopg2://nobody@127.0.0.1:1/gone")
    book = AlertBook(gone.engine)
    watchman = Watchman(book, open_channels(settings), settings)
    watchman.look(now=NOW)
    monkeypatch.setattr(book, "_engine", ledger.engine)
    all_tick(AlertBook(ledger.engine), NOW)
    watchman.look(now=NOW + MINUTE)
    assert [kind for kind, _, _ in arrived(receiver)] == ["ledger-unreachable", "ledger-unreachable"]
    gone.close()


def report(ledger: Ledger, at: datetime, *, findings: int, repairs: int) -> None:
    statement = (
        "INSERT INTO reconciliation_reports (document_count, finding_count, repair_count, findings, started_at, "
        "finished_at) VALUES (1, :findings, :repairs, '{}', :at, :at)"
    )
    with ledger.engine.begin() as connection:
        connection.execute(text(statement), {"findings": findings, "repairs": repairs, "at": at})


def canary(ledger: Ledger, at: datetime, *, is_passed: bool, judged_at: datetime | None = None) -> None:
    statement = (
        "INSERT INTO canary_results (is_passed, differences, started_at, finished_at) "
        "VALUES (:is_passed, '[]', :at, :judged_at)"
    )
    with ledger.engine.begin() as connection:
        connection.execute(text(statement), {"is_passed": is_passed, "at": at, "judged_at": judged_at or at})
