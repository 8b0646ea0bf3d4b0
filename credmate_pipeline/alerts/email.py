"""Alerts by e-mail, over SMTP."""

import smtplib
import ssl
from contextlib import AbstractContextManager
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from credmate_pipeline.alerts.channel import SEND_SECONDS, DeliveryFailed
from credmate_pipeline.alerts.digest import Message
from credmate_pipeline.errors import ConfigurationError

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Email:
    """Mail to a list of addresses through one server, `smtp[s]://user:password@host:port` or `smtp+starttls://…`."""

    url: str
    sender: str
    recipients: tuple[str, ...]

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ConfigurationError(
                f"CREDMATE_ALERT_SMTP_URL must be smtp://, smtp+starttls:// or smtps:// and a host, not {parts.scheme}://…"
            )

    @property
    def name(self) -> str:
        return "email"

    def send(self, message: Message) -> None:
        """Hands the mail to the server; raises `DeliveryFailed` where any recipient is refused."""
        mail = EmailMessage()
        mail["Subject"], mail["From"], mail["To"] = message.title, self.sender, ", ".join(self.recipients)
        mail.set_content(message.text)
        try:
            with self._server() as server:
                refused = server.send_message(mail)
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryFailed(f"The mail server did not take it ({type(error).__name__}).") from error
        if refused:
            raise DeliveryFailed(f"The mail server refused {len(refused)} of {len(self.recipients)} recipients.")

    def _server(self) -> AbstractContextManager[smtplib.SMTP]:
        parts = urlsplit(self.url)
        host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, port, timeout=SEND_SECONDS, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(host, port, timeout=SEND_SECONDS)
        try:
            if parts.scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server
