"""The channel that is always there."""

import logging

from credmate_pipeline.alerts.digest import Message

logger = logging.getLogger("credmate_pipeline.alerts")


class LogLine:
    """A warning a message in the process's log."""

    name = "log"

    def send(self, message: Message) -> None:
        """Writes the message on one line."""
        level = logging.WARNING if message.is_open else logging.INFO
        logger.log(level, "%s: %s", message.title, " ".join(message.text.splitlines()))
