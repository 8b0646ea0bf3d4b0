"""Which OCR engines read, and how they are opened: in each lane, and once to see that they are there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from credmate_pipeline.errors import ConfigurationError

if TYPE_CHECKING:
    from credmate_pipeline.ocr.engine import OcrEngine

EngineName = Literal["tesseract", "textract"]
SecondEngineName = Literal["none", "tesseract", "rapidocr"]


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """The engines the settings name; survives the way into a lane."""

    first: EngineName
    second: SecondEngineName
    language: str
    region: str
    textract_endpoint_url: str | None
    job_seconds: float
    """How long Textract may take over a stored file."""

    @property
    def needs_network(self) -> bool:
        """Whether pages are sent over the network."""
        return self.first == "textract"

    @property
    def reads_stored(self) -> bool:
        """Whether files in S3 can be read where they lie."""
        return self.first == "textract"


def open_engines(choice: EngineChoice) -> tuple["OcrEngine", ...]:
    """The engine that reads, then the one that helps in a second look.

    Raises ConfigurationError where one is missing or both are the same.
    """
    if choice.first == choice.second:
        raise same_engine(choice)
    return (_first(choice), *_second(choice))


def same_engine(choice: EngineChoice) -> ConfigurationError:
    """What is wrong where the second engine is the first."""
    return ConfigurationError(
        f"CREDMATE_SECOND_ENGINE is {choice.second}, which reads already (CREDMATE_OCR_ENGINE); name another."
    )


def _first(choice: EngineChoice) -> "OcrEngine":
    from credmate_pipeline.ocr.tesseract import open_tesseract

    if choice.first == "tesseract":
        return open_tesseract(choice.language)
    from credmate_pipeline.ocr.textract import open_textract

    return open_textract(
        region=choice.region, endpoint_url=choice.textract_endpoint_url, job_seconds=choice.job_seconds
    )


def _second(choice: EngineChoice) -> tuple["OcrEngine", ...]:
    if choice.second == "tesseract":
        from credmate_pipeline.ocr.tesseract import open_tesseract

        return (open_tesseract(choice.language),)
    if choice.second == "rapidocr":
        from credmate_pipeline.ocr.rapid import open_rapid

        return (open_rapid(),)
    return ()
