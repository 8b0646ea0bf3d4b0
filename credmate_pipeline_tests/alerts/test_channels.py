"""Each channel delivers to a real receiver, and says so where it cannot."""

import hashlib
import hmac
import json
import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes

import boto3
import pytest
from pydantic import SecretStr

from credmate_pipeline.alerts.channel import DeliveryFailed
from credmate_pipeline.alerts.channels import open_channels
from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.alerts.digest import Message, Occasion
from credmate_pipeline.alerts.email import Email
from credmate_pipeline.alerts.log_line import LogLine
from credmate_pipeline.alerts.sns import SnsTopic
from credmate_pipeline.alerts.webhooks import Slack, Webhook
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.settings import Settings
from credmate_pipeline_tests.alerts.servers import mail_server, web_server
from credmate_pipeline_tests.aws import aws_services

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
MESSAGE = Message(AlertKind.DOCUMENT_FAILED, Occasion.RAISED, 3, ("an-id",), NOW, NOW)


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


@pytest.fixture(scope="module")
def aws() -> Iterator[str]:
    with aws_services() as address:
        yield address


def nobody_listens() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_mail_reaches_every_recipient() -> None:
    with mail_server() as received:
        Email(received.url, "pipeline@example.org", ("one@example.org", "two@example.org")).send(MESSAGE)
    [body] = received.bodies
    mail = message_from_bytes(body)
    assert mail["To"] == "one@example.org, two@example.org"
    assert mail["Subject"] == MESSAGE.title
    assert "an-id" in str(mail.get_payload())


def test_mail_to_a_refused_recipient_is_a_failed_delivery() -> None:
    with mail_server(refuses="two@") as received, pytest.raises(DeliveryFailed, match="refused 1 of 2"):
        Email(received.url, "pipeline@example.org", ("one@example.org", "two@example.org")).send(MESSAGE)


def test_a_mail_server_that_is_down_is_a_failed_delivery_without_its_address() -> None:
    with pytest.raises(DeliveryFailed, match="did not take it") as failure:
        Email(f"smtp://user:secret@127.0.0.1:{nobody_listens()}", "a@example.org", ("b@example.org",)).send(MESSAGE)
    assert "secret" not in str(failure.value)


def test_slack_gets_title_and_text() -> None:
    with web_server() as received:
        Slack(received.url).send(MESSAGE)
    assert MESSAGE.title in json.loads(received.bodies[0])["text"]


def test_a_receiver_can_check_that_a_webhook_is_ours_and_unaltered() -> None:
    with web_server() as received:
        Webhook(received.url, "shared secret").send(MESSAGE)
    [body], [headers] = received.bodies, received.headers
    signed = headers["X-Credmate-Timestamp"].encode() + b"." + body
    expected = hmac.new(b"shared secret", signed, hashlib.sha256).hexdigest()
    assert headers["X-Credmate-Signature"] == f"sha256={expected}"
    assert json.loads(body)["samples"] == ["an-id"]


def test_a_receiver_that_answers_with_an_error_is_a_failed_delivery() -> None:
    with web_server() as received:
        received.answer = 503
        with pytest.raises(DeliveryFailed, match="answered 503"):
            Slack(received.url).send(MESSAGE)


def test_a_receiver_that_is_down_is_a_failed_delivery_without_its_secret_address() -> None:
    with pytest.raises(DeliveryFailed, match="did not answer") as failure:
        Slack(f"http://127.0.0.1:{nobody_listens()}/services/secret").send(MESSAGE)
    assert "secret" not in str(failure.value)


def test_a_topic_passes_the_message_to_its_subscribers(aws: str) -> None:
    sns, sqs = (boto3.client(name, region_name="us-east-1", endpoint_url=aws) for name in ("sns", "sqs"))
    topic = sns.create_topic(Name="alerts")["TopicArn"]
    queue = sqs.create_queue(QueueName="subscriber")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    SnsTopic(topic, region="us-east-1", endpoint_url=aws).send(MESSAGE)
    [received] = sqs.receive_message(QueueUrl=queue)["Messages"]
    assert json.loads(received["Body"])["Subject"] == MESSAGE.title
    with pytest.raises(DeliveryFailed, match="SNS refused it"):
        SnsTopic(topic + "-gone", region="us-east-1", endpoint_url=aws).send(MESSAGE)


def test_the_log_is_always_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "credmate_pipeline.alerts"):
        LogLine().send(MESSAGE)
    assert MESSAGE.title in caplog.text


def test_the_settings_name_the_channels() -> None:
    settings = Settings(
        alert_smtp_url=SecretStr("smtps://mail.example.org"),
        alert_email_to="one@example.org, two@example.org",
        alert_slack_url=SecretStr("https://hooks.example.org/x"),
        alert_webhook_url=SecretStr("https://example.org/hook"),
        alert_webhook_secret=SecretStr("secret"),
        alert_sns_topic_arn="arn:aws:sns:us-east-1:123456789012:alerts",
    )
    assert [channel.name for channel in open_channels(settings)] == ["log", "email", "slack", "webhook", "sns"]
    assert [channel.name for channel in open_channels(Settings())] == ["log"]


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        (Settings(alert_smtp_url=SecretStr("smtp://mail")), "CREDMATE_ALERT_EMAIL_TO"),
        (Settings(alert_smtp_url=SecretStr("mail:25"), alert_email_to="a@b.c"), "CREDMATE_ALERT_SMTP_URL"),
        (Settings(alert_slack_url=SecretStr("hooks.slack.com/x")), "CREDMATE_ALERT_SLACK_URL"),
        (Settings(alert_webhook_url=SecretStr("https://x.org")), "CREDMATE_ALERT_WEBHOOK_SECRET"),
        (
            Settings(alert_sns_topic_arn="arn:aws:sns:us-east-1:1:alerts", alert_sns_endpoint_url="nowhere"),
            "CREDMATE_ALERT_SNS_ENDPOINT_URL=nowhere",
        ),
    ],
)
def test_a_wrong_setting_is_named(settings: Settings, names: str) -> None:
    with pytest.raises(ConfigurationError, match=names):
        open_channels(settings)
