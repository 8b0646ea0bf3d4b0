"""Text of a document and names of files reach terminal, JSON and CSV without any power."""

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline_tests.cli.conftest import Credmate
from credmate_pipeline_tests.outcomes import NOW, completed, in_review, registered

MARKUP = "[red]x[/red][link=http://evil.example]y[/link]"
STEERING = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\u2066\r\n\u200e"
HOSTILE = f"=cmd|' /C calc'!A0{MARKUP}|<script>alert(1)</script>`x`{STEERING}"
FILE_NAME = f"{MARKUP}{STEERING}|<b>.pdf".replace("/", "_")


@pytest.fixture
def document(ledger: Ledger, database_url: str, credmate: Credmate, monkeypatch: pytest.MonkeyPatch) -> DocumentId:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "400")
    document_id = registered(ledger, FILE_NAME)
    ledger.claim([document_id], run_id="r", lease=timedelta(minutes=5), now=NOW)
    ledger.settle(document_id, run_id="r", outcome=completed(HOSTILE), artifact=None, now=NOW)
    other = registered(ledger, f"2{FILE_NAME}")
    ledger.claim([other], run_id="r", lease=timedelta(minutes=5), now=NOW)
    ledger.settle(other, run_id="r", outcome=in_review(), artifact=None, now=NOW)
    return document_id


def is_harmless(printed: str) -> bool:
    return all(character == "\n" or character.isprintable() for character in printed)


def test_what_people_see_steers_no_terminal_and_is_no_markup(credmate: Credmate, document: DocumentId) -> None:
    commands = [("show", document), ("show", document, "--reveal"), ("status", "--documents"), ("review", "list")]
    commands += [("review", "show", document), ("audit", "list"), ("providers", "list")]
    commands += [(*words, "--json") for words in commands if "--reveal" not in words]
    for words in commands:
        said = credmate(*words)
        assert said.code == 0, said.err
        assert is_harmless(said.out), words
    shown = credmate("show", document).out
    assert "[red]x" in shown
    assert "<script>" in shown


def test_json_still_says_exactly_what_was_read(credmate: Credmate, document: DocumentId) -> None:
    told = json.loads(credmate("review", "show", document, "--json").out)
    assert HOSTILE in [row["value"] for row in told["fields"]]


def test_a_spreadsheet_takes_no_value_for_a_formula(credmate: Credmate, document: DocumentId, tmp_path: Path) -> None:
    assert credmate("export", "--output", tmp_path / "all.csv", "--include-sensitive").code == 0
    with (tmp_path / "all.csv").open(newline="", encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert f"'{HOSTILE}" in cells
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r")] == []


def test_a_table_printed_on_a_terminal_does_not_steer_it(
    credmate: Credmate, document: DocumentId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for form in ("csv", "jsonl"):
        said = credmate("export", "--format", form, "--include-sensitive")
        assert said.code == 0, said.err
        assert is_harmless(said.out), form


def test_a_file_that_is_not_there_is_told_without_its_tricks(credmate: Credmate) -> None:
    for words in (("read", FILE_NAME), ("upload", FILE_NAME)):
        said = credmate(*words)
        assert said.code == 2
        assert is_harmless(said.err)
