"""Alerts by HTTP: a Slack incoming webhook, and any receiver that checks our signature."""

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from credmate_pipeline.alerts.channel import SEND_SECONDS, DeliveryFailed
from credmate_pipeline.alerts.digest import Message
from credmate_pipeline.errors import ConfigurationError

TIMESTAMP_HEADER = "X-Credmate-Timestamp"
SIGNATURE_HEADER = "X-Credmate-Signature"


@dataclass(frozen=True, slots=True)
class Slack:
    """A Slack incoming webhook; its address is a secret."""

    url: str

    def __post_init__(self) -> None:
        _require_http(self.url, "CREDMATE_ALERT_SLACK_URL")

    @property
    def name(self) -> str:
        return "slack"

    def send(self, message: Message) -> None:
        """Posts title and text."""
        _post(self.url, json.dumps({"text": f"*{message.title}*\n{message.text}"}).encode(), {})


@dataclass(frozen=True, slots=True)
class Webhook:
    """Any receiver. The body is JSON; the signature is `sha256=` and the hex HMAC-SHA256, with the shared secret, of
    the timestamp, a full stop and the body, so that neither can be altered or replayed later."""

    url: str
    secret: str

    def __post_init__(self) -> None:
        _require_http(self.url, "CREDMATE_ALERT_WEBHOOK_URL")
        if not self.secret:
            raise ConfigurationError("CREDMATE_ALERT_WEBHOOK_URL is set; set CREDMATE_ALERT_WEBHOOK_SECRET beside it.")

    @property
    def name(self) -> str:
        return "webhook"

    def send(self, message: Message) -> None:
        """Posts the signed message."""
        body = json.dumps(as_json(message)).encode()
        timestamp = str(int(time.time()))
        _post(
            self.url,
            body,
            {TIMESTAMP_HEADER: timestamp, SIGNATURE_HEADER: signature(self.secret, timestamp=timestamp, body=body)},
        )


def signature(secret: str, *, timestamp: str, body: bytes) -> str:
    """What `X-Credmate-Signature` must be; receivers compute the same and compare."""
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def as_json(message: Message) -> dict[str, Any]:
    """The message as receivers get it."""
    return {
        "kind": message.kind.value,
        "occasion": message.occasion.value,
        "count": message.count,
        "samples": list(message.samples),
        "since": message.since.isoformat() if message.since else None,
        "created_at": message.created_at.isoformat(),
        "title": message.title,
        "text": message.text,
    }


def _require_http(url: str, setting: str) -> None:
    if not url.startswith(("https://", "http://")):
        raise ConfigurationError(f"{setting} must begin with https:// or http://.")


def _post(url: str, body: bytes, headers: dict[str, str]) -> None:
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json", **headers})  # noqa: S310  # the scheme was checked
    try:
        with urllib.request.urlopen(request, timeout=SEND_SECONDS):  # noqa: S310
            return
    except urllib.error.HTTPError as error:
        with error:
            raise DeliveryFailed(f"The receiver answered {error.code}.") from None
    except OSError as error:
        # The error's own text may name the address, which is a secret.
        raise DeliveryFailed(f"The receiver did not answer ({type(error).__name__}).") from None
