"""The way to AWS's paid services: clients that give up in time, and their errors as ours. S3, SQS and SNS have their
own; `making_client` is for all.

Nothing an answer quotes comes into a message: services repeat what they were sent.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    InvalidRegionError,
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
_PROFILE_SETTINGS = ("AWS_DEFAULT_PROFILE", "AWS_PROFILE")
"""In the order in which botocore looks at them."""
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
    with making_client(f"{setting}={endpoint_url or ''} or the region {region}"):
        return boto3.Session().client(service, region_name=region, endpoint_url=endpoint_url, config=config)


@contextmanager
def making_client(address: str) -> Iterator[None]:
    """Raises ConfigurationError where no client can be made: of a profile, or of `address`, the settings that give it
    with their values."""
    try:
        yield
    except ProfileNotFound as error:
        profile = str(error.kwargs["profile"])
        setting = next((name for name in _PROFILE_SETTINGS if os.environ.get(name) == profile), "AWS_PROFILE")
        raise ConfigurationError(f"{setting}={profile} is no profile there is; correct or unset it.") from error
    except (ValueError, InvalidRegionError) as error:
        raise ConfigurationError(f"{address} cannot be used: no such address.") from error


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
