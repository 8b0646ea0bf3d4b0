"""What an earlier installation states of a document: read, and not yet believed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.ledger.states import NEEDS_EXTRACTION, DocumentStatus

_TYPE_WORDS = {
    "cme_certificate": ("cme", "ce", "continuing_medical_education", "continuing_education", "cme_cert"),
    "dea_registration": ("dea", "dea_certificate", "dea_license"),
    "license": ("licence", "medical_license", "state_license", "professional_license"),
    "controlled_substance_registration": ("csr", "cds", "controlled_substance", "controlled_substances"),
    "board_certification": ("board", "board_certificate", "board_cert"),
    "life_support_card": ("bls", "acls", "pals", "nrp", "life_support", "cpr"),
    "malpractice_insurance": ("malpractice", "coi", "insurance", "certificate_of_insurance"),
}
"""Words earlier installations use for a type, beside its own name."""

_READ = NEEDS_EXTRACTION | {DocumentStatus.UNSUPPORTED}


class HumanDecision(StrEnum):
    """What a person decided in the earlier installation."""

    APPROVED = "approved"
    REJECTED = "rejected"


_DECISIONS = {
    DocumentStatus.APPROVED: HumanDecision.APPROVED,
    DocumentStatus.REVIEW_APPROVED: HumanDecision.APPROVED,
    DocumentStatus.REVIEW_REJECTED: HumanDecision.REJECTED,
}


@dataclass(frozen=True, slots=True)
class StatedExtraction:
    """A row that says a document was read; `values` are by field name, empty where nothing was found."""

    source_id: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StatedDocument:
    """A document's row. Texts may hold personal data."""

    source_id: str
    key: str
    """Where its file lies in storage, as stated."""
    status: str
    document_type: str | None = None
    confidence: float | None = None
    """0–1."""
    error: str | None = None
    uploaded_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    extractions: tuple[StatedExtraction, ...] = ()

    @property
    def known_status(self) -> DocumentStatus | None:
        """The status in our words; None where it is none of them."""
        word = as_word(self.status)
        return DocumentStatus(word) if word in frozenset(DocumentStatus) else None

    @property
    def known_type(self) -> str | None:
        """The type in our words; None where it is none of them."""
        word = as_word(self.document_type or "")
        names = {known.name for known in document_types()}
        if word in names:
            return word
        return next((name for name in sorted(names) if word in _TYPE_WORDS.get(name, ())), None)

    @property
    def values(self) -> Mapping[str, str]:
        """The values of its last extraction that has any."""
        return next((one.values for one in reversed(self.extractions) if one.values), {})

    @property
    def states_a_reading(self) -> bool:
        """Whether its status cannot be true unless the document was read."""
        return self.known_status in _READ

    @property
    def decision(self) -> HumanDecision | None:
        """What a person decided, where the status says so."""
        return _DECISIONS.get(self.known_status) if self.known_status else None


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A person's decision that came with an adopted document, and what it was made on."""

    decision: HumanDecision
    document_type: str | None
    values: Mapping[str, str] = field(default_factory=dict)
    """What the earlier installation had read; empty where the decision was made without a reading."""

    @property
    def is_without_a_reading(self) -> bool:
        return not self.values

    def differences(self, extraction: Extraction | None, document_type: str | None) -> tuple[str, ...]:
        """Names of what a reading says otherwise: the type and the fields both have."""
        differing = [] if self.document_type in (None, document_type) else ["document_type"]
        read: dict[str, set[str]] = {}
        for item in extraction.items if extraction is not None else ():
            for one in item.fields:
                text = one.value if isinstance(one.value, str) else ", ".join(one.value)
                read.setdefault(one.name, set()).update({_plain(text), _plain(one.content)})
        both = (name for name in self.values if name in read)
        return (*differing, *(name for name in sorted(both) if _plain(self.values[name]) not in read[name]))


def as_word(text: str) -> str:
    """`Review Pending` and `REVIEW-PENDING` as `review_pending`."""
    return "_".join(text.lower().replace("-", " ").replace("_", " ").split())


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
