"""The way to AWS's paid services: clients that give up in time, and their errors as ours. S3 and SNS have their own.

Nothing an answer quotes comes into a message: services repeat what they were sent.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
)

from credmate_pipeline.errors import ConfigurationError, EngineFailure

AwsClient = Any
"""boto3 makes its clients' classes at run time."""

THROTTLED = frozenset(
    {
        "LimitExceededException",
        "ModelNotReadyException",
        "ProvisionedThroughputExceededException",
        "ServiceUnavailableException",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
"""Codes of answers that ask to come again later; such a call is not paid for."""
_CONNECT_SECONDS = 5
_REFUSED = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "ExpiredTokenException",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "UnrecognizedClientException",
    }
)
_WHILE_PARSING = (AttributeError, KeyError, TypeError, ValueError)
"""What botocore's parsers raise on JSON of another shape."""


class AwsError(Exception):
    """A service answered with an error of its own; `code` is the service's name for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def open_client(
    service: str, *, region: str, endpoint_url: str | None, setting: str, read_seconds: float, attempts: int
) -> AwsClient:
    """A client that tries `attempts` times, waiting longer and by chance in between; connects on first use.

    `setting` is the one that names the endpoint. Raises ConfigurationError where no client can be made of this.
    """
    config = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=read_seconds,
        retries={"mode": "standard", "total_max_attempts": attempts},
    )
    try:
        return boto3.Session().client(service, region_name=region, endpoint_url=endpoint_url, config=config)
    except ProfileNotFound as error:
        raise ConfigurationError("AWS_PROFILE names a profile that does not exist; correct or unset it.") from error
    except ValueError as error:
        raise ConfigurationError(
            f"{setting}={endpoint_url or ''} or the region {region} cannot be used: no such address."
        ) from error


@contextmanager
def translated_calls(service: str) -> Iterator[None]:
    """Raises `AwsError` for what the service answers, EngineFailure where it does not, ConfigurationError where
    nobody is let in. The original is cut off: it may quote the document."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in _REFUSED:
            raise ConfigurationError(
                f"{service} refuses access ({code}); check the AWS credentials and their policy (docs/operations.md)."
            ) from None
        raise AwsError(code) from None
    except (NoCredentialsError, PartialCredentialsError):
        raise ConfigurationError(
            f"No AWS credentials were found for {service}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
            "or give the machine a role."
        ) from None
    except (BotoCoreError, ConnectionError, TimeoutError) as error:
        raise EngineFailure(f"{service} did not answer ({type(error).__name__}).") from None
    except _WHILE_PARSING as error:
        raise EngineFailure(f"{service}'s answer is not what its service model says.") from error
