"""What is said of a file before it is read."""

from pathlib import Path

import pymupdf
import pytest

from credmate_pipeline.documents.document import Limits, MediaType
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.errors import ReasonCode, UnreadableDocument
from credmate_pipeline.samples.hostile.raw_pdf import raw_pdf
from credmate_pipeline_tests.papers import pdf_of, picture_of, saved

AES_256 = 5
"""MuPDF's number for this encryption."""


def encrypted(password: str) -> bytes:
    with pymupdf.open(stream=pdf_of(), filetype="pdf") as document:
        return document.tobytes(encryption=AES_256, owner_pw="owner", user_pw=password)


def refused(path: Path, limits: Limits | None = None) -> ReasonCode:
    with pytest.raises(UnreadableDocument) as raised:
        inspect_file(path, limits or Limits())
    assert raised.value.message.endswith(".")
    return raised.value.reason


def test_a_wrong_extension_does_not_matter(tmp_path: Path) -> None:
    assert inspect_file(saved(tmp_path, "a.docx", pdf_of()), Limits()).media_type is MediaType.PDF
    assert inspect_file(saved(tmp_path, "b.pdf", _png(tmp_path)), Limits()).media_type is MediaType.PNG


def _png(folder: Path) -> bytes:
    return saved(folder, "x.png", picture_of(pdf_of(), dpi=50)).read_bytes()


def test_junk_before_the_pdf_header_does_not_matter(tmp_path: Path) -> None:
    assert inspect_file(saved(tmp_path, "a.pdf", b"\xef\xbb\xbf" + pdf_of()), Limits()).page_count == 1


def test_a_pdf_with_a_password_is_encrypted_and_one_without_opens(tmp_path: Path) -> None:
    assert refused(saved(tmp_path, "a.pdf", encrypted("secret"))) is ReasonCode.ENCRYPTED
    assert inspect_file(saved(tmp_path, "b.pdf", encrypted("")), Limits()).page_count == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", ReasonCode.EMPTY_FILE),
        (b"just some words in a text file", ReasonCode.NOT_A_DOCUMENT),
        (b"PK\x03\x04" + b"\0" * 200, ReasonCode.NOT_A_DOCUMENT),
        (b"MZ" + b"\0" * 200, ReasonCode.NOT_A_DOCUMENT),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, ReasonCode.DAMAGED),
    ],
)
def test_what_is_no_document_is_said_so(tmp_path: Path, content: bytes, reason: ReasonCode) -> None:
    assert refused(saved(tmp_path, "a.pdf", content)) is reason


def test_a_truncated_pdf_is_damaged_or_repaired_but_never_passed_over(tmp_path: Path) -> None:
    whole = pdf_of()
    assert refused(saved(tmp_path, "a.pdf", whole[: len(whole) // 6])) in (ReasonCode.DAMAGED, ReasonCode.NO_PAGES)


@pytest.mark.parametrize("pages", ["<< /Type /Pages /Kids [] /Count 0 >>", "<< /Type /Pages /Count 0 >>"])
def test_a_whole_pdf_without_any_page_has_no_pages(tmp_path: Path, pages: str) -> None:
    content = raw_pdf({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: pages})
    assert refused(saved(tmp_path, "a.pdf", content)) is ReasonCode.NO_PAGES


def test_limits_are_kept(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.pdf", pdf_of())
    assert refused(path, Limits(max_bytes=100)) is ReasonCode.TOO_LARGE
    with pymupdf.open() as document:
        for _ in range(4):
            document.new_page()
        long = saved(tmp_path, "b.pdf", document.tobytes())
    assert refused(long, Limits(max_pages=3)) is ReasonCode.TOO_MANY_PAGES


def test_a_file_that_vanished_is_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.pdf") is ReasonCode.FILE_MISSING
