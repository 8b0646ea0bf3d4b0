"""Alerts to an Amazon SNS topic."""

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from credmate_pipeline.alerts.channel import SEND_SECONDS, DeliveryFailed
from credmate_pipeline.alerts.digest import Message
from credmate_pipeline.aws import making_client
from credmate_pipeline.shared_clients import shared

_SnsClient = Any
"""boto3 makes its clients' classes at run time."""
_MOST_SUBJECT_CHARACTERS = 100
"""SNS refuses longer subjects."""


@shared
def _client(region: str, endpoint_url: str | None) -> _SnsClient:
    config = Config(connect_timeout=SEND_SECONDS, read_timeout=SEND_SECONDS, retries={"total_max_attempts": 2})
    with making_client(f"CREDMATE_ALERT_SNS_ENDPOINT_URL={endpoint_url or ''} or CREDMATE_S3_REGION={region}"):
        return boto3.Session().client("sns", region_name=region, endpoint_url=endpoint_url, config=config)


class SnsTopic:
    """A topic; who subscribes to it is configured in AWS."""

    name = "sns"

    def __init__(self, arn: str, *, region: str, endpoint_url: str | None = None) -> None:
        self._arn = arn
        self._client = _client(region, endpoint_url)

    def send(self, message: Message) -> None:
        """Publishes the message to the topic."""
        subject = message.title[:_MOST_SUBJECT_CHARACTERS]
        try:
            self._client.publish(TopicArn=self._arn, Subject=subject, Message=message.text)
        except ClientError as error:
            raise DeliveryFailed(f"SNS refused it ({error.response['Error']['Code']}).") from error
        except BotoCoreError as error:
            raise DeliveryFailed(f"SNS did not answer ({type(error).__name__}).") from error
