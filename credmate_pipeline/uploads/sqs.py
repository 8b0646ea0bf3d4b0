"""Notices about uploads from an Amazon SQS queue. What they say is read in `notices`.

A message that is not deleted comes again once its hiding time is over, and after as many times as the queue's
redrive policy says it goes to the dead-letter queue.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

from credmate_pipeline.aws import making_client
from credmate_pipeline.errors import ConfigurationError, StorageUnavailable
from credmate_pipeline.shared_clients import shared
from credmate_pipeline.uploads.notices import Notice

SqsClient = Any
"""boto3 makes its clients' classes at run time."""

_MESSAGES_A_CALL = 10  # SQS hands out and deletes at most so many at once.
# A call that does not wait asks only some of the queue's servers and may miss a message.
WAIT_SECONDS = 1
# Longer than a tick of the sensor may take, so that no message comes twice to one tick.
HIDDEN_SECONDS = 120
_MISSING = frozenset({"AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "404"})
_REFUSED = frozenset({"403", "AccessDenied", "AccessDeniedException", "InvalidClientTokenId", "SignatureDoesNotMatch"})


@shared
def open_sqs_client(region: str, endpoint_url: str | None = None) -> SqsClient:
    """A client that gives up on a silent server within half a minute. Connects on first use."""
    config = Config(connect_timeout=5, read_timeout=20, retries={"mode": "standard", "max_attempts": 3})
    with making_client(f"CREDMATE_SQS_ENDPOINT_URL={endpoint_url or ''} or CREDMATE_S3_REGION={region}"):
        return boto3.Session().client("sqs", region_name=region, endpoint_url=endpoint_url, config=config)


class SqsNotices:
    """`UploadNotices` from the queue at `queue_url`."""

    def __init__(
        self,
        client: SqsClient,
        queue_url: str,
        *,
        hidden_seconds: int = HIDDEN_SECONDS,
        wait_seconds: int = WAIT_SECONDS,
    ) -> None:
        self._client = client
        self._queue_url = queue_url
        self._hidden_seconds = hidden_seconds
        self._wait_seconds = wait_seconds

    def receive(self) -> Sequence[Notice]:
        with self._errors():
            answer = self._client.receive_message(
                QueueUrl=self._queue_url,
                MaxNumberOfMessages=_MESSAGES_A_CALL,
                WaitTimeSeconds=self._wait_seconds,
                VisibilityTimeout=self._hidden_seconds,
            )
        return tuple(
            Notice(message["MessageId"], message["ReceiptHandle"], message["Body"])
            for message in answer.get("Messages", [])
        )

    def delete(self, notices: Sequence[Notice]) -> None:
        """A message that SQS fails to delete comes again, which is harmless."""
        for start in range(0, len(notices), _MESSAGES_A_CALL):
            entries = [
                {"Id": str(number), "ReceiptHandle": notice.receipt}
                for number, notice in enumerate(notices[start : start + _MESSAGES_A_CALL])
            ]
            with self._errors():
                self._client.delete_message_batch(QueueUrl=self._queue_url, Entries=entries)

    def waiting_count(self) -> int:
        """About how many messages wait."""
        return int(self._attribute("ApproximateNumberOfMessages") or 0)

    def has_dead_letter_queue(self) -> bool:
        """Whether faulty messages end somewhere instead of coming again for days."""
        return self._attribute("RedrivePolicy") is not None

    def _attribute(self, name: str) -> str | None:
        with self._errors():
            answer = self._client.get_queue_attributes(QueueUrl=self._queue_url, AttributeNames=[name])
        return answer.get("Attributes", {}).get(name)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            raise self._translated(str(error.response.get("Error", {}).get("Code", ""))) from error
        except (NoCredentialsError, PartialCredentialsError) as error:
            raise ConfigurationError(
                "No AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
                "or give the machine a role."
            ) from error
        except ValueError as error:
            raise ConfigurationError(
                f"CREDMATE_SQS_QUEUE_URL={self._queue_url} is no queue's address; copy it from the queue's page."
            ) from error
        except (BotoCoreError, ConnectionError, TimeoutError) as error:
            raise StorageUnavailable(
                f"SQS did not answer ({type(error).__name__}) for CREDMATE_SQS_QUEUE_URL={self._queue_url}; "
                "check the network and CREDMATE_SQS_ENDPOINT_URL."
            ) from error

    def _translated(self, code: str) -> Exception:
        if code in _MISSING:
            return ConfigurationError(
                f"The queue CREDMATE_SQS_QUEUE_URL={self._queue_url} does not exist; create it or correct the setting."
            )
        if code in _REFUSED:
            return ConfigurationError(
                f"SQS refuses access ({code}) to CREDMATE_SQS_QUEUE_URL={self._queue_url}; "
                "check the credentials and the policy."
            )
        return StorageUnavailable(
            f"SQS answered {code or 'with an error'} for CREDMATE_SQS_QUEUE_URL={self._queue_url}."
        )
