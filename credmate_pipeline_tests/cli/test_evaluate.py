"""`evaluate`: reads a folder and says how much of its truth was found."""

import json
from pathlib import Path

import pytest

from credmate_pipeline_tests.cli.conftest import Credmate
from credmate_pipeline_tests.papers import pdf_of, saved


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A certificate, an empty file, a copy of the certificate, and the truth, wrong about one holder on purpose."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("a.pdf", "copy.pdf"):
        saved(folder, name, pdf_of())
    saved(folder, "empty.pdf", b"")
    fields = {
        "holder_name": "Amelia Whitfield",
        "completion_date": "2025-03-14",
        "credits_awarded": "2.5",
        "start_date": None,
        "favorite_color": "red",
    }
    certificate = {"document_type": "cme_certificate", "kind": "born_digital"}
    truths = [
        {"file": "a.pdf", **certificate, "fields": fields},
        {"file": "empty.pdf", "document_type": None, "fields": {}, "kind": "empty", "expected_status": "unreadable"},
        {
            "file": "copy.pdf",
            **certificate,
            "fields": {**fields, "holder_name": "Somebody Else"},
            "expected_status": "duplicate",
        },
    ]
    (folder / "truth.jsonl").write_text("\n".join(map(json.dumps, truths)))
    return folder


def test_figures_are_told_by_type_and_field_with_what_went_wrong(credmate: Credmate, papers: Path) -> None:
    said = credmate("evaluate", papers, "--json")
    assert said.code == 0
    told = json.loads(said.out)
    assert (told["documents"], told["type_right"]) == (3, 3)
    assert told["confusion"] == {"cme_certificate read as cme_certificate": 2, "none read as none": 1}
    assert told["statuses"]["unreadable"] == 1
    assert told["unexpected_statuses"] == {}
    assert told["fields_no_type_has"] == ["favorite_color"]
    rows = {row["field"]: row for row in told["fields"]}
    assert rows["completion_date"]["exact"] == rows["credits_awarded"]["exact"] == 1
    assert rows["holder_name"]["exact"] == rows["holder_name"]["precision"] == 1 / 2
    assert rows["holder_name"]["exact_low"] < 1 / 2 < rows["holder_name"]["exact_high"]
    assert (rows["start_date"]["printed"], rows["start_date"]["recall"]) == (0, None)
    is_settled = "completed" in told["statuses"]
    assert told["wrongly_settled"] == (["copy.pdf"] if is_settled else [])


def test_the_table_tells_the_same_for_each_kind_of_page(credmate: Credmate, papers: Path) -> None:
    said = credmate("evaluate", papers, "--by-kind")
    assert said.code == 0
    for words in ("completion_date", "born_digital", "100.0 (34–100)", "Type right: 3 of 3", "favorite_color"):
        assert words in said.out


@pytest.mark.parametrize("truth", [None, "nonsense"])
def test_a_truth_that_cannot_be_used_stops_before_anything_is_read(
    credmate: Credmate, papers: Path, truth: str | None
) -> None:
    (papers / "truth.jsonl").unlink()
    if truth is not None:
        (papers / "truth.jsonl").write_text(truth)
    said = credmate("evaluate", papers)
    assert (said.code, said.out) == (2, "")
    assert "truth.jsonl" in said.err
    assert "Traceback" not in said.err


def test_the_labelled_set_is_evaluated_with_the_figures_of_its_folder(
    credmate: Credmate, papers: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    (papers / "copy.pdf").unlink()
    lines = (papers / "truth.jsonl").read_text().splitlines()
    (papers / "truth.jsonl").write_text("\n".join(lines[:2]))
    nothing = credmate("evaluate")
    assert (nothing.code, nothing.out) == (2, "")
    assert "credmate truth load DIR" in nothing.err
    loaded = json.loads(credmate("truth", "load", papers, "--json").out)
    assert loaded == {"documents": 2, "repeated": 0, "left": 0}
    listed = json.loads(credmate("truth", "list", "--json").out)
    assert [(row["document_type"], row["kind"], row["documents"]) for row in listed] == [
        ("cme_certificate", "born_digital", 1),
        ("none", "empty", 1),
    ]
    of_folder, of_set = (json.loads(credmate("evaluate", *words, "--json").out) for words in ([papers], []))
    assert of_set["fields"] == of_folder["fields"]
    assert of_set["overall"] == of_folder["overall"]


def test_the_same_bytes_with_two_truths_are_refused(
    credmate: Credmate, papers: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    (papers / "copy.pdf").write_bytes((papers / "a.pdf").read_bytes())
    said = credmate("truth", "load", papers)
    assert said.code == 2
    assert "a.pdf and copy.pdf are the same bytes with different truths" in said.err
    assert json.loads(credmate("truth", "list", "--json").out) == []
