"""What a synthetic document is: its bytes and the exact truth about it. Drawing it is elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from credmate_pipeline.ledger.states import DocumentStatus

TruthValue = str | tuple[str, ...]
"""Normal form: dates ISO 8601, credits and money decimal strings, lists as tuples."""


class Kind(StrEnum):
    """How the document was produced, or what is wrong with the file."""

    BORN_DIGITAL = "born_digital"
    CLEAN_SCAN = "clean_scan"
    POOR_SCAN = "poor_scan"
    ROTATED_SCAN = "rotated_scan"
    PHONE_PHOTO = "phone_photo"
    FAX = "fax"
    HEIC_PHOTO = "heic_photo"
    WEBP_SCAN = "webp_scan"
    MULTIPAGE_TIFF = "multipage_tiff"
    FAINT_SCAN = "faint_scan"
    COARSE_SCAN = "coarse_scan"
    """At 100 dots an inch."""
    BLEED_THROUGH = "bleed_through"
    """The print of the back shines through."""
    WATERMARKED = "watermarked"
    CARELESS_PHOTO = "careless_photo"
    """Askew, on any desk with things around the page, or too close."""
    ODD_TEXT_LAYER = "odd_text_layer"
    """Letters set apart, ligatures lost, or a name repeated all over the page."""
    FILLED_FORM = "filled_form"
    """Values are contents of form fields."""
    HANDWRITTEN = "handwritten"
    """Some values are written by hand: not printed, so not in the truth."""
    LYING_TEXT_LAYER = "lying_text_layer"
    ENCRYPTED = "encrypted"
    TRUNCATED = "truncated"
    EMPTY_FILE = "empty_file"
    BLANK_PAGE = "blank_page"
    WORD_FILE = "word_file"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact printed on a page: its normal form, and the characters as printed."""

    value: TruthValue
    content: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What a perfect reader would say of the document."""

    document_type: str | None
    """One of the known types, or `unsupported`; None where nothing can be read."""
    fields: Mapping[str, TruthValue | None]
    """Every field of the type; None where the page does not print it."""
    expected_statuses: frozenset[DocumentStatus]
    """One status, or several where more than one is honest, as for a poor photograph."""
    kind: Kind
    layout: str
    printed: Mapping[str, str]
    """The characters as printed, of every field that is."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One synthetic file and the truth about it."""

    file_name: str
    content: bytes
    truth: Truth
