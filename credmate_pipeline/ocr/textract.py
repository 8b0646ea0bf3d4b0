"""Amazon Textract as an OCR engine. Words come from pictures, or from a PDF in S3 that Textract reads by itself.

How its answers read is in `textract_blocks`; what it costs and needs is in docs/operations.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from time import monotonic, sleep
from urllib.parse import urlsplit

import cv2
import numpy as np

from credmate_pipeline.aws import THROTTLED, AwsClient, AwsError, open_client, translated_calls
from credmate_pipeline.documents.page import Gray, PageUnreadable
from credmate_pipeline.errors import EngineFailure
from credmate_pipeline.ocr.engine import SeenWord, SlantedWord
from credmate_pipeline.ocr.reading import Source
from credmate_pipeline.ocr.slanted import quarters_of, slant
from credmate_pipeline.ocr.textract_blocks import ODD_ANSWER, Answer, unread_pages, words_by_page

_MOST_BYTES = 10_485_760
"""Textract's limit for a picture sent along."""
_MOST_PIXELS_A_SIDE = 10_000
"""Textract's limit for a picture."""
_JPEG_QUALITIES = (92, 80, 65)
_READ_SECONDS = 60.0
_ATTEMPTS = 6
_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 1.0, 8.0
"""Between two looks at a job."""
_BLOCKS_A_PAGE = 1000  # Textract returns at most so many blocks an answer.
_NOT_TAKEN = frozenset({"BadDocumentException", "DocumentTooLargeException", "UnsupportedDocumentException"})
"""What Textract says of a document that is at fault itself."""


@dataclass(frozen=True, slots=True, eq=False)
class TextractEngine:
    """An OCR engine over the network; opened by `open_textract`."""

    client: AwsClient
    job_seconds: float
    """How long a job over a stored PDF may take."""
    pause: Callable[[float], None] = sleep

    @property
    def name(self) -> str:
        return "textract"

    @property
    def source(self) -> Source:
        return Source.TEXTRACT

    @property
    def reads_turned(self) -> bool:
        return True

    @property
    def enough_x_height(self) -> None:
        return None

    def words(self, picture: Gray, *, dpi: float, segmentation: int = 3) -> tuple[SeenWord, ...]:
        content = encoded(picture)
        try:
            with translated_calls("Textract"):
                answer = self.client.detect_document_text(Document={"Bytes": content})
        except AwsError as error:
            raise _told(error) from None
        height, width = picture.shape
        return tuple(_seen(word, width, height) for word in words_by_page([answer]).get(1, ()))

    def stored_pages(self, uri: str) -> Mapping[int, tuple[SlantedWord, ...]]:
        """The words of every page Textract read of the PDF at an S3 `uri`; a page it could not read is left out."""
        answers = self._finished(self._started(uri))
        unread = unread_pages(answers)
        return {page: words for page, words in words_by_page(answers).items() if page not in unread}

    def _started(self, uri: str) -> str:
        """The id of a job over the stored file. The token makes one job of a call that is sent twice."""
        place = urlsplit(uri)
        location = {"S3Object": {"Bucket": place.netloc, "Name": uri.removeprefix(f"s3://{place.netloc}/")}}
        try:
            with translated_calls("Textract"):
                answer = self.client.start_document_text_detection(
                    DocumentLocation=location, ClientRequestToken=token_hex(16)
                )
        except AwsError as error:
            raise _broken(error) from None
        return str(answer["JobId"])

    def _finished(self, job: str) -> list[Answer]:
        """All pages of the job's result, once it has ended."""
        deadline, wait = monotonic() + self.job_seconds, _FIRST_WAIT_SECONDS
        while (answer := self._result(job))["JobStatus"] == "IN_PROGRESS":
            if monotonic() + wait > deadline:
                raise EngineFailure(
                    f"Textract has not finished a document within {self.job_seconds:g} seconds; "
                    "raise CREDMATE_DOCUMENT_TIMEOUT_SECONDS if this lasts."
                )
            self.pause(wait)
            wait = min(2 * wait, _LONGEST_WAIT_SECONDS)
        if answer["JobStatus"] not in ("SUCCEEDED", "PARTIAL_SUCCESS"):
            raise EngineFailure("Textract's job over the stored file failed; the file itself may be at fault.")
        return self._with_the_rest(job, answer)

    def _with_the_rest(self, job: str, first: Answer) -> list[Answer]:
        answers, tokens = [first], set[str]()
        while token := answers[-1].get("NextToken"):
            if token in tokens:
                raise EngineFailure(ODD_ANSWER)
            tokens.add(token)
            answers.append(self._result(job, NextToken=token))
        return answers

    def _result(self, job: str, **further: str) -> Answer:
        try:
            with translated_calls("Textract"):
                answer = self.client.get_document_text_detection(JobId=job, MaxResults=_BLOCKS_A_PAGE, **further)
        except AwsError as error:
            raise _broken(error) from None
        if "JobStatus" not in answer:
            raise EngineFailure(ODD_ANSWER)
        return answer


def open_textract(*, region: str, endpoint_url: str | None, job_seconds: float) -> TextractEngine:
    """The engine; connects on first use. Raises ConfigurationError for an address that is none."""
    client = open_client(
        "textract",
        region=region,
        endpoint_url=endpoint_url,
        setting="CREDMATE_TEXTRACT_ENDPOINT_URL",
        read_seconds=_READ_SECONDS,
        attempts=_ATTEMPTS,
    )
    return TextractEngine(client, job_seconds)


def reach_textract(engine: TextractEngine) -> None:
    """Asks once, with what is no picture: refused after the credentials were looked at, and not paid for.

    Raises ConfigurationError where the credentials or their policy do not do, EngineFailure where nothing answers.
    """
    try:
        with translated_calls("Textract"):
            engine.client.detect_document_text(Document={"Bytes": b"no picture"})
    except AwsError as error:
        if error.code not in _NOT_TAKEN | {"InvalidParameterException"}:
            raise _broken(error) from None


def encoded(picture: Gray) -> bytes:
    """The picture as Textract takes it: PNG, else JPEG, else smaller, until it is within the limits."""
    while True:
        if max(picture.shape) <= _MOST_PIXELS_A_SIDE:
            content = _within_limits(picture)
            if content is not None:
                return content
        half = (max(1, picture.shape[1] // 2), max(1, picture.shape[0] // 2))
        picture = np.asarray(cv2.resize(picture, half, interpolation=cv2.INTER_AREA), np.uint8)


def _within_limits(picture: Gray) -> bytes | None:
    ways = [(".png", []), *((".jpg", [cv2.IMWRITE_JPEG_QUALITY, quality]) for quality in _JPEG_QUALITIES)]
    for kind, options in ways:
        _, content = cv2.imencode(kind, picture, options)
        if content.size <= _MOST_BYTES:
            return content.tobytes()
    return None


def _seen(word: SlantedWord, width: int, height: int) -> SeenWord:
    """The word in pixels; fractions stay true however small the picture was sent."""
    xs, ys = [x * width for x, _ in word.corners], [y * height for _, y in word.corners]
    return SeenWord(
        word.text,
        min(xs),
        min(ys),
        max(xs),
        max(ys),
        word.confidence,
        quarters_of(slant(word, width, height)),
        word.is_by_hand,
    )


def _told(error: AwsError) -> Exception:
    """What an answer to one picture means: the page, or the engine."""
    return PageUnreadable() if error.code in _NOT_TAKEN else _broken(error)


def _broken(error: AwsError) -> EngineFailure:
    if error.code in THROTTLED:
        return EngineFailure(f"Textract asks to come again later ({error.code}); the account's quota may be too small.")
    if error.code == "InvalidS3ObjectException":
        return EngineFailure(
            "Textract cannot read the stored file; the bucket must lie in the same region and let the caller read it."
        )
    return EngineFailure(f"Textract answered {error.code or 'with an error'}.")
