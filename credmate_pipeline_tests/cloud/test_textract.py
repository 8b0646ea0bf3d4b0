"""Textract reads pictures and stored PDFs; what it cannot read, or does not answer, is said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pymupdf
import pytest
from botocore.stub import ANY, Stubber
from PIL import Image

from credmate_pipeline.aws import open_client
from credmate_pipeline.documents.document import Limits
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.documents.page import Gray, PageUnreadable
from credmate_pipeline.errors import ConfigurationError, EngineFailure, TransientError, UnreadableDocument
from credmate_pipeline.ocr.read import read_pages
from credmate_pipeline.ocr.reading import PageNote, Reading, Source
from credmate_pipeline.ocr.textract import TextractEngine, encoded, open_textract, reach_textract
from credmate_pipeline_tests.cloud.server import CloudServer, Json, cloud_server
from credmate_pipeline_tests.cloud.textract import Jobs, detect, page_block, word_block
from credmate_pipeline_tests.papers import LINES, pdf_of, picture_of, saved, scan_pdf, write

PICTURE: Gray = np.full((200, 200), 255, np.uint8)


_SHARED: list[CloudServer] = []


@pytest.fixture(scope="module", autouse=True)
def _shared_server() -> Iterator[None]:
    """One server for all tests here, so that one client does."""
    with cloud_server() as opened:
        _SHARED.append(opened)
        yield
        _SHARED.clear()


@contextmanager
def answering(**answers: Callable[[Json], Json | bytes]) -> Iterator[CloudServer]:
    """The shared server, answering so."""
    [shared] = _SHARED
    shared.answers, shared.silence_seconds = dict(answers), 0.0
    shared.asked.clear()
    shared.refusals.clear()
    yield shared


@cache
def engine_of(url: str | None) -> TextractEngine:
    return open_textract(region="us-east-1", endpoint_url=url, job_seconds=30)


def hurried(engine: TextractEngine, seconds: float = 30) -> TextractEngine:
    return TextractEngine(engine.client, seconds, pause=lambda seconds: None)


@pytest.fixture
def server() -> Iterator[CloudServer]:
    with answering(DetectDocumentText=detect) as served:
        yield served


def read(path: Path, engine: TextractEngine, stored_at: str | None = None) -> Reading:
    limits = Limits()
    return read_pages(path, inspect_file(path, limits), engine=engine, limits=limits, stored_at=stored_at)


def scanned(pages: int) -> bytes:
    """A PDF of scans, and nothing else."""
    with pymupdf.open() as document:
        for number in range(1, pages + 1):
            with pymupdf.open(stream=scan_pdf(_scan(number))) as one:
                document.insert_pdf(one)
        return document.tobytes()


def _scan(number: int) -> Image.Image:
    return picture_of(pdf_of((f"Page {number} of the transcript", *LINES)), dpi=110)


def test_a_scan_is_read_by_one_call_with_confidences_and_places(server: CloudServer, tmp_path: Path) -> None:
    reading = read(saved(tmp_path, "a.png", picture_of(pdf_of(), dpi=110)), engine_of(server.url))
    page = reading.pages[0]
    assert (reading.engine, page.source, server.count("DetectDocumentText")) == ("textract", Source.TEXTRACT, 1)
    assert "Amelia Whitfield" in page.text
    name = next(word for word in page.words if word.text == "Whitfield,")
    assert 0.9 < name.confidence <= 0.999
    assert 0 < name.box.x0 < name.box.x1 < 1


def test_a_born_digital_page_is_not_sent(server: CloudServer, tmp_path: Path) -> None:
    assert read(saved(tmp_path, "a.pdf", pdf_of()), engine_of(server.url)).pages[0].source is Source.TEXT_LAYER
    assert server.asked == []


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_words_told_to_lie_turned_make_an_upright_page_in_one_call(tmp_path: Path, degrees: int) -> None:
    upright = [
        ("Amelia", (0.1, 0.2, 0.3, 0.23)),
        ("Whitfield", (0.35, 0.2, 0.6, 0.23)),
        ("2.50", (0.1, 0.5, 0.2, 0.53)),
    ]
    blocks = [word_block(text, _turned(box, degrees), turned=degrees) for text, box in upright]
    with answering(DetectDocumentText=lambda request: {"Blocks": [page_block(), *blocks]}) as served:
        picture = picture_of(pdf_of()).resize((700, 700)).rotate(-degrees)
        page = read(saved(tmp_path, "a.png", picture), engine_of(served.url)).pages[0]
    assert [line.text for line in page.lines] == ["Amelia Whitfield", "2.50"]
    assert (PageNote.TURNED in page.notes, served.count("DetectDocumentText")) == (degrees != 0, 1)
    for word, (_, box) in zip(page.words, upright, strict=True):
        there = page.uploaded_box(word.box)
        wanted = word_block("x", _turned(box, degrees), turned=degrees)["Geometry"]["BoundingBox"]
        assert (there.x0, there.y0) == pytest.approx((wanted["Left"], wanted["Top"]), abs=0.01)


def _turned(box: tuple[float, float, float, float], degrees: int) -> tuple[float, float, float, float]:
    """The box moved about the middle of the page; the block itself turns it about its own middle."""
    x, y = (box[0] + box[2]) / 2 - 0.5, (box[1] + box[3]) / 2 - 0.5
    moved = {0: (x, y), 90: (-y, x), 180: (-x, -y), 270: (y, -x)}[degrees]
    half = ((box[2] - box[0]) / 2, (box[3] - box[1]) / 2)
    return (
        moved[0] + 0.5 - half[0],
        moved[1] + 0.5 - half[1],
        moved[0] + 0.5 + half[0],
        moved[1] + 0.5 + half[1],
    )


def test_words_written_by_hand_are_not_believed_and_three_of_them_are_told(tmp_path: Path) -> None:
    printed = [word_block(text, (0.1, y, 0.4, y + 0.03)) for text, y in (("Completed", 0.1), ("Awarded", 0.2))]
    written = [
        word_block(text, (0.1, y, 0.4, y + 0.03), kind="HANDWRITING")
        for text, y in (("Amelia", 0.3), ("Whitfield", 0.4), ("March", 0.5))
    ]
    with answering(DetectDocumentText=lambda request: {"Blocks": [page_block(), *printed, *written]}) as served:
        page = read(saved(tmp_path, "a.png", picture_of(pdf_of(), dpi=110)), engine_of(served.url)).pages[0]
    assert PageNote.HANDWRITING in page.notes
    assert {word.text: word.confidence for word in page.words}["Amelia"] == 0.4
    assert {word.text: word.confidence for word in page.words}["Awarded"] == pytest.approx(0.995)


def test_throttling_is_waited_out(server: CloudServer, tmp_path: Path) -> None:
    server.refusals = [(400, "ProvisionedThroughputExceededException"), (400, "ThrottlingException")]
    assert "Whitfield" in read(saved(tmp_path, "a.png", picture_of(pdf_of(), dpi=110)), engine_of(server.url)).text
    assert server.count("DetectDocumentText") == 3


@cache
def impatient(url: str, read_seconds: float = 30) -> TextractEngine:
    """An engine that tries once, so that a test need not wait."""
    client = open_client(
        "textract", region="us-east-1", endpoint_url=url, setting="none", read_seconds=read_seconds, attempts=1
    )
    return TextractEngine(client, 30)


@pytest.mark.parametrize("code", ["ThrottlingException", "LimitExceededException", "InternalServerError"])
def test_what_does_not_pass_is_an_error_that_a_rerun_may_mend(server: CloudServer, code: str) -> None:
    server.refusals = [(400, code)] * 10
    with pytest.raises(EngineFailure, match=code) as raised:
        impatient(server.url).words(PICTURE, dpi=200)
    assert isinstance(raised.value, TransientError)


def test_the_last_of_six_attempts_gives_up(server: CloudServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda self, context: 0.0)
    server.refusals = [(400, "ThrottlingException")] * 20
    with pytest.raises(EngineFailure, match="come again later"):
        engine_of(server.url).words(PICTURE, dpi=200)
    assert server.count("DetectDocumentText") == 6


def test_a_silent_service_is_given_up(server: CloudServer) -> None:
    server.silence_seconds = 2
    with pytest.raises(EngineFailure, match="did not answer"):
        impatient(server.url, 0.2).words(PICTURE, dpi=200)


def test_a_service_that_is_not_there_is_an_outside_error() -> None:
    with cloud_server() as served:
        url = served.url
    with pytest.raises(EngineFailure, match="did not answer"):
        impatient(url).words(PICTURE, dpi=200)


@pytest.mark.parametrize("code", ["AccessDeniedException", "UnrecognizedClientException"])
def test_refused_credentials_are_a_wrong_setting(server: CloudServer, code: str) -> None:
    server.refusals = [(400, code)]
    with pytest.raises(ConfigurationError, match="refuses access"):
        engine_of(server.url).words(PICTURE, dpi=200)


def test_credentials_that_are_not_there_are_a_wrong_setting(
    server: CloudServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    stranger = open_textract(region="us-east-1", endpoint_url=server.url, job_seconds=30)
    with pytest.raises(ConfigurationError, match="No AWS credentials"):
        stranger.words(PICTURE, dpi=200)


@pytest.mark.parametrize(
    "answer",
    [
        b"not json",
        {"Blocks": [{"BlockType": "WORD", "Text": "x"}]},
        {"Blocks": [{"BlockType": "WORD", "Text": "x", "Confidence": 9, "Geometry": {"Polygon": [{"X": 1}]}}]},
        {"Blocks": [word_block("x", (0.1, float("nan"), 0.2, 0.3))]},
        {},
    ],
)
def test_an_answer_that_cannot_be_understood_is_an_outside_error_not_an_empty_page(answer: Any) -> None:
    with answering(DetectDocumentText=lambda request: answer) as served, pytest.raises(EngineFailure):
        impatient(served.url).words(PICTURE, dpi=200)


def test_numbers_out_of_bounds_stay_on_the_page(tmp_path: Path) -> None:
    odd = [word_block("Whitfield", (-0.2, 0.1, 1.4, 0.2), confidence=250), word_block("zero", (0.5, 0.5, 0.5, 0.5))]
    with answering(DetectDocumentText=lambda request: {"Blocks": odd}) as served:
        [word, _] = read(saved(tmp_path, "a.png", picture_of(pdf_of(), dpi=110)), engine_of(served.url)).pages[0].words
    assert (word.confidence, word.box.x0, word.box.x1) == (1.0, 0.0, 1.0)


@pytest.mark.parametrize("code", ["BadDocumentException", "UnsupportedDocumentException", "DocumentTooLargeException"])
def test_a_page_textract_does_not_take_is_said_to_be_unread(server: CloudServer, tmp_path: Path, code: str) -> None:
    with pymupdf.open() as document:
        write(document.new_page(), LINES)
        with pymupdf.open(stream=scan_pdf(picture_of(pdf_of(), dpi=110))) as scan:
            document.insert_pdf(scan)
        path = saved(tmp_path, "a.pdf", document.tobytes())
    server.refusals = [(400, code)]
    reading = read(path, engine_of(server.url))
    assert reading.unread_pages == (2,)
    server.refusals = [(400, code)]
    with pytest.raises(PageUnreadable):
        engine_of(server.url).words(PICTURE, dpi=200)


def test_a_picture_over_the_limits_is_packed_or_made_smaller() -> None:
    noise: Gray = np.random.default_rng(4).integers(0, 255, (3400, 3400)).astype(np.uint8)
    for picture in (noise, np.full((300, 12_000), 255, np.uint8)):
        content = encoded(picture)
        sent = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
        assert sent is not None
        assert len(content) <= 10_485_760
        assert max(sent.shape[:2]) <= 10_000


def test_the_words_of_a_picture_made_smaller_keep_their_place() -> None:
    block = word_block("far", (0.9, 0.5, 0.95, 0.6))
    with answering(DetectDocumentText=lambda request: {"Blocks": [block]}) as served:
        [word] = engine_of(served.url).words(np.full((300, 12_000), 255, np.uint8), dpi=200)
    assert (word.left, word.bottom) == pytest.approx((10_800, 180))


def test_a_stored_pdf_is_read_by_one_job_page_after_page_of_its_result(tmp_path: Path) -> None:
    content = scanned(3)
    jobs = Jobs(lambda bucket, name: content if (bucket, name) == ("bucket", "documents/a/x y?.pdf") else b"", waits=2)
    with answering(StartDocumentTextDetection=jobs.start, GetDocumentTextDetection=jobs.result) as served:
        engine = hurried(engine_of(served.url))
        reading = read(saved(tmp_path, "a.pdf", content), engine, "s3://bucket/documents/a/x y?.pdf")
    assert [page.lines[0].text for page in reading.pages] == [
        f"Page {number} of the transcript" for number in (1, 2, 3)
    ]
    assert served.count("StartDocumentTextDetection") == 1
    assert served.count("GetDocumentTextDetection") >= 4
    assert all(request["MaxResults"] <= 1000 for name, request in served.asked if name.startswith("Get"))


def test_pages_a_job_could_not_read_are_said_to_be_unread(tmp_path: Path) -> None:
    content = scanned(3)
    jobs = Jobs(lambda bucket, name: content, status="PARTIAL_SUCCESS", unread=(2,))
    with answering(StartDocumentTextDetection=jobs.start, GetDocumentTextDetection=jobs.result) as served:
        reading = read(saved(tmp_path, "a.pdf", content), hurried(engine_of(served.url)), "s3://bucket/a.pdf")
    assert reading.unread_pages == (2,)
    assert reading.pages[1].words == ()


def test_a_job_that_reads_nothing_at_all_ends_as_unreadable_not_as_blank(tmp_path: Path) -> None:
    content = scanned(2)
    jobs = Jobs(lambda bucket, name: content, status="PARTIAL_SUCCESS", unread=(1, 2))
    with (
        answering(StartDocumentTextDetection=jobs.start, GetDocumentTextDetection=jobs.result) as served,
        pytest.raises(UnreadableDocument) as raised,
    ):
        read(saved(tmp_path, "a.pdf", content), hurried(engine_of(served.url)), "s3://bucket/a.pdf")
    assert raised.value.reason == "damaged"


def test_a_failed_job_is_an_outside_error(tmp_path: Path) -> None:
    content = scanned(2)
    jobs = Jobs(lambda bucket, name: content, status="FAILED")
    with (
        answering(StartDocumentTextDetection=jobs.start, GetDocumentTextDetection=jobs.result) as served,
        pytest.raises(EngineFailure, match="job over the stored file failed"),
    ):
        read(saved(tmp_path, "a.pdf", content), hurried(engine_of(served.url)), "s3://bucket/a.pdf")


def test_a_job_that_does_not_end_is_given_up_in_time() -> None:
    jobs = Jobs(lambda bucket, name: scanned(1), waits=10**6)
    with (
        answering(StartDocumentTextDetection=jobs.start, GetDocumentTextDetection=jobs.result) as served,
        pytest.raises(EngineFailure, match="has not finished"),
    ):
        hurried(engine_of(served.url), seconds=0.5).stored_pages("s3://bucket/a.pdf")


def test_a_job_whose_result_never_ends_is_given_up() -> None:
    endless = {"JobStatus": "SUCCEEDED", "Blocks": [page_block()], "NextToken": "again"}
    with (
        answering(
            StartDocumentTextDetection=lambda request: {"JobId": "j"}, GetDocumentTextDetection=lambda request: endless
        ) as served,
        pytest.raises(EngineFailure, match="not what its service model says"),
    ):
        engine_of(served.url).stored_pages("s3://bucket/a.pdf")


def test_few_scans_among_many_born_digital_pages_are_sent_alone(server: CloudServer, tmp_path: Path) -> None:
    with pymupdf.open() as document:
        for _ in range(5):
            write(document.new_page(), LINES)
        with pymupdf.open(stream=scanned(2)) as scans:
            document.insert_pdf(scans)
        path = saved(tmp_path, "a.pdf", document.tobytes())
    reading = read(path, engine_of(server.url), "s3://bucket/a.pdf")
    assert [page.source for page in reading.pages] == [Source.TEXT_LAYER] * 5 + [Source.TEXTRACT] * 2
    assert (server.count("DetectDocumentText"), server.count("StartDocumentTextDetection")) == (2, 0)


def test_a_skewed_and_turned_stored_page_is_read_in_lines_and_points_at_its_place(tmp_path: Path) -> None:
    page = picture_of(pdf_of(LINES, size=12), dpi=80).rotate(-3, expand=False, fillcolor=255)
    blocks = []
    for row, text in enumerate(("Amelia Whitfield", "completed on March")):
        for column, word in enumerate(text.split()):
            x, y = 0.2 + column * 0.25, 0.2 + row * 0.03
            blocks.append(word_block(word, _about_the_middle((x, y, x + 0.2, y + 0.02), 93), turned=93))
    with pymupdf.open() as document:
        for _ in range(2):
            document.new_page(width=600, height=600).insert_image((0, 0, 600, 600), pixmap=_pixmap(page))
        path = saved(tmp_path, "a.pdf", document.tobytes())
    answer = {"JobStatus": "SUCCEEDED", "Blocks": [page_block(1), page_block(2), *blocks]}
    with answering(
        StartDocumentTextDetection=lambda request: {"JobId": "j"}, GetDocumentTextDetection=lambda request: answer
    ) as served:
        read_page = read(path, engine_of(served.url), "s3://bucket/a.pdf").pages[0]
    assert [line.text for line in read_page.lines] == ["Amelia Whitfield", "completed on March"]
    assert {PageNote.TURNED, PageNote.DESKEWED} <= set(read_page.notes)
    for word, block in zip(read_page.words, blocks, strict=True):
        box, bounds = read_page.uploaded_box(word.box), block["Geometry"]["BoundingBox"]
        assert box.center == pytest.approx(
            (bounds["Left"] + bounds["Width"] / 2, bounds["Top"] + bounds["Height"] / 2), abs=0.01
        )


def _about_the_middle(box: tuple[float, float, float, float], degrees: float) -> tuple[float, float, float, float]:
    turn = np.radians(degrees)
    x, y = (box[0] + box[2]) / 2 - 0.5, (box[1] + box[3]) / 2 - 0.5
    moved = (x * np.cos(turn) - y * np.sin(turn) + 0.5, x * np.sin(turn) + y * np.cos(turn) + 0.5)
    half = ((box[2] - box[0]) / 2, (box[3] - box[1]) / 2)
    return (moved[0] - half[0], moved[1] - half[1], moved[0] + half[0], moved[1] + half[1])


def _pixmap(picture: Image.Image) -> pymupdf.Pixmap:
    return pymupdf.Pixmap(pymupdf.csGRAY, picture.width, picture.height, picture.tobytes(), False)


def test_what_is_asked_and_answered_fits_the_service_model() -> None:
    engine = hurried(engine_of("http://127.0.0.1:9"))
    block = word_block("Whitfield", (0.1, 0.1, 0.2, 0.2))
    with Stubber(engine.client) as stub:
        stub.add_response("detect_document_text", {"Blocks": [block]}, {"Document": {"Bytes": ANY}})
        stub.add_response(
            "start_document_text_detection",
            {"JobId": "j"},
            {"DocumentLocation": {"S3Object": {"Bucket": "bucket", "Name": "k"}}, "ClientRequestToken": ANY},
        )
        stub.add_response(
            "get_document_text_detection", {"JobStatus": "IN_PROGRESS"}, {"JobId": "j", "MaxResults": 1000}
        )
        stub.add_response(
            "get_document_text_detection",
            {"JobStatus": "PARTIAL_SUCCESS", "Blocks": [block], "NextToken": "t", "Warnings": [{"Pages": [2]}]},
            {"JobId": "j", "MaxResults": 1000},
        )
        stub.add_response(
            "get_document_text_detection",
            {"JobStatus": "PARTIAL_SUCCESS", "Blocks": [{**block, "Page": 3}, {**block, "Page": 2}]},
            {"JobId": "j", "MaxResults": 1000, "NextToken": "t"},
        )
        assert [word.text for word in engine.words(PICTURE, dpi=200)] == ["Whitfield"]
        assert set(engine.stored_pages("s3://bucket/k")) == {1, 3}
        stub.assert_no_pending_responses()


def test_reaching_textract_once_costs_nothing_and_tells_what_is_wrong(server: CloudServer) -> None:
    server.refusals = [(400, "UnsupportedDocumentException")]
    reach_textract(engine_of(server.url))
    server.refusals = [(400, "AccessDeniedException")]
    with pytest.raises(ConfigurationError, match="refuses access"):
        reach_textract(engine_of(server.url))
    with pytest.raises(ConfigurationError, match="CREDMATE_TEXTRACT_ENDPOINT_URL"):
        engine_of("no address")
