"""Reading an earlier installation's tables, whatever their columns are called."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from credmate_pipeline.adoption.columns import said_columns
from credmate_pipeline.adoption.csv_tables import read_csv
from credmate_pipeline.adoption.installation import read_installation, stated_values
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline_tests.adoption.stating import table

ROW = {"id": "7", "s3_key": "documents/p/a.pdf", "status": "completed"}


def test_columns_are_found_by_the_names_they_usually_have() -> None:
    documents = table("documents", {"Document ID": 7, "file_path": "documents/p/a.pdf", "State": "Completed"})
    read = read_installation(documents, None, said={}, statuses={})
    assert read.columns == {"documents": {"id": "Document ID", "key": "file_path", "status": "State"}}
    [document] = read.documents
    assert (document.source_id, document.key, document.known_status) == ("7", "documents/p/a.pdf", "completed")


def test_a_column_said_by_hand_wins() -> None:
    documents = table("documents", {**ROW, "real_key": "documents/p/b.pdf"})
    read = read_installation(documents, None, said=said_columns(["key=real_key"]), statuses={})
    assert read.documents[0].key == "documents/p/b.pdf"


@pytest.mark.parametrize(("row", "named"), [({"id": "1", "status": "x"}, "key=NAME"), ({"id": "1"}, "key=NAME")])
def test_a_column_that_is_not_found_is_named_with_what_to_say(row: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        read_installation(table("documents", row), None, said={}, statuses={})


@pytest.mark.parametrize("pair", ["key", "key=", "colour=blue"])
def test_a_column_said_wrongly_is_refused(pair: str) -> None:
    with pytest.raises(ConfigurationError, match="WHAT=NAME"):
        said_columns([pair])


def test_a_named_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ConfigurationError, match="it has id, s3_key, status"):
        read_installation(table("documents", ROW), None, said={"key": "nowhere"}, statuses={})


@pytest.mark.parametrize(
    "content",
    [
        {"holder_name": "A", "credits_awarded": "2.5"},
        {"holder_name": {"value": "A", "confidence": 0.9}, "credits_awarded": {"value": 2.5}},
        {"fields": {"holder_name": "A", "credits_awarded": 2.5}},
        [{"name": "holder_name", "value": "A"}, {"name": "credits_awarded", "value": "2.5"}],
    ],
)
def test_values_are_found_in_every_usual_shape(content: object) -> None:
    expected = {"holder_name": "A", "credits_awarded": "2.5"}
    assert (stated_values(content), stated_values(json.dumps(content))) == (expected, expected)


@pytest.mark.parametrize("content", [None, "", "{}", "[]", "not json", {}, {"fields": {}}, {"ok": True}, {"a": None}])
def test_an_extraction_that_holds_nothing_has_no_values(content: object) -> None:
    assert stated_values(content) == {}


def test_extractions_join_their_documents_and_the_last_with_values_counts() -> None:
    made = table(
        "extraction_results",
        {"document_id": 7, "extracted_data": {"issuer": "new"}, "created_at": "2025-03-01"},
        {"document_id": 7, "extracted_data": {"issuer": "old"}, "created_at": "2025-01-01"},
        {"document_id": 7, "extracted_data": {}, "created_at": "2025-04-01"},
        {"document_id": 8, "extracted_data": {"issuer": "nobody's"}, "created_at": "2025-01-01"},
    )
    read = read_installation(table("documents", ROW), made, said={}, statuses={})
    assert read.documents[0].values == {"issuer": "new"}
    assert read.unknown_extraction_count == 1


def test_a_table_of_extractions_without_a_column_of_values_is_not_taken_for_an_empty_one() -> None:
    made = table("extraction_results", {"document_id": 7, "blob": "{}"})
    with pytest.raises(ConfigurationError, match="values=NAME"):
        read_installation(table("documents", ROW), made, said={}, statuses={})


def test_words_of_the_installation_are_translated_as_said() -> None:
    read = read_installation(
        table("documents", {**ROW, "status": "Done!"}), None, said={}, statuses={"done!": "approved"}
    )
    assert read.documents[0].known_status == "approved"


def test_a_csv_is_read_with_its_dates_percents_and_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "documents.csv"
    path.write_text(
        "id,s3_key,status,document_type,confidence,processing_errors,created_at,reviewed_by\n"
        "1,documents/p/a.pdf,REVIEW-APPROVED,CME,87,[],2025-03-04T05:06:07,\n",
        encoding="utf-8-sig",
    )
    [document] = read_installation(read_csv(path), None, said={}, statuses={}).documents
    assert (document.known_status, document.known_type, document.confidence) == (
        "review_approved",
        "cme_certificate",
        0.87,
    )
    assert (document.error, document.decided_by) == (None, None)
    assert document.uploaded_at == datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize("content", [b"", b"id,s3_key,status\n1,a,b,c\n", b"\xff\xfe\x00"])
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "documents.csv"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"documents\.csv"):
        read_csv(path)
