"""Loads documents with their truth into the ledger, and reads them with the current code.

The bytes are kept in the artifact area: a folder that was loaded may be moved, and every machine that runs the
pipeline reaches the artifacts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.evaluation.judge import judge
from credmate_pipeline.evaluation.labelled_set import LabelledDocument, artifact_folder
from credmate_pipeline.evaluation.score import Judged
from credmate_pipeline.evaluation.truth import TruthLine, read_truth
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.many_files import read_files
from credmate_pipeline.settings import Settings
from credmate_pipeline.uploads.store import ArtifactStore

NAME_SHOWN = 12
"""Characters of a document's hash that name it: a file's own name may name a person."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did."""

    documents: int
    repeated: int
    """Lines about bytes that another line speaks of too."""
    left: int
    """Documents that are no longer of the set."""


def load_folder(
    gateways: Gateways, directory: Path, *, origin: str, now: datetime, is_whole_set: bool = False
) -> Loaded:
    """Takes the folder's documents and its `truth.jsonl` into the labelled set. Raises ConfigurationError where the
    truth cannot be used."""
    truths = read_truth(directory)
    found: dict[str, LabelledDocument] = {}
    for truth in truths:
        content = (directory / truth.file).read_bytes()
        document = LabelledDocument(sha256(content).hexdigest(), origin, truth)
        known = found.setdefault(document.sha256, document)
        if known is document:
            gateways.artifacts.put(document.artifact, content)
        elif not _says_the_same(known.truth, truth):
            raise ConfigurationError(
                f"{directory}: {known.truth.file} and {truth.file} are the same bytes with different truths."
            )
    left = gateways.ledger.store_truths(tuple(found.values()), now=now, is_whole_set=is_whole_set)
    for gone in left:
        gateways.artifacts.remove_all(artifact_folder(gone))
    return Loaded(len(found), len(truths) - len(found), len(left))


def judge_folder(directory: Path, settings: Settings, *, today: date) -> tuple[Judged, ...]:
    """The documents of a folder with a `truth.jsonl`, each read by the current code and judged."""
    truths = read_truth(directory)
    return _judged(truths, [directory / truth.file for truth in truths], settings, today)


def judge_labelled(
    documents: Sequence[LabelledDocument], artifacts: ArtifactStore, settings: Settings, *, today: date
) -> tuple[Judged, ...]:
    """The documents of the labelled set, each read by the current code and judged. They are named by their hash.

    The model on Bedrock is left out: read over and over, they would be paid for over and over.
    """
    alone = settings.model_copy(update={"enable_bedrock": False})
    with TemporaryDirectory(prefix="credmate-") as name:
        paths = list(_fetched(documents, artifacts, Path(name)))
        truths = [one.truth.model_copy(update={"file": one.sha256[:NAME_SHOWN]}) for one in documents]
        return _judged(truths, paths, alone, today)


def counts_by_kind(documents: Sequence[LabelledDocument]) -> Counter[tuple[str, str, str]]:
    """How many documents of each origin, type and kind of page."""
    return Counter((one.origin, one.truth.document_type or "none", one.truth.kind) for one in documents)


def _fetched(documents: Sequence[LabelledDocument], artifacts: ArtifactStore, folder: Path) -> Iterator[Path]:
    for one in documents:
        path = folder / one.sha256
        path.write_bytes(artifacts.read(one.artifact))
        yield path


def _judged(truths: Sequence[TruthLine], paths: Sequence[Path], settings: Settings, today: date) -> tuple[Judged, ...]:
    reads = read_files(paths, settings, today=today)
    return tuple(judge(truth, read.outcome) for truth, read in zip(truths, reads, strict=True))


def _says_the_same(one: TruthLine, other: TruthLine) -> bool:
    return (one.document_type, one.fields, one.items) == (other.document_type, other.fields, other.items)
