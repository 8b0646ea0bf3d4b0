"""`read`: files in, one line a file out, whatever the files are."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from credmate_pipeline_tests.cli.conftest import Credmate, Said
from credmate_pipeline_tests.papers import LINES, pdf_of, picture_of, saved

KEYS = {
    "file": str,
    "document_type": str | None,
    "classification_confidence": float | None,
    "status": str,
    "reason": str | None,
    "reason_code": str | None,
    "items": list,
    "findings": list,
    "pages_set_aside": list,
    "pages": list,
    "seconds": float,
}

DEA_LINES = (
    "CONTROLLED SUBSTANCE REGISTRATION CERTIFICATE",
    "UNITED STATES DEPARTMENT OF JUSTICE",
    "DRUG ENFORCEMENT ADMINISTRATION",
    "DEA REGISTRATION NUMBER: FL2345674",
    "REGISTRATION EXPIRES: 06-30-2028",
    "SCHEDULES: 2,2N,3,3N,4,5",
    "BUSINESS ACTIVITY: PRACTITIONER",
    "LEE, ANN MD",
)


def lines_of(said: Said) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.out.splitlines()]


def assert_well_formed(line: dict[str, Any]) -> None:
    assert list(line) == list(KEYS)
    for key, kind in KEYS.items():
        assert isinstance(line[key], kind), key
    for item in line["items"]:
        assert list(item) == ["document_type", "fields"]
        for field in item["fields"].values():
            assert list(field) == ["value", "content", "confidence", "evidence"]
            assert field["evidence"]
            for place in field["evidence"]:
                x0, y0, x1, y1 = place["box"]
                assert (place["page"], bool(place["text"])) == (1, True)
                assert 0 <= x0 < x1 <= 1
                assert 0 <= y0 < y1 <= 1
    for finding in line["findings"]:
        assert list(finding) == ["rule", "severity", "field", "item", "message"]
    for page in line["pages"]:
        assert list(page) == ["page", "source", "words", "confidence"]


def test_a_folder_of_good_and_bad_files_gives_a_line_each_in_order(credmate: Credmate, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    (papers / "deeper").mkdir(parents=True)
    pdf = pdf_of()
    saved(papers, "a.pdf", pdf)
    saved(papers, "b.png", picture_of(pdf))
    saved(papers, "c.pdf", b"")
    saved(papers, "d.pdf", Image.new("L", (850, 1100), 255), format="PNG")
    saved(papers, "e.doc", b"not a document")
    saved(papers / "deeper", "f g.pdf", pdf[: len(pdf) // 3])
    Path(os.fsdecode(os.fsencode(papers / "deeper") + b"/\xff.pdf")).write_bytes(b"")
    first = saved(tmp_path, "first.pdf", b"%PDF-1.7\n")

    said = credmate("read", first, papers, "--jsonl", "--lanes", 2)

    assert said.code == 0
    lines = lines_of(said)
    for line in lines:
        assert_well_formed(line)
    expected = [first, *sorted(path for path in papers.rglob("*") if path.is_file())]
    assert [line["file"] for line in lines] == list(map(str, expected))
    by_name = {Path(line["file"]).name: line for line in lines}
    for name, source in (("a.pdf", "text_layer"), ("b.png", "tesseract")):
        line = by_name[name]
        assert (line["document_type"], line["pages"][0]["source"]) == ("cme_certificate", source)
        assert line["items"][0]["fields"]["completion_date"]["value"] == "2025-03-14"
        assert float(line["items"][0]["fields"]["credits_awarded"]["value"]) == 2.5
    codes = {name: line["reason_code"] for name, line in by_name.items() if line["document_type"] is None}
    assert codes["c.pdf"] == codes["\udcff.pdf"] == "empty-file"
    assert codes["d.pdf"] == "blank"
    assert {name for name, line in by_name.items() if line["status"] == "unreadable"} >= {"c.pdf", "d.pdf", "first.pdf"}
    assert all(by_name[name]["reason"] for name in codes)


def test_a_file_that_takes_too_long_failed_and_so_did_the_command(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CREDMATE_DOCUMENT_TIMEOUT_SECONDS", "0.01")
    path = saved(tmp_path, "slow.png", picture_of(pdf_of()))
    said = credmate("read", path, "--jsonl")
    assert said.code == 1
    [line] = lines_of(said)
    assert_well_formed(line)
    assert (line["status"], line["reason_code"]) == ("failed", "reader-timed-out")
    assert "CREDMATE_DOCUMENT_TIMEOUT_SECONDS" in line["reason"]


def test_the_table_masks_what_is_sensitive_and_the_lines_do_not(credmate: Credmate, tmp_path: Path) -> None:
    path = saved(tmp_path, "dea.pdf", pdf_of(DEA_LINES, size=12))
    table, line = credmate("read", path), lines_of(credmate("read", path, "--jsonl"))[0]
    assert line["items"][0]["fields"]["registration_number"]["value"] == "FL2345674"
    assert line["items"][0]["fields"]["schedules"]["value"] == ["2", "2N", "3", "3N", "4", "5"]
    assert "FL2345674" not in table.out
    assert "FL*****74" in table.out


def test_control_characters_in_a_name_do_not_reach_the_terminal(credmate: Credmate, tmp_path: Path) -> None:
    path = saved(tmp_path, "\x1b[31m[bold]red\x9b.pdf", b"")
    table, line = credmate("read", path), credmate("read", path, "--jsonl")
    assert table.code == line.code == 0
    assert "[bold]red" in table.out
    assert not {"\x1b", "\x9b"} & {*table.out, *line.out}
    assert lines_of(line)[0]["file"] == str(path)


def test_a_path_that_is_not_there_is_named_before_anything_is_read(credmate: Credmate, tmp_path: Path) -> None:
    there = saved(tmp_path, "a.pdf", pdf_of(LINES))
    said = credmate("read", there, tmp_path / "none.pdf", "--jsonl")
    assert (said.code, said.out) == (2, "")
    assert "none.pdf" in said.err
    assert "Traceback" not in said.err


def test_a_missing_tesseract_is_one_sentence(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = saved(tmp_path, "a.pdf", pdf_of())
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    said = credmate("read", path, "--jsonl")
    assert (said.code, said.out) == (2, "")
    assert "tesseract" in said.err.lower()
    assert said.err.count("\n") == 1


def test_an_empty_folder_has_nothing_to_say(credmate: Credmate, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = credmate("read", tmp_path / "empty", "--jsonl")
    assert (said.code, said.out) == (0, "")
