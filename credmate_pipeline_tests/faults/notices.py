"""A queue that tells of uploads as S3 does."""

import json
from collections.abc import Sequence
from contextlib import closing
from urllib.parse import quote_plus

import boto3
import pytest

from credmate_pipeline_tests.faults.storage import KEYS, Storage


def queue_of(storage: Storage) -> str:
    """A new queue on the storage's server; returns its address."""
    with closing(_client(storage)) as client:
        return str(client.create_queue(QueueName="uploads")["QueueUrl"])


def tell(storage: Storage, queue_url: str, bucket: str, keys: Sequence[str]) -> None:
    """One notice a key, in the order given."""
    with closing(_client(storage)) as client:
        for key in keys:
            place = {"bucket": {"name": bucket}, "object": {"key": quote_plus(key, safe="/")}}
            record = {"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": place}
            client.send_message(QueueUrl=queue_url, MessageBody=json.dumps({"Records": [record]}))


def waiting_count(storage: Storage, queue_url: str) -> int:
    """Notices that nobody has taken for good."""
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    with closing(_client(storage)) as client:
        counted = client.get_queue_attributes(QueueUrl=queue_url, AttributeNames=names)["Attributes"]
    return sum(int(counted[name]) for name in names)


def _client(storage: Storage):  # boto3 makes its clients' classes at run time
    with pytest.MonkeyPatch.context() as patch:
        for setting, value in KEYS.items():
            patch.setenv(setting, value)
        return boto3.client("sqs", region_name="us-east-1", endpoint_url=storage.server_url)
