"""`export`: one table of everything read, in three formats, masked unless asked otherwise."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.extraction.fields import Extraction, Field, Item
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.outcome import Outcome
from credmate_pipeline_tests.cli.conftest import Credmate
from credmate_pipeline_tests.outcomes import NOW, PLACE, arrival_of, completed, registered, unreadable

Settle = Callable[[str, Outcome], DocumentId]


@pytest.fixture
def settled(ledger: Ledger, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settle:
    """Settles a document of that file name so."""
    monkeypatch.setenv("DATABASE_URL", database_url)

    def settle(name: str, outcome: Outcome) -> DocumentId:
        document_id = registered(ledger, name)
        ledger.claim([document_id], run_id="r1", lease=timedelta(minutes=5), now=NOW)
        ledger.record_arrival(document_id, run_id="r1", arrival=arrival_of(name.encode()), now=NOW)
        ledger.settle(document_id, run_id="r1", outcome=outcome, artifact=None, now=NOW)
        return document_id

    return settle


def field(name: str, value: str | tuple[str, ...], confidence: float = 0.9) -> Field:
    return Field(name, value, "as printed", confidence, (PLACE,), "rules:label")


def read_as(kind: str, *items: Item) -> Outcome:
    return replace(completed(), classification=Classification(kind, 0.9, (PLACE,)), extraction=Extraction(kind, items))


REGISTRATION = Item(
    (
        field("registration_number", "AB1234563"),
        field("holder_name", "Ann Lee", 0.71),
        field("schedules", ("II", "III")),
    )
)


def test_every_item_has_a_row_and_so_has_a_document_without_any(credmate: Credmate, settled: Settle) -> None:
    several = settled("a.pdf", read_as("cme_certificate", Item((field("issuer", "A"),)), Item((field("issuer", "B"),))))
    nothing = settled("b.pdf", unreadable())
    said = credmate("export", "--format", "jsonl", "--output", "out.jsonl")
    assert said.code == 0
    assert "3 rows" in said.out
    rows = [json.loads(line) for line in Path("out.jsonl").read_text(encoding="utf-8").splitlines()]
    told = {(row["document_id"], row["status"], row["item"], row["issuer"]) for row in rows}
    assert told == {
        (several, "completed", 1, "A"),
        (several, "completed", 2, "B"),
        (nothing, "unreadable", None, None),
    }


@pytest.mark.parametrize(
    ("form", "load"),
    [
        ("csv", pd.read_csv),
        ("jsonl", lambda path: pd.read_json(path, lines=True)),
        ("parquet", pd.read_parquet),
    ],
)
def test_each_format_tells_the_same(
    credmate: Credmate, settled: Settle, form: str, load: Callable[[str], pd.DataFrame]
) -> None:
    document_id = settled("a.pdf", read_as("dea_registration", REGISTRATION))
    assert credmate("export", "--format", form, "--output", "out").code == 0
    [row] = load("out").to_dict(orient="records")
    assert (row["document_id"], row["owner"], row["document_type"]) == (document_id, "p1", "dea_registration")
    assert (row["item"], row["lowest_confidence"]) == (1, pytest.approx(0.71))
    assert (row["registration_number"], row["holder_name"], row["schedules"]) == ("AB*****63", "Ann Lee", "II, III")
    assert pd.isna(row["issuer"])


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_without_a_file_the_table_and_nothing_else_is_printed(credmate: Credmate, settled: Settle, form: str) -> None:
    settled("a.pdf", read_as("dea_registration", REGISTRATION))
    assert credmate("export", "--format", form, "--output", "out").code == 0
    said = credmate("export", "--format", form)
    assert said.code == 0
    assert said.out.encode() == Path("out").read_bytes()
    table = pd.read_csv(StringIO(said.out)) if form == "csv" else pd.read_json(StringIO(said.out), lines=True)
    assert list(table["registration_number"]) == ["AB*****63"]


def test_parquet_asks_for_a_file(credmate: Credmate) -> None:
    said = credmate("export", "--format", "parquet")
    assert said.code == 2
    assert len(said.err.strip().splitlines()) == 1
    assert "--format is parquet" in said.err
    assert "--output" in said.err


def test_sensitive_values_are_masked_unless_they_are_asked_for(credmate: Credmate, settled: Settle) -> None:
    settled("a.pdf", read_as("dea_registration", REGISTRATION))
    credmate("export", "--output", "masked.csv")
    credmate("export", "--output", "full.csv", "--include-sensitive")
    assert "AB1234563" not in Path("masked.csv").read_text()
    assert "AB1234563" in Path("full.csv").read_text()


def test_an_empty_ledger_has_the_same_columns_as_a_full_one(credmate: Credmate, settled: Settle) -> None:
    credmate("export", "--output", "empty.csv")
    settled("a.pdf", completed())
    credmate("export", "--output", "full.csv")
    empty, full = pd.read_csv("empty.csv"), pd.read_csv("full.csv")
    assert empty.empty
    assert list(empty.columns) == list(full.columns)
    assert {field.name for known in document_types() for field in known.fields} <= set(full.columns)


@pytest.mark.parametrize("title", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)"])
def test_a_printed_formula_does_not_run_in_a_spreadsheet(credmate: Credmate, settled: Settle, title: str) -> None:
    settled("a.pdf", read_as("cme_certificate", Item((field("activity_title", title),))))
    credmate("export", "--output", "out.csv")
    [row] = pd.read_csv("out.csv").to_dict(orient="records")
    assert row["activity_title"] == "'" + title


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(
    credmate: Credmate, settled: Settle, tmp_path: Path
) -> None:
    settled("a.pdf", completed())
    (tmp_path / "folder").mkdir()
    for output in ("nowhere/out.csv", "folder"):
        said = credmate("export", "--output", output)
        assert said.code == 2
        assert f"--output is {output}" in said.err
    assert not list(tmp_path.glob(".*.part"))


def test_an_export_replaces_an_older_one(credmate: Credmate, settled: Settle, tmp_path: Path) -> None:
    settled("a.pdf", completed())
    (tmp_path / "out.csv").write_text("an older export")
    assert credmate("export", "--output", "out.csv").code == 0
    assert "an older export" not in (tmp_path / "out.csv").read_text()
