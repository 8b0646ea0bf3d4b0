"""Tesseract through pytesseract, one thread a lane. Nothing else imports pytesseract."""

import csv
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2

from credmate_pipeline.documents.page import Gray
from credmate_pipeline.errors import ConfigurationError, EngineFailure
from credmate_pipeline.ocr.engine import SeenWord
from credmate_pipeline.ocr.reading import Source


@contextmanager
def _hidden(module: str) -> Iterator[None]:
    """Lets `import` not find a module, unless it is loaded already."""
    is_loaded = module in sys.modules
    if not is_loaded:
        sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if not is_loaded:
            del sys.modules[module]


# It loads pandas where it finds it, for tables nobody asks it for: half a second and 60 MB of every lane.
with _hidden("pandas"):
    import pytesseract


_WORD_LEVEL = "5"
_PAGE_SECONDS = 120
_UNCOMPRESSED = (cv2.IMWRITE_TIFF_COMPRESSION, 1)
_LOWEST_DPI, _HIGHEST_DPI = 70, 2400
_ENOUGH_X_HEIGHT = 16.0
"""Pixels. Of samples of every kind of page as much is read right as at 24, in a tenth less time; at 13 less is."""
_COLUMNS = frozenset({"level", "left", "top", "width", "height", "conf", "text"})


@dataclass(frozen=True, slots=True)
class TesseractEngine:
    """An OCR engine of this machine; opened by `open_tesseract`."""

    language: str
    version: str

    @property
    def name(self) -> str:
        return f"tesseract {self.version}"

    @property
    def source(self) -> Source:
        return Source.TESSERACT

    @property
    def reads_turned(self) -> bool:
        return False

    @property
    def enough_x_height(self) -> float:
        return _ENOUGH_X_HEIGHT

    def words(self, picture: Gray, *, dpi: float, segmentation: int = 3) -> tuple[SeenWord, ...]:
        with TemporaryDirectory(prefix="credmate-ocr-") as folder:
            # Packing a page as PNG costs a twentieth of reading it, and Tesseract unpacks PGM a byte at a time.
            path = Path(folder) / "page.tif"
            if not cv2.imwrite(str(path), picture, _UNCOMPRESSED):
                raise EngineFailure("The page could not be handed to Tesseract; is the temporary folder full?")
            return _words(self._run(path, dpi, segmentation))

    def _run(self, path: Path, dpi: float, segmentation: int) -> str:
        resolution = round(min(max(dpi, _LOWEST_DPI), _HIGHEST_DPI))
        try:
            table = pytesseract.image_to_data(
                str(path),
                lang=self.language,
                config=f"--oem 1 --psm {segmentation} --dpi {resolution}",
                timeout=_PAGE_SECONDS,
            )
        except pytesseract.TesseractNotFoundError as error:
            raise EngineFailure("Tesseract has vanished while reading; install it again.") from error
        except pytesseract.TesseractError as error:
            raise EngineFailure(
                f"Tesseract failed with exit code {error.status}; run `tesseract --version` on this machine and mend "
                "its installation."
            ) from error
        except RuntimeError as error:
            raise EngineFailure(f"Tesseract took more than {_PAGE_SECONDS} seconds for one page.") from error
        except OSError as error:
            raise EngineFailure("Tesseract left no result.") from error
        return str(table)


def open_tesseract(language: str) -> TesseractEngine:
    """The engine, having made sure that binary and language are there.

    Raises ConfigurationError naming what to install.
    """
    # One thread a lane: the lanes are the parallelism.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        version = str(pytesseract.get_tesseract_version())
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, SystemExit) as error:
        raise ConfigurationError(
            "CREDMATE_OCR_ENGINE is tesseract, but the program `tesseract` is not there; "
            "install it, on Debian with: apt-get install tesseract-ocr"
        ) from error
    missing = [part for part in language.split("+") if part not in languages]
    if missing:
        raise _no_data(language, missing, os.environ.get("TESSDATA_PREFIX"))
    return TesseractEngine(language, version)


def _no_data(language: str, missing: list[str], folder: str | None) -> ConfigurationError:
    lack = f"CREDMATE_OCR_LANGUAGE is {language}, but Tesseract has no data for {', '.join(missing)}"
    if folder:
        return ConfigurationError(
            f"{lack} in TESSDATA_PREFIX={folder}; correct or unset it, or put {missing[0]}.traineddata there."
        )
    return ConfigurationError(f"{lack}; install it, on Debian with: apt-get install tesseract-ocr-{missing[0]}")


def _words(table: str) -> tuple[SeenWord, ...]:
    rows = csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    if rows.fieldnames is None or not set(rows.fieldnames) >= _COLUMNS:
        raise EngineFailure("Tesseract ended well but left no table of words.")
    return tuple(_word(row) for row in rows if row["level"] == _WORD_LEVEL and (row["text"] or "").strip())


def _word(row: dict[str, str]) -> SeenWord:
    left, top = float(row["left"]), float(row["top"])
    right, bottom = left + float(row["width"]), top + float(row["height"])
    confidence = min(max(float(row["conf"]) / 100, 0.0), 1.0)
    return SeenWord(row["text"].strip(), left, top, right, bottom, confidence)
