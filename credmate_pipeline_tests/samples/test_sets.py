"""Sets of samples: complete, repeatable, and each special file what it says."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, tzinfo
from functools import partial
from pathlib import Path
from random import Random

import pymupdf
import pytest
import typer
from typer.testing import CliRunner

from credmate_pipeline.cli import samples as samples_module
from credmate_pipeline.cli.samples import samples as samples_command
from credmate_pipeline.documents.document import Limits, MediaType
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.documents.opening import open_document
from credmate_pipeline.errors import ConfigurationError, ReasonCode, UnreadableDocument
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples import incident
from credmate_pipeline.samples.catalog import RARE_KINDS, demo_set, draw_order, draw_samples
from credmate_pipeline.samples.files import WAYS, produce
from credmate_pipeline.samples.layouts.known import LAYOUTS
from credmate_pipeline.samples.plan import COMPLETE_SET, DEMO_PLAN
from credmate_pipeline.samples.sample import Kind, Sample
from credmate_pipeline.samples.write import TRUTH_FILE, truth_line

TODAY = date(2026, 3, 9)
TWO_DAYS_APART = (datetime(2026, 3, 9, 12, tzinfo=UTC), datetime(2026, 3, 11, 12, tzinfo=UTC))
MEDIA_TYPES = {
    Kind.BORN_DIGITAL: {MediaType.PDF},
    Kind.CLEAN_SCAN: {MediaType.PDF, MediaType.PNG},
    Kind.POOR_SCAN: {MediaType.PDF, MediaType.JPEG},
    Kind.ROTATED_SCAN: {MediaType.PDF},
    Kind.PHONE_PHOTO: {MediaType.JPEG},
    Kind.FAX: {MediaType.TIFF},
    Kind.HEIC_PHOTO: {MediaType.HEIC},
    Kind.WEBP_SCAN: {MediaType.WEBP},
    Kind.MULTIPAGE_TIFF: {MediaType.TIFF},
    Kind.LYING_TEXT_LAYER: {MediaType.PDF},
    Kind.BLANK_PAGE: {MediaType.PDF},
}


@pytest.fixture(scope="module")
def demo() -> tuple[Sample, ...]:
    return tuple(demo_set(7, TODAY))


@pytest.fixture
def files(demo: tuple[Sample, ...], tmp_path: Path) -> Iterator[tuple[Sample, Path]]:
    return iter([(sample, _written(sample, tmp_path)) for sample in demo])


def _written(sample: Sample, folder: Path) -> Path:
    path = folder / sample.file_name
    path.write_bytes(sample.content)
    return path


def _of(demo: tuple[Sample, ...], kind: Kind) -> Sample:
    return next(sample for sample in demo if sample.truth.kind is kind)


def test_the_same_seed_draws_the_same_bytes_and_truth(demo: tuple[Sample, ...]) -> None:
    again = tuple(demo_set(7, TODAY))
    assert [truth_line(sample) for sample in again] == [truth_line(sample) for sample in demo]
    different = [sample.file_name for sample, other in zip(demo, again, strict=True) if sample.content != other.content]
    assert different == []


def test_another_seed_draws_other_people() -> None:
    one, other = (next(draw_samples(1, seed, today=TODAY)) for seed in (1, 2))
    assert one.content != other.content


def test_a_complete_set_has_every_type_and_kind_and_the_demonstration_every_fault() -> None:
    first = DEMO_PLAN[:COMPLETE_SET]
    assert {order.kind for order in first} == set(Kind) - RARE_KINDS
    of_layout = {layout.name: name for name, layouts in LAYOUTS.items() for layout in layouts}
    assert {of_layout[order.layout] for order in first if order.layout} == set(LAYOUTS)
    faulty = {layout.name for layouts in LAYOUTS.values() for layout in layouts if not layout.is_common}
    assert faulty <= {order.layout for order in DEMO_PLAN}
    assert not faulty <= {order.layout for order in DEMO_PLAN[:-1]}


def test_the_demonstration_shows_many_layouts(demo: tuple[Sample, ...]) -> None:
    shown = {sample.truth.layout for sample in demo if sample.truth.document_type == "cme_certificate"}
    assert len(shown) >= 8
    assert len({sample.file_name for sample in demo}) == len(demo)


def test_files_are_of_the_type_their_kind_says(files: Iterator[tuple[Sample, Path]]) -> None:
    for sample, path in files:
        allowed = MEDIA_TYPES.get(sample.truth.kind)
        if allowed is not None:
            arrival = inspect_file(path, Limits())
            assert arrival.media_type in allowed, sample.file_name
            assert arrival.page_count == (2 if sample.truth.kind is Kind.MULTIPAGE_TIFF else 1)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (Kind.ENCRYPTED, ReasonCode.ENCRYPTED),
        (Kind.TRUNCATED, ReasonCode.DAMAGED),
        (Kind.EMPTY_FILE, ReasonCode.EMPTY_FILE),
        (Kind.WORD_FILE, ReasonCode.NOT_A_DOCUMENT),
    ],
)
def test_a_faulty_file_cannot_be_read_for_the_reason_it_was_made(
    kind: Kind, reason: ReasonCode, demo: tuple[Sample, ...], tmp_path: Path
) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        inspect_file(_written(_of(demo, kind), tmp_path), Limits())
    assert refused.value.reason is reason


def test_a_duplicate_has_the_bytes_of_the_document_before_it(demo: tuple[Sample, ...]) -> None:
    place = [sample.truth.kind for sample in demo].index(Kind.DUPLICATE)
    assert demo[place].content == demo[place - 1].content
    assert demo[place].file_name > demo[place - 1].file_name
    assert demo[place].truth.expected_statuses == {DocumentStatus.DUPLICATE}


def test_the_lying_text_layer_holds_hidden_text_that_is_not_the_truth(demo: tuple[Sample, ...], tmp_path: Path) -> None:
    sample = _of(demo, Kind.LYING_TEXT_LAYER)
    with open_document(_written(sample, tmp_path), MediaType.PDF, Limits()) as document:
        painted = document.page(1).painted()
        assert painted is not None
        assert painted.runs
        assert not any(run.is_painted for run in painted.runs)
        text = "".join(glyph.text for run in painted.runs for glyph in run.glyphs)
    assert "49.75" in text
    assert sample.truth.fields["credits_awarded"] != "49.75"
    assert sample.truth.printed["activity_title"] not in text


def test_no_font_is_embedded_but_the_one_whose_license_allows_it(demo: tuple[Sample, ...]) -> None:
    embedded, named = set(), set()
    for sample in demo:
        if sample.file_name.endswith(".pdf") and sample.truth.document_type is not None:
            with pymupdf.open(stream=sample.content, filetype="pdf") as document:
                for _, extension, _, name, *_ in document.get_page_fonts(0):
                    (named if extension == "n/a" else embedded).add(name.split("+")[-1])
    assert {name.split("-")[0] for name in embedded} == {"BitstreamVeraSans"}
    assert {name.split("-")[0] for name in named} <= {"Helvetica", "Times", "Courier"}


def test_a_blank_page_has_no_ink(demo: tuple[Sample, ...], tmp_path: Path) -> None:
    with open_document(_written(_of(demo, Kind.BLANK_PAGE), tmp_path), MediaType.PDF, Limits()) as document:
        assert document.page(1).picture().pixels.min() > 240


def test_a_fax_is_black_and_white(demo: tuple[Sample, ...], tmp_path: Path) -> None:
    with open_document(_written(_of(demo, Kind.FAX), tmp_path), MediaType.TIFF, Limits()) as document:
        page = document.page(1)
        assert page.size[0] == pytest.approx(612, abs=4)
        assert page.size[1] == pytest.approx(792, abs=4)


def test_only_pages_that_ocr_must_read_leave_their_status_open(demo: tuple[Sample, ...]) -> None:
    for sample in demo:
        if len(sample.truth.expected_statuses) > 1:
            assert sample.truth.kind is not Kind.BORN_DIGITAL
            assert sample.truth.expected_statuses == {DocumentStatus.COMPLETED, DocumentStatus.REVIEW_PENDING}
    by_layout = {sample.truth.layout: sample.truth.expected_statuses for sample in demo}
    assert by_layout["cme_participation"] == {DocumentStatus.REVIEW_PENDING}
    assert by_layout["cme_awarded_beyond_designation"] == {DocumentStatus.REVIEW_PENDING}
    assert by_layout["dea_form_223_bad_check_digit"] == {DocumentStatus.REVIEW_PENDING}
    assert DocumentStatus.COMPLETED in by_layout["dea_form_223_expired"]
    assert by_layout["invoice"] == {DocumentStatus.UNSUPPORTED}


def test_every_way_can_produce_any_page(demo: tuple[Sample, ...]) -> None:
    assert {sample.truth.kind for sample in demo} >= set(WAYS) - RARE_KINDS
    with pytest.raises(KeyError):
        produce(demo[0].content, Kind.ENCRYPTED, None)  # type: ignore[arg-type]


def test_most_uploads_are_certificates_of_education() -> None:

    layouts = {layout.name for layout in LAYOUTS["cme_certificate"]}
    drawn = [draw_order(Random(seed), "uploads").layout in layouts for seed in range(400)]
    assert 0.9 < sum(drawn) / len(drawn) < 0.99


def _app() -> typer.Typer:
    app = typer.Typer()
    app.command()(samples_command)
    return app


def test_the_command_writes_documents_and_their_truth(tmp_path: Path) -> None:
    folder = tmp_path / "drawn"
    result = CliRunner().invoke(_app(), [str(folder), "--count", "3", "--seed", "5"])
    assert result.exit_code == 0
    lines = [json.loads(line) for line in (folder / TRUTH_FILE).read_text("utf-8").splitlines()]
    assert len(lines) == 3
    assert {path.name for path in folder.iterdir()} == {line["file"] for line in lines} | {TRUTH_FILE}
    assert set(lines[0]) == {"file", "document_type", "fields", "kind", "layout", "expected_status"}


@pytest.mark.parametrize("mix", ["even", "incident"])
def test_the_command_draws_the_same_bytes_days_later_for_the_same_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mix: str
) -> None:
    small = incident.Extent(cme_certificates=4, licenses=1)
    monkeypatch.setattr(incident, "draw_incident", partial(incident.draw_incident, extent=small))
    drawn = [_drawn_on(now, tmp_path, monkeypatch, "--today", "2026-03-09", "--mix", mix) for now in TWO_DAYS_APART]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) >= 4


def test_the_command_draws_for_the_current_day_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, later = (_drawn_on(now, tmp_path, monkeypatch) for now in TWO_DAYS_APART)
    assert first != later
    assert first == _drawn_on(TWO_DAYS_APART[1], tmp_path, monkeypatch, "--today", "2026-03-09")


def _drawn_on(now: datetime, folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> dict[str, bytes]:
    """The files the command draws at that instant."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return now.astimezone(tz)

    monkeypatch.setattr(samples_module, "datetime", Clock)
    monkeypatch.setattr(time, "time", now.timestamp)
    target = folder / f"drawn-{len(list(folder.iterdir()))}"
    assert CliRunner().invoke(_app(), [str(target), "--count", "4", *options]).exit_code == 0
    return {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "0001-01-01"])
def test_a_day_nothing_can_be_drawn_for_is_named(tmp_path: Path, day: str) -> None:
    result = CliRunner().invoke(_app(), [str(tmp_path / "drawn"), "--today", day])
    assert isinstance(result.exception, ConfigurationError)
    assert day in str(result.exception)
    assert not (tmp_path / "drawn").exists()


def test_the_command_leaves_a_folder_with_files_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.pdf").write_bytes(b"mine")
    result = CliRunner().invoke(_app(), [str(tmp_path), "--count", "1"])
    assert isinstance(result.exception, ConfigurationError)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.pdf"]
    assert CliRunner().invoke(_app(), [str(tmp_path), "--count", "1", "--force"]).exit_code == 0
    assert (tmp_path / "mine.pdf").read_bytes() == b"mine"
