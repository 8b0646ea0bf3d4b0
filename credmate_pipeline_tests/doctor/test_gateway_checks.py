"""Storage, database, engines, clocks, alerts and canary: each broken, and the doctor's line seen to fail."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from credmate_pipeline.alerts.channels import open_channels
from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.alerts.digest import Message, Occasion
from credmate_pipeline.doctor.check import Check, Verdict
from credmate_pipeline.doctor.gateway_checks import (
    Patient,
    condition_checks,
    database_checks,
    engine_checks,
    server,
    storage_checks,
)
from credmate_pipeline.doctor.report import examine
from credmate_pipeline.gateways import open_uploads
from credmate_pipeline.ledger.alert_book import AlertBook
from credmate_pipeline.ledger.ledger import Ledger, open_ledger
from credmate_pipeline.settings import Settings
from credmate_pipeline.uploads.s3 import S3Client
from credmate_pipeline.uploads.sqs import open_sqs_client
from credmate_pipeline_tests.alerts.ticking import all_tick

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A local environment that is well."""
    (tmp_path / "uploads/documents").mkdir(parents=True)
    return Settings(home=tmp_path, webserver_url=NOWHERE, uploads="local", canary_minutes=None)


@pytest.fixture
def in_s3(s3_client: S3Client, bucket: str, s3_endpoint: str, settings: Settings) -> Settings:
    """The same with its bytes in a bucket."""
    assert s3_client is not None
    return settings.model_copy(update={"uploads": "s3", "s3_bucket": bucket, "s3_endpoint_url": s3_endpoint})


def patient(settings: Settings, *, later: timedelta = timedelta(0)) -> Patient:
    def none() -> Ledger:
        raise AssertionError("not asked for")

    return Patient(settings, none, lambda: datetime.now(UTC) + later)


def line(checks: Iterator[Check], name: str) -> tuple[Verdict, str]:
    found = {one.name: one for one in checks}[name]
    return found.verdict, found.message


def storage_line(settings: Settings, name: str, *, later: timedelta = timedelta(0)) -> tuple[Verdict, str]:
    return line(storage_checks(patient(settings, later=later)), name)


def test_storage_that_is_well_is_listed_written_read_and_deleted(settings: Settings, in_s3: Settings) -> None:
    for one in (settings, in_s3):
        assert storage_line(one, "uploads")[0] is Verdict.WELL
        assert storage_line(one, "artifacts") == (Verdict.WELL, "Written, read and deleted.")
    assert storage_line(in_s3, "clock of the store")[0] is Verdict.WELL
    assert list(settings.artifacts_folder.rglob("*written")) == []
    assert list(open_uploads(in_s3).list_all()) == []


def test_uploads_that_are_gone_are_a_wrong_line(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "uploads/documents").rmdir()
    verdict, message = storage_line(settings, "uploads")
    assert verdict is Verdict.WRONG
    assert "CREDMATE_UPLOADS_DIR" in message


def test_artifacts_that_cannot_be_written_are_a_wrong_line(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "artifacts").write_text("a file where the folder should be")
    assert storage_line(settings, "artifacts")[0] is Verdict.WRONG


@pytest.mark.parametrize("name", ["uploads", "artifacts", "clock of the store"])
def test_a_bucket_that_is_not_there_is_a_wrong_line(in_s3: Settings, name: str) -> None:
    verdict, message = storage_line(in_s3.model_copy(update={"s3_bucket": "nowhere"}), name)
    assert verdict is Verdict.WRONG
    assert "CREDMATE_S3_BUCKET=nowhere" in message


def test_a_clock_that_runs_ahead_is_a_wrong_line(in_s3: Settings, ledger: Ledger) -> None:
    ahead = timedelta(minutes=10)
    assert storage_line(in_s3, "clock of the store", later=ahead)[0] is Verdict.WRONG
    verdict, message = line(database_checks(patient(in_s3, later=ahead), ledger), "clock of the database")
    assert verdict is Verdict.WRONG
    assert "600 s apart" in message


def test_a_queue_is_well_with_a_dead_letter_queue_doubtful_without_and_wrong_where_it_is_missing(
    in_s3: Settings, s3_endpoint: str
) -> None:
    assert storage_line(in_s3, "upload notices")[0] is Verdict.NOT_ASKED
    sqs = open_sqs_client("us-east-1", s3_endpoint)
    url = sqs.create_queue(QueueName=f"q-{uuid4().hex[:8]}")["QueueUrl"]
    queued = in_s3.model_copy(update={"sqs_queue_url": url, "sqs_endpoint_url": s3_endpoint})
    assert storage_line(queued, "upload notices")[0] is Verdict.DOUBTFUL
    gone = queued.model_copy(update={"sqs_queue_url": url + "-gone"})
    assert storage_line(gone, "upload notices")[0] is Verdict.WRONG
    sqs.close()


def test_a_database_that_is_well_is_two_good_lines(settings: Settings, ledger: Ledger) -> None:
    checks = list(database_checks(patient(settings), ledger))
    assert [one.verdict for one in checks] == [Verdict.WELL] * 3


def test_a_ledger_at_another_revision_is_a_wrong_line(settings: Settings, ledger: Ledger) -> None:
    with ledger.engine.begin() as connection:
        connection.execute(text("UPDATE credmate_version SET version_num = '0001'"))
    verdict, message = line(database_checks(patient(settings), ledger), "migrations")
    assert verdict is Verdict.WRONG
    assert "credmate migrate" in message


def test_a_server_that_is_too_old_is_a_wrong_line() -> None:
    assert server(140005) == (Verdict.WRONG, "PostgreSQL 14.5 is too old; 15 is needed.")


def test_a_database_that_does_not_answer_is_a_wrong_line_and_nothing_of_it_is_good(settings: Settings) -> None:
    dead = "postgresql://credmate:hunter2@127.0.0.1:9/credmate"
    report = examine(Patient(settings, lambda: open_ledger(dead)), env_file=Path("none"))
    by_name = {one.name: one for one in report.checks}
    assert by_name["database"].verdict is Verdict.WRONG
    assert {by_name[name].verdict for name in ("migrations", "canary", "alerts")} == {Verdict.NOT_ASKED}
    assert not report.is_well
    assert "hunter2" not in str(report.as_json())


def test_missing_language_data_is_a_wrong_line(settings: Settings) -> None:
    assert line(engine_checks(settings, None), "tesseract")[0] is Verdict.WELL
    verdict, message = line(engine_checks(settings.model_copy(update={"ocr_language": "eng+xxx"}), None), "tesseract")
    assert verdict is Verdict.WRONG
    assert "no data for xxx" in message


def test_a_second_engine_that_is_asked_for_must_be_installed(settings: Settings) -> None:
    assert line(engine_checks(settings, None), "second engine")[0] is Verdict.NOT_ASKED
    asked = settings.model_copy(update={"second_engine": "rapidocr"})
    is_there = find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None
    expected = Verdict.WELL if is_there else Verdict.WRONG
    assert line(engine_checks(asked, None), "second engine")[0] is expected


def test_engines_of_the_cloud_are_reached_only_where_they_are_asked_for(
    settings: Settings, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "engines of the cloud"
    assert line(engine_checks(settings, ledger), name)[0] is Verdict.NOT_ASKED
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, "testing")
    asked = settings.model_copy(update={"ocr_engine": "textract", "textract_endpoint_url": NOWHERE})
    verdict, message = line(engine_checks(asked, ledger), name)
    assert verdict is Verdict.WRONG
    assert "Textract" in message
    assert line(engine_checks(asked, None), name)[0] is Verdict.NOT_ASKED


def condition_line(settings: Settings, ledger: Ledger, name: str) -> tuple[Verdict, str]:
    return line(condition_checks(patient(settings), ledger), name)


def test_sensors_that_do_not_tick_are_a_wrong_line(settings: Settings, ledger: Ledger) -> None:
    verdict, message = condition_line(settings, ledger, "conditions")
    assert verdict is Verdict.WRONG
    assert "daemon-silent" in message
    all_tick(AlertBook(ledger.engine), datetime.now(UTC))
    assert condition_line(settings, ledger, "conditions")[0] is Verdict.WELL


def test_a_canary_that_failed_is_a_wrong_line_and_none_at_all_a_doubtful_one(
    settings: Settings, ledger: Ledger
) -> None:
    assert condition_line(settings, ledger, "canary")[0] is Verdict.DOUBTFUL
    insert = (
        "INSERT INTO canary_results (is_passed, differences, started_at, finished_at) "
        "VALUES (:passed, :differences, now() - interval '1 minute', now())"
    )
    for passed, differences, verdict in ((True, [], Verdict.WELL), (False, ["issuer differs"], Verdict.WRONG)):
        with ledger.engine.begin() as connection:
            connection.execute(text(insert), {"passed": passed, "differences": json.dumps(differences)})
        assert condition_line(settings, ledger, "canary")[0] is verdict


def test_alerts_nobody_takes_are_a_wrong_line_and_no_channel_a_doubtful_one(settings: Settings, ledger: Ledger) -> None:
    assert condition_line(settings, ledger, "alerts")[0] is Verdict.DOUBTFUL
    dead = settings.model_copy(update={"alert_webhook_url": SecretStr(NOWHERE), "alert_webhook_secret": SecretStr("s")})
    assert condition_line(dead, ledger, "alerts")[0] is Verdict.DOUBTFUL
    book, channels, now = AlertBook(ledger.engine), open_channels(dead), datetime.now(UTC)
    book.say(Message(AlertKind.TEST, Occasion.TEST, 0, (), None, now), [channel.name for channel in channels])
    book.deliver(channels, now=now)
    verdict, message = condition_line(dead, ledger, "alerts")
    assert verdict is Verdict.WRONG
    assert "credmate alerts list" in message
