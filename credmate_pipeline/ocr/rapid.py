"""RapidOCR, the optional second engine for pages that are looked at again. Nothing else imports rapidocr.

It reads with the models inside its own wheel (Apache-2.0); nothing is fetched.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.errors import ConfigurationError, EngineFailure
from credmate_pipeline.ocr.engine import SeenWord
from credmate_pipeline.ocr.reading import Source

_MOST_SURE = 0.95
"""RapidOCR gives nearly every word 0.99 and more, wrong ones too."""
_ONE_THREAD = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_ENGINE_ERRORS = (RuntimeError, ValueError, IndexError, TypeError)
"""What onnxruntime and RapidOCR raise on pictures they cannot work on."""


@dataclass(frozen=True, slots=True, eq=False)
class RapidEngine:
    """An OCR engine of this machine; opened by `open_rapid`."""

    recognize: Any
    version: str

    @property
    def name(self) -> str:
        return f"rapidocr {self.version}"

    @property
    def source(self) -> Source:
        return Source.RAPIDOCR

    @property
    def reads_turned(self) -> bool:
        return False

    @property
    def enough_x_height(self) -> None:
        return None

    def words(self, picture: Gray, *, dpi: float, segmentation: int = 3) -> tuple[SeenWord, ...]:
        try:
            result = self.recognize(picture, use_cls=False, return_word_box=True)
        except _ENGINE_ERRORS as error:
            raise EngineFailure(f"RapidOCR failed with {type(error).__name__}.") from error
        lines = result.word_results or ()
        return tuple(_word(*word) for line in lines for word in line if word[0].strip() and word[2])


def require_rapid() -> None:
    """Raises ConfigurationError where the extra is not installed; loads nothing."""
    if not all(map(find_spec, ("rapidocr", "onnxruntime"))):
        raise ConfigurationError(
            "CREDMATE_SECOND_ENGINE is rapidocr, but it is not installed; install it with: "
            "uv sync --extra rapidocr, or pip install 'credmate-pipeline[rapidocr]'"
        )


def open_rapid() -> RapidEngine:
    """The engine, its models loaded. Raises ConfigurationError where the extra is not installed."""
    require_rapid()
    rapidocr = import_module("rapidocr")
    return RapidEngine(rapidocr.RapidOCR(params=_ONE_THREAD), version("rapidocr"))


def _word(text: str, confidence: float, corners: Any) -> SeenWord:
    across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    surety = min(max(float(confidence), 0.0), _MOST_SURE)
    return SeenWord(text.strip(), min(across), min(down), max(across), max(down), surety)
