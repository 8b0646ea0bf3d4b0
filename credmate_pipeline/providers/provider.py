"""A provider as the roster and the ledger know one, and how a document came to be his or hers."""

from dataclasses import dataclass
from enum import StrEnum


class LinkedBy(StrEnum):
    """What tied a document to its provider."""

    PATH = "path"
    """It was uploaded to the provider's own folder."""
    NPI = "npi"
    NAME = "name"
    PERSON = "person"
    """A reviewer said so."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A clinician. `repr` shows the folder alone, so that no name reaches a log."""

    owner: str
    """The folder of the provider's own uploads: `documents/<owner>/…`."""
    names: tuple[str, ...]
    """The legal name first, then former and other names."""
    npi: str | None = None
    organization: str | None = None
    """The folder of the organization whose uploads may be this provider's."""
    degree: str | None = None
    """Degrees that decide which board's rules hold, such as `MD` or `DO`; None where the roster does not say."""

    def __repr__(self) -> str:
        return f"Provider(owner={self.owner!r})"
