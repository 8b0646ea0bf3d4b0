"""The `alerts` sensor tells of trouble, shows it in Dagster, and does not cry wolf when the daemon comes up."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
from sqlalchemy import text

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.assets.alerts import ALERTS, ALL_WELL, DELIVERED, alerts_asset
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.sensors.alerts import alerts
from credmate_pipeline.ledger.alert_book import AlertBook
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline_tests.alerts.servers import Received, web_server
from credmate_pipeline_tests.alerts.ticking import all_tick


@pytest.fixture
def receiver(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Received]:
    with web_server() as received:
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("CREDMATE_HOME", str(tmp_path))
        monkeypatch.setenv("CREDMATE_ALERT_SLACK_URL", received.url)
        yield received


@pytest.fixture
def book(ledger: Ledger) -> AlertBook:
    return AlertBook(ledger.engine)


def tick() -> dg.SensorResult | dg.SkipReason:
    with dg.build_sensor_context(definitions=defs) as context:
        result = alerts(context, pipeline=PipelineGateways())
    assert isinstance(result, dg.SensorResult | dg.SkipReason)
    return result


def passed(result: dg.SensorResult | dg.SkipReason) -> dict[str, bool]:
    assert isinstance(result, dg.SensorResult)
    events = [event for event in result.asset_events or [] if isinstance(event, dg.AssetCheckEvaluation)]
    return {event.check_name: event.passed for event in events}


def test_trouble_is_sent_and_shown_at_once_and_not_again(receiver: Received, book: AlertBook) -> None:
    all_tick(book, datetime.now(UTC))
    book.signal(AlertKind.RUN_FAILED, "run-1", now=datetime.now(UTC))
    assert passed(tick()) == {ALL_WELL: False, DELIVERED: True}
    assert b"run-failed (1), new" in receiver.bodies[0]
    assert isinstance(tick(), dg.SkipReason)
    assert len(receiver.bodies) == 1


def test_the_end_of_trouble_is_shown_too(receiver: Received, book: AlertBook, ledger: Ledger) -> None:
    all_tick(book, datetime.now(UTC))
    book.signal(AlertKind.RUN_FAILED, "run-1", now=datetime.now(UTC))
    tick()
    with ledger.engine.begin() as connection:
        connection.execute(text("DELETE FROM alert_signals"))
    assert passed(tick()) == {ALL_WELL: True, DELIVERED: True}
    assert b"over" in receiver.bodies[1]


def test_an_alert_nobody_took_shows_in_dagster_every_tick(receiver: Received, book: AlertBook) -> None:
    all_tick(book, datetime.now(UTC))
    book.signal(AlertKind.RUN_FAILED, "run-1", now=datetime.now(UTC))
    receiver.answer = 500
    for _ in range(2):
        assert passed(tick())[DELIVERED] is False


def test_a_daemon_that_comes_up_gives_the_other_sensors_time_to_tick(receiver: Received, book: AlertBook) -> None:
    assert isinstance(tick(), dg.SkipReason)
    assert receiver.bodies == []
    assert passed(tick())[ALL_WELL] is False
    assert b"daemon-silent" in receiver.bodies[0]


def test_a_channel_set_wrongly_stops_the_tick_with_the_settings_name(
    receiver: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDMATE_ALERT_SLACK_URL", "hooks.example.org")
    with pytest.raises(Exception, match="CREDMATE_ALERT_SLACK_URL"):
        tick()


def test_materializing_alerts_looks_and_sends_nothing(receiver: Received, book: AlertBook) -> None:
    all_tick(book, datetime.now(UTC))
    book.signal(AlertKind.RUN_FAILED, "run-1", now=datetime.now(UTC))
    result = dg.materialize([alerts_asset], resources={"pipeline": PipelineGateways()})
    evaluations = {one.check_name: one.passed for one in result.get_asset_check_evaluations()}
    assert evaluations == {ALL_WELL: False, DELIVERED: True}
    [made] = result.asset_materializations_for_node(ALERTS.path[-1])
    assert "run-failed" in str(made.metadata["report"].value)
    assert receiver.bodies == []
