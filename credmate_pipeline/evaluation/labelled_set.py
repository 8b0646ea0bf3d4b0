"""The labelled set as values: documents whose truth is known, and what was measured on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from credmate_pipeline.evaluation.figures import Figure
from credmate_pipeline.evaluation.truth import TruthLine
from credmate_pipeline.versions import Versions

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document of the set: its bytes by their hash, and the truth about it."""

    sha256: str
    origin: str
    """Where it came from, in the words of who loaded it."""
    truth: TruthLine

    @property
    def artifact(self) -> str:
        """Key of its bytes in the artifact area."""
        return f"{artifact_folder(self.sha256)}/document"


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one version of the code reached on a set."""

    measured_at: datetime
    versions: Versions
    figures: tuple[Figure, ...]


def artifact_folder(sha256_of_bytes: str) -> str:
    """Where the artifact area keeps a labelled document's bytes."""
    return f"ground-truth/{sha256_of_bytes}"


def set_digest(documents: Sequence[LabelledDocument]) -> str:
    """The same for the same documents with the same truth: only then are two measurements comparable."""
    digest = sha256()
    for one in sorted(documents, key=lambda one: one.sha256):
        digest.update(one.sha256.encode())
        digest.update(one.truth.model_dump_json(include={"document_type", "fields", "items"}).encode())
    return digest.hexdigest()[:_DIGITS]
