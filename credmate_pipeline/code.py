"""Which code this is: the package's version and a digest of its files, the same wherever the same code lies."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from credmate_pipeline.classification.classification import CLASSIFIER_VERSION
from credmate_pipeline.extraction.fields import EXTRACTOR_VERSION
from credmate_pipeline.ocr.reading import READER_VERSION
from credmate_pipeline.validation.finding import VALIDATOR_VERSION

READER_VERSIONS = {
    "reader": READER_VERSION,
    "classifier": CLASSIFIER_VERSION,
    "extractor": EXTRACTOR_VERSION,
    "validator": VALIDATOR_VERSION,
}
"""Versions that results are stored with."""

_SUFFIXES = frozenset({".py", ".json", ".csv", ".sql"})


@cache
def code_version() -> str:
    """Such as `0.1.0+3f84e55a1b2c`: two that are equal run the same code."""
    digest = sha256()
    package = Path(__file__).parent
    for path in sorted(package.rglob("*")):
        if path.suffix in _SUFFIXES and path.is_file():
            digest.update(f"{path.relative_to(package)}\0".encode())
            digest.update(sha256(path.read_bytes()).digest())
    return f"{version('credmate-pipeline')}+{digest.hexdigest()[:12]}"
