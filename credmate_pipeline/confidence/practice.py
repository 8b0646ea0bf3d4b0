"""Draws samples to learn from and reads them; readings are kept, so that a second fit need not read again."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from credmate_pipeline.confidence.lessons import DocumentLesson, lesson_of
from credmate_pipeline.evaluation.truth import TruthLine
from credmate_pipeline.many_files import read_files
from credmate_pipeline.ocr.reading import Reading
from credmate_pipeline.ocr.storage import pack, unpack
from credmate_pipeline.samples.catalog import draw_samples
from credmate_pipeline.samples.sample import Sample
from credmate_pipeline.samples.write import truth_line
from credmate_pipeline.settings import Settings

_READING_PACKAGES, _READING_MODULES = ("ocr", "documents"), ("second_look.py",)
"""The code that decides what words a file gives."""


@dataclass(frozen=True, slots=True)
class Practice:
    """What to draw, and where files and readings are kept between fits."""

    seeds: tuple[int, ...]
    count: int
    """Documents a seed."""
    today: date
    folder: Path


def learn(practice: Practice, settings: Settings, tell: Callable[[int, int], None]) -> Iterator[DocumentLesson]:
    """A lesson of every sample that has fields. `tell` is given how many are read, of how many."""
    samples = [sample for seed in practice.seeds for sample in draw_samples(practice.count, seed, today=practice.today)]
    readings = _readings(samples, practice, settings, tell)
    for sample, reading in zip(samples, readings, strict=True):
        truth = TruthLine.model_validate(json.loads(truth_line(sample)))
        if reading is None or truth.document_type is None:
            continue
        lesson = lesson_of(truth, sample.truth.layout, reading, today=practice.today)
        if lesson is not None:
            yield lesson


def _readings(
    samples: Sequence[Sample], practice: Practice, settings: Settings, tell: Callable[[int, int], None]
) -> list[Reading | None]:
    """The samples' readings; None where nothing can be read."""
    mark = reading_code_mark()
    places = [practice.folder / f"{sha256(sample.content).hexdigest()[:32]}-{mark}" for sample in samples]
    wanted = {place: sample for place, sample in zip(places, samples, strict=True) if not place.exists()}
    practice.folder.mkdir(parents=True, exist_ok=True)
    for place, sample in wanted.items():
        _file(place, sample).write_bytes(sample.content)
    paths = [_file(place, sample) for place, sample in wanted.items()]
    alone = settings.model_copy(update={"enable_bedrock": False})
    for number, (place, read) in enumerate(zip(wanted, read_files(paths, alone, today=practice.today), strict=True)):
        reading = read.outcome.reading if read.outcome is not None else None
        place.write_bytes(pack(reading) if reading is not None else b"")
        read.path.unlink()
        tell(number + 1, len(wanted))
    contents = [place.read_bytes() for place in places]
    return [unpack(content) if content else None for content in contents]


def _file(place: Path, sample: Sample) -> Path:
    return place.with_name(f"{place.name}{Path(sample.file_name).suffix}")


def reading_code_mark() -> str:
    """Changes with any change of the code that turns files into words."""
    mark, root = sha256(), files("credmate_pipeline")
    modules = [root.joinpath(name) for name in _READING_MODULES]
    for package in _READING_PACKAGES:
        modules += sorted(root.joinpath(package).iterdir(), key=lambda one: one.name)
    for module in modules:
        if module.name.endswith(".py"):
            mark.update(module.name.encode() + module.read_bytes())
    return mark.hexdigest()[:12]
