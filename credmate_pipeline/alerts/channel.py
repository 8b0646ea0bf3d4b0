"""What a channel is, and the one that is always there: a line in the log."""

from typing import Protocol

from credmate_pipeline.alerts.digest import Message
from credmate_pipeline.errors import TransientError

SEND_SECONDS = 10.0
"""Time a channel has for one message."""


class DeliveryFailed(TransientError):
    """A channel did not take a message; it is tried again. The text names no address and no secret."""


class Channel(Protocol):
    """A way to somebody."""

    @property
    def name(self) -> str:
        """`email`, `slack`, `webhook`, `sns` or `log`."""
        ...

    def send(self, message: Message) -> None:
        """Delivers the message, or raises `DeliveryFailed`."""
        ...
