"""Real files, damaged at random: each opens, or is refused with its reason, and no lane ends over it."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest

from credmate_pipeline.errors import LaneFailure, ReasonCode, UnreadableDocument
from credmate_pipeline.lanes import LaneJob, LaneLimits, open_lanes
from credmate_pipeline.samples.catalog import draw_one
from credmate_pipeline.samples.plan import Order
from credmate_pipeline.samples.sample import Kind
from credmate_pipeline_tests.fuzz.budget import FACTOR, PATIENCE
from credmate_pipeline_tests.fuzz.opening import open_all
from credmate_pipeline_tests.lanes import work

pytestmark = pytest.mark.timeout(PATIENCE)

SEED = 20261
TRIED = 4 * FACTOR
"""Mutations of each kind of file."""
KINDS = (Kind.BORN_DIGITAL, Kind.POOR_SCAN, Kind.PHONE_PHOTO, Kind.MULTIPAGE_TIFF, Kind.HEIC_PHOTO, Kind.WEBP_SCAN)
LIMITS = LaneLimits(lanes=2, seconds=60, memory_bytes=2 << 30)
CONTAINED = {ReasonCode.READER_TIMED_OUT, ReasonCode.READER_OUT_OF_MEMORY}
"""What a file may do to its lane: use up what it is allowed."""


def flipped(content: bytearray, rng: Random) -> None:
    for _ in range(rng.randint(1, 40)):
        content[rng.randrange(len(content))] = rng.randrange(256)


def renumbered(content: bytearray, rng: Random) -> None:
    """Other digits: lengths, offsets, sizes and references of a PDF are written out."""
    digits = [place for place, byte in enumerate(content) if 48 <= byte <= 57]
    for _ in range(rng.randint(1, 12)):
        if digits:
            content[rng.choice(digits)] = rng.randrange(48, 58)


def cut(content: bytearray, rng: Random) -> None:
    del content[rng.randrange(1, len(content)) :]


def emptied(content: bytearray, rng: Random) -> None:
    start = rng.randrange(len(content))
    length = min(len(content) - start, rng.randint(1, 4096))
    content[start : start + length] = bytes(length)


def repeated(content: bytearray, rng: Random) -> None:
    start, place = rng.randrange(len(content)), rng.randrange(len(content))
    content[place:place] = content[start : start + rng.randint(1, 4096)]


MUTATIONS: Sequence[Callable[[bytearray, Random], None]] = (flipped, renumbered, cut, emptied, repeated)


def mutated(content: bytes, rng: Random) -> bytes:
    changed = bytearray(content)
    for mutate in rng.choices(MUTATIONS, k=rng.randint(1, 3)):
        mutate(changed, rng)
    return bytes(changed)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_opens_or_is_refused_and_ends_no_lane(kind: Kind, tmp_path: Path) -> None:
    rng = Random(f"{SEED} {kind}")
    content = draw_one(Order(kind, "cme_awarded"), rng, today=date(2026, 3, 9)).content
    jobs = []
    for number in range(TRIED):
        path = tmp_path / str(number)
        path.write_bytes(mutated(content, rng))
        jobs.append(LaneJob(path.name, open_all, (path,)))
    with open_lanes(LIMITS, work.prepare) as lanes:
        results = list(lanes.run(jobs))
    assert {result.key for result in results} == {job.key for job in jobs}
    unexpected = {
        result.key: str(result.error)
        for result in results
        if not isinstance(result.error, UnreadableDocument | None)
        and not (isinstance(result.error, LaneFailure) and result.error.reason in CONTAINED)
    }
    assert unexpected == {}
