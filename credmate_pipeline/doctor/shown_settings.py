"""Every setting with its value, masked where it is secret, and where the value comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from dotenv import dotenv_values
from pydantic import AliasChoices, SecretStr
from pydantic.fields import FieldInfo

from credmate_pipeline.ledger.connection import masked_url
from credmate_pipeline.settings import Settings

Source = Literal["default", "environment", ".env"]
MASK = "***"


@dataclass(frozen=True, slots=True)
class ShownSetting:
    """A setting by the name it is set with."""

    name: str
    value: str
    source: Source


def shown_settings(settings: Settings, environment: Mapping[str, str], env_file: Path) -> tuple[ShownSetting, ...]:
    """All of them; `environment` and `env_file` are where the settings were read from."""
    filed = {name.upper(): value for name, value in dotenv_values(env_file).items() if value}
    given = {name.upper(): value for name, value in environment.items() if value}
    shown = []
    for field_name, field in Settings.model_fields.items():
        names = setting_names(field_name, field)
        source: Source = "default"
        if any(name in filed for name in names):
            source = ".env"
        if any(name in given for name in names):
            source = "environment"
        shown.append(ShownSetting(names[0], shown_value(getattr(settings, field_name)), source))
    return tuple(shown)


def setting_names(field_name: str, field: FieldInfo) -> tuple[str, ...]:
    """The environment variables a setting is read from, the usual one first."""
    if isinstance(field.validation_alias, AliasChoices):
        return tuple(str(choice) for choice in field.validation_alias.choices)
    return (f"CREDMATE_{field_name.upper()}",)


def shown_value(value: Any) -> str:
    """The value as one would write it: of a secret URL its host, of another secret that there is one."""
    if value is None:
        return ""
    if isinstance(value, SecretStr):
        return _masked(value.get_secret_value())
    if isinstance(value, bool):
        return str(value).lower()
    return without_password(f"{value:g}" if isinstance(value, float) else str(value))


def _masked(secret: str) -> str:
    """Whom a secret URL speaks to may be known; its user's password, path and query may not."""
    parts = urlsplit(secret)
    if parts.scheme.startswith("postgres"):
        return masked_url(secret)
    if not parts.scheme or not parts.hostname:
        return MASK
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}/{MASK}"


def without_password(text: str) -> str:
    """A URL that should hold no secret and may all the same."""
    parts = urlsplit(text)
    if not parts.scheme or parts.password is None:
        return text
    netloc = f"{parts.username or ''}:{MASK}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit((parts.scheme, netloc, parts.path, parts.query, parts.fragment))
