"""Uploads told of by a real SQS endpoint: repeated, late, overtaken, faulty, and a process that dies in between."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.alerts.watch import Patience, conditions
from credmate_pipeline.errors import ConfigurationError, StorageUnavailable
from credmate_pipeline.gateways import Gateways, NoticeGateway, open_notices, open_uploads
from credmate_pipeline.intake import take_in, take_in_notices
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.settings import Settings
from credmate_pipeline.uploads.local_artifacts import LocalArtifacts
from credmate_pipeline.uploads.notices import Notice
from credmate_pipeline.uploads.s3 import S3Client, S3Uploads
from credmate_pipeline.uploads.sqs import SqsNotices, open_sqs_client

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
DELIVERIES = 2
WITH_TEST_EVENT = 2  # S3 itself sends a test event when it is told of the queue.


@dataclass(frozen=True)
class Intake:
    """A bucket that tells a queue of new objects, and the ledger they go into."""

    s3: S3Client
    sqs: Any
    bucket: str
    queue_url: str
    dead_url: str
    gateways: Gateways

    def put(self, key: str, content: bytes = b"x") -> None:
        self.s3.put_object(Bucket=self.bucket, Key=key, Body=content)

    def say(self, body: str) -> None:
        self.sqs.send_message(QueueUrl=self.queue_url, MessageBody=body)

    def say_stored(self, key: str) -> None:
        told = {"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": self.bucket}, "object": {"key": key}}}
        self.say(json.dumps({"Records": [told]}))

    def waiting(self) -> int:
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        told = self.sqs.get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=names)["Attributes"]
        return sum(int(count) for count in told.values())

    def take(self, *, hidden_seconds: int = 30) -> int:
        queue = SqsNotices(self.sqs, self.queue_url, hidden_seconds=hidden_seconds, wait_seconds=0)
        return take_in_notices(self.gateways, NoticeGateway(queue, self.bucket), now=NOW)

    def registered(self) -> list[tuple[str, int]]:
        found = self.gateways.ledger.documents()
        return sorted((record.upload_key, record.byte_count) for record in found)


@pytest.fixture
def intake(s3_endpoint: str, s3_client: S3Client, bucket: str, ledger: Ledger, tmp_path: Path) -> Iterator[Intake]:
    sqs = open_sqs_client("us-east-1", s3_endpoint)
    dead = sqs.create_queue(QueueName=f"dead-{uuid4().hex[:12]}")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": DELIVERIES})
    queue = sqs.create_queue(QueueName=f"q-{uuid4().hex[:12]}", Attributes={"RedrivePolicy": redrive})["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    s3_client.put_bucket_notification_configuration(
        Bucket=bucket,
        NotificationConfiguration={
            "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]}]
        },
    )
    gateways = Gateways(ledger, S3Uploads(s3_client, bucket), LocalArtifacts(tmp_path / "artifacts"))
    yield Intake(s3_client, sqs, bucket, queue, dead, gateways)
    sqs.close()


def test_an_object_stored_in_the_bucket_is_registered_and_its_message_ended(intake: Intake) -> None:
    intake.put("documents/p1/CME course (1).pdf", b"abc")
    intake.put("artifacts/p1/reading", b"abc")
    intake.take()
    assert intake.registered() == [("documents/p1/CME course (1).pdf", 3)]
    assert intake.waiting() == 0


def test_a_notice_delivered_twice_registers_one_document(intake: Intake) -> None:
    intake.put("documents/p1/a.pdf")
    intake.say_stored("documents/p1/a.pdf")
    intake.say_stored("documents/p1/a.pdf")
    intake.take()
    intake.say_stored("documents/p1/a.pdf")
    intake.take()
    assert intake.registered() == [("documents/p1/a.pdf", 1)]
    assert intake.waiting() == 0


def test_an_old_notice_of_an_overwritten_object_does_not_register_the_lost_version(intake: Intake) -> None:
    intake.put("documents/p1/a.pdf", b"first")
    intake.put("documents/p1/a.pdf", b"second one")
    intake.take()
    intake.say_stored("documents/p1/a.pdf")
    intake.take()
    assert intake.registered() == [("documents/p1/a.pdf", 10)]


def test_a_version_registered_before_it_was_overwritten_stays_a_document_of_its_own(intake: Intake) -> None:
    intake.put("documents/p1/a.pdf", b"first")
    intake.take()
    intake.put("documents/p1/a.pdf", b"second one")
    intake.take()
    assert intake.registered() == [("documents/p1/a.pdf", 5), ("documents/p1/a.pdf", 10)]


def test_a_notice_of_an_object_deleted_since_is_ended_without_a_document(intake: Intake) -> None:
    intake.put("documents/p1/a.pdf")
    intake.s3.delete_object(Bucket=intake.bucket, Key="documents/p1/a.pdf")
    intake.take()
    assert (intake.registered(), intake.waiting()) == ([], 0)


class DyingQueue(SqsNotices):
    """The process ends after the uploads are registered and before their messages are deleted."""

    def delete(self, notices: object) -> None:
        raise KeyboardInterrupt


def test_a_process_that_dies_before_it_deletes_repeats_harmlessly(intake: Intake) -> None:
    intake.put("documents/p1/a.pdf")
    dying = NoticeGateway(DyingQueue(intake.sqs, intake.queue_url, hidden_seconds=0, wait_seconds=0), intake.bucket)
    with pytest.raises(KeyboardInterrupt):
        take_in_notices(intake.gateways, dying, now=NOW)
    assert (intake.registered(), intake.waiting()) == ([("documents/p1/a.pdf", 1)], WITH_TEST_EVENT)
    intake.take()
    assert (intake.registered(), intake.waiting()) == ([("documents/p1/a.pdf", 1)], 0)


def test_a_message_is_kept_where_its_upload_could_not_be_registered(intake: Intake, ledger: Ledger) -> None:
    intake.put("documents/p1/a.pdf")
    elsewhere = Settings(uploads="s3", s3_bucket=intake.bucket, s3_endpoint_url="http://127.0.0.1:9")
    broken = replace(intake.gateways, uploads=open_uploads(elsewhere))
    queue = NoticeGateway(SqsNotices(intake.sqs, intake.queue_url, hidden_seconds=0, wait_seconds=0), intake.bucket)
    with pytest.raises(StorageUnavailable):
        take_in_notices(broken, queue, now=NOW)
    assert intake.waiting() == WITH_TEST_EVENT


def test_faulty_messages_are_counted_and_end_in_the_dead_letter_queue_while_others_go_on(intake: Intake) -> None:
    intake.say("this is no notice")
    intake.put("documents/p1/a.pdf")
    # Hidden for no time at all, the faulty message comes again until the queue puts it aside.
    intake.take(hidden_seconds=0)
    dead = intake.sqs.receive_message(QueueUrl=intake.dead_url)["Messages"]
    assert [message["Body"] for message in dead] == ["this is no notice"]
    assert (intake.registered(), intake.waiting()) == ([("documents/p1/a.pdf", 1)], 0)
    minute = timedelta(minutes=1)
    observed = intake.gateways.alerts.observe(
        now=NOW + minute, patience=minute, backlog=minute, window=minute * 60, canary_expected=False
    )
    assert observed.faulty_notices.count == DELIVERIES
    told = conditions(observed, now=NOW + minute, patience=Patience(minute, minute))
    assert AlertKind.FAULTY_NOTICE in {condition.kind for condition in told}


def test_with_a_queue_the_bucket_is_still_listed_but_seldom(intake: Intake, s3_endpoint: str) -> None:
    settings = settings_of(intake, s3_endpoint)
    gateways = replace(intake.gateways, uploads=open_uploads(settings))
    intake.put("documents/p1/a.pdf")
    intake.sqs.purge_queue(QueueUrl=intake.queue_url)
    cursor = take_in(gateways, None, now=NOW)
    assert intake.registered() == [("documents/p1/a.pdf", 1)]
    intake.put("documents/p1/b.pdf")
    assert gateways.uploads.list_new(cursor, at_most=10).uploads == ()
    often = settings.model_copy(update={"listing_minutes": 1e-9})
    listing = open_uploads(often).list_new(cursor, at_most=10)
    assert [upload.key for upload in listing.uploads] == ["documents/p1/b.pdf"]


def test_settings_open_the_queue_and_one_tick_takes_from_it(intake: Intake, s3_endpoint: str) -> None:
    settings = settings_of(intake, s3_endpoint)
    gateways = replace(intake.gateways, uploads=open_uploads(settings), notices=open_notices(settings))
    cursor = take_in(gateways, None, now=NOW)
    intake.put("documents/p1/b.pdf")
    assert take_in(gateways, cursor, now=NOW) == cursor
    assert intake.registered() == [("documents/p1/b.pdf", 1)]


def settings_of(intake: Intake, endpoint: str) -> Settings:
    return Settings(
        uploads="s3",
        s3_bucket=intake.bucket,
        s3_endpoint_url=endpoint,
        sqs_queue_url=intake.queue_url,
        sqs_endpoint_url=endpoint,
    )


def test_a_queue_beside_a_local_folder_is_a_wrong_setting() -> None:
    with pytest.raises(ConfigurationError, match="CREDMATE_UPLOADS is local"):
        open_notices(Settings(uploads="local", sqs_queue_url="https://sqs.us-east-1.amazonaws.com/1/q"))


def test_an_endpoint_that_is_no_address_is_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with pytest.raises(ConfigurationError, match="CREDMATE_SQS_ENDPOINT_URL=nowhere"):
        open_sqs_client("us-east-1", "nowhere")


def test_a_missing_queue_is_a_wrong_setting_by_its_name(intake: Intake) -> None:
    queue = SqsNotices(intake.sqs, intake.queue_url + "-gone")
    for use in (queue.receive, queue.waiting_count, lambda: queue.delete([Notice("m", "r", "")])):
        with pytest.raises(ConfigurationError, match="-gone does not exist"):
            use()


def test_a_queue_that_does_not_answer_is_unavailable_and_not_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    client = open_sqs_client("us-east-1", "http://127.0.0.1:9")
    with pytest.raises(StorageUnavailable, match="CREDMATE_SQS_ENDPOINT_URL"):
        SqsNotices(client, "http://127.0.0.1:9/123456789012/q").receive()
