"""Assets and checks as an analyst sees them: what each of the journey means, and what all of oversight share."""

import warnings
from typing import Literal, TypedDict

import dagster as dg

from credmate_pipeline.classification.classification import CLASSIFIER_VERSION
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.extraction.fields import EXTRACTOR_VERSION
from credmate_pipeline.ocr.reading import READER_VERSION
from credmate_pipeline.stages import Stage
from credmate_pipeline.validation.finding import VALIDATOR_VERSION

OWNERS = ["team:credentialing"]
JOURNEY_GROUP = "journey"
OVERSIGHT_GROUP = "oversight"

DESCRIPTIONS = {
    Stage.DOCUMENT: (
        "An uploaded file has arrived. Its bytes were fetched, hashed and opened far enough to know what they "
        "are. The same bytes as an earlier document end here as a `duplicate`; a file nobody can open ends as "
        "`unreadable`, and the check *readable* says what the uploader can do."
    ),
    Stage.OCR: (
        "Every page has become words. Each word has its page, its place and a confidence. A PDF's own text "
        "counts only where ink shows it; everything else is read by OCR. The words themselves are kept beside the "
        "upload, not here."
    ),
    Stage.CLASSIFICATION: (
        "The kind of document is known: CME certificate, DEA registration, license and so on, or `unsupported`, "
        "with the confidence it was told apart with."
    ),
    Stage.EXTRACTION: (
        "The fields have been found, each with the place on the page where it was read. Run this stage alone to "
        "read the fields again without OCR; validation follows by itself."
    ),
    Stage.VALIDATION: (
        "The rules have spoken and the document is settled: `completed`, or `review_pending` with the reasons "
        "why a person must look."
    ),
    Stage.CREDENTIAL: (
        "What we now hold true of the provider, with this document as its proof: how many credentials are on "
        "file, of which types, and when the first expires. It fills by itself seconds after a person approved the "
        "document (`credmate review approve`), or as the document settles where `AUTO_CREATE_CREDENTIALS` is on. "
        "Materialize it to see what is on file now; completed documents are filed by it where that setting is on."
    ),
}

KINDS = {
    Stage.DOCUMENT: {"file"},
    Stage.OCR: {"tesseract"},
    Stage.CLASSIFICATION: {"python"},
    Stage.EXTRACTION: {"python", "postgres"},
    Stage.VALIDATION: {"python", "postgres"},
    Stage.CREDENTIAL: {"postgres"},
}

CODE_VERSIONS = {
    Stage.DOCUMENT: "1",
    Stage.OCR: READER_VERSION,
    Stage.CLASSIFICATION: CLASSIFIER_VERSION,
    Stage.EXTRACTION: EXTRACTOR_VERSION,
    Stage.VALIDATION: VALIDATOR_VERSION,
    Stage.CREDENTIAL: "1",
}

STEP_STAGES = (Stage.DOCUMENT, Stage.OCR, Stage.CLASSIFICATION, Stage.EXTRACTION, Stage.VALIDATION)
"""The stages walked by one step, so that one document's failure leaves the others' way open."""

READABLE = "readable"
EVIDENCED = "every_field_has_its_place"
SETTLED = "settled_without_a_person"


class OversightTraits(TypedDict):
    """What every oversight asset says of itself beside its description and kinds."""

    group_name: str
    owners: list[str]
    tags: dict[str, str]
    code_version: str


def oversight(about: Literal["health", "quality", "work"], *, version: int = 1) -> OversightTraits:
    """The traits of an oversight asset about the pipeline's health, its results' quality, or people's work.

    `version` is the asset's own: raise it where its numbers mean something else. A release's version would have
    Dagster call every table outdated that still says what it said.
    """
    return {
        "group_name": OVERSIGHT_GROUP,
        "owners": OWNERS,
        "tags": {"about": about},
        "code_version": str(version),
    }


def stage_spec(stage: Stage) -> dg.AssetSpec:
    """The asset of a stage; it follows from the stage before."""
    before = [list(Stage)[stage.order - 1]] if stage.order else []
    return dg.AssetSpec(
        stage.value,
        deps=[earlier.value for earlier in before],
        description=DESCRIPTIONS[stage],
        group_name=JOURNEY_GROUP,
        owners=OWNERS,
        kinds=KINDS[stage],
        tags={"stage": stage.value},
        code_version=CODE_VERSIONS[stage],
        partitions_def=DOCUMENTS,
        skippable=True,
    )


def check_specs() -> list[dg.AssetCheckSpec]:
    """The checks of each document, read back from the ledger after it settled."""
    with warnings.catch_warnings():
        # Checks with partitions are a preview in Dagster 1.13; they say so at each definition.
        warnings.simplefilter("ignore", dg.PreviewWarning)
        return [
            dg.AssetCheckSpec(
                READABLE,
                asset=Stage.DOCUMENT.value,
                partitions_def=DOCUMENTS,
                description="A reader can work with the file. Where it fails, the uploader must send another copy.",
            ),
            dg.AssetCheckSpec(
                EVIDENCED,
                asset=Stage.EXTRACTION.value,
                partitions_def=DOCUMENTS,
                description="The ledger holds an extraction with at least one field, and each has page, box and text.",
            ),
            dg.AssetCheckSpec(
                SETTLED,
                asset=Stage.VALIDATION.value,
                partitions_def=DOCUMENTS,
                description="No rule found an error and nothing sends the document to a person.",
            ),
        ]
