"""`upload`: what is stored, what is left out, and what a person knows where it ends early."""

import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from credmate_pipeline.uploads.s3 import S3Client, open_s3_client
from credmate_pipeline_tests.aws import aws_services
from credmate_pipeline_tests.cli.conftest import Credmate

# So long that no number can be put behind it.
LONG_NAME = f"{'z' * 251}.pdf"


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """Where the uploads of owner p1 lie."""
    folder = tmp_path / "home" / "uploads" / "documents" / "p1"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder as people have them: between documents lie what systems and editors leave."""
    for name in ("a.pdf", "b.pdf", ".DS_Store", "~$letter.docx", "scan.pdf.part", ".git/objects/c.pdf", ".git/d.pdf"):
        path = tmp_path / "papers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path / "papers"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_uploads_go_below_their_owner_and_folders_are_walked(credmate: Credmate, stored: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers" / "deeper"
    folder.mkdir(parents=True)
    (folder / "a b.pdf").write_bytes(b"one")
    (tmp_path / "c.pdf").write_bytes(b"two")
    said = credmate("upload", tmp_path / "papers", tmp_path / "c.pdf", "--owner", "p1", "--json")
    assert [one["key"] for one in json.loads(said.out)] == ["documents/p1/a b.pdf", "documents/p1/c.pdf"]
    assert (stored / "a b.pdf").read_bytes() == b"one"


def test_hidden_and_unfinished_files_of_a_folder_are_left_out_with_a_line_each(
    credmate: Credmate, stored: Path, papers: Path
) -> None:
    said = credmate("upload", "papers", "--owner", "p1")
    assert said.code == 0
    assert names_in(stored) == ["a.pdf", "b.pdf"]
    told = sorted(line.split(" is left out")[0] for line in said.err.splitlines())
    assert told == ["papers/.DS_Store", "papers/.git", "papers/scan.pdf.part", "papers/~$letter.docx"]
    assert "2 uploaded" in said.out


def test_json_lists_what_was_stored_and_nothing_else(credmate: Credmate, stored: Path, papers: Path) -> None:
    said = credmate("upload", papers, "--owner", "p1", "--json")
    assert [one["key"] for one in json.loads(said.out)] == ["documents/p1/a.pdf", "documents/p1/b.pdf"]
    assert ".DS_Store" in said.err


@pytest.mark.parametrize("store", ["local", "s3"])
def test_a_name_that_is_no_text_is_stored_with_signs_in_its_place(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, stored: Path, tmp_path: Path, store: str
) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.pdf")
    path.write_bytes(b"one")
    monkeypatch.setenv("CREDMATE_UPLOADS", store)
    with bucket_on_loopback(monkeypatch, f"names-of-{store}") as bucket:
        said = credmate("upload", path, "--owner", "p1", "--json")
        assert said.code == 0
        [key] = [one["key"] for one in json.loads(said.out)]
        kept = [one["Key"] for one in bucket.list_objects_v2(Bucket=f"names-of-{store}").get("Contents", ())]
    assert key == "documents/p1/caf\ufffd.pdf"
    assert [*kept, *(f"documents/p1/{name}" for name in names_in(stored))] == [key]


@contextmanager
def bucket_on_loopback(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[S3Client]:
    """A bucket, and the settings with which uploads go to it."""
    with aws_services() as address:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        monkeypatch.setenv("CREDMATE_S3_BUCKET", name)
        monkeypatch.setenv("CREDMATE_S3_ENDPOINT_URL", address)
        with closing(open_s3_client("us-east-1", address)) as client:
            client.create_bucket(Bucket=name)
            yield client


def test_a_hidden_folder_that_is_named_is_walked(credmate: Credmate, stored: Path, papers: Path) -> None:
    assert credmate("upload", papers / ".git", "--owner", "p1").code == 0
    assert names_in(stored) == ["c.pdf", "d.pdf"]


@pytest.mark.parametrize("name", [".DS_Store", "~$letter.docx", "scan.pdf.part"])
def test_a_hidden_or_unfinished_file_that_is_named_is_refused_before_anything_is_stored(
    credmate: Credmate, stored: Path, papers: Path, name: str
) -> None:
    said = credmate("upload", papers / "a.pdf", papers / name, "--owner", "p1")
    assert said.code == 2
    assert len(said.err.strip().splitlines()) == 1
    assert name in said.err
    assert names_in(stored) == []


def test_a_file_that_cannot_be_read_is_told_before_anything_is_stored(
    credmate: Credmate, stored: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file = Path.open

    def opened(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path == papers / "b.pdf":
            raise PermissionError(13, "Permission denied")
        return open_file(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", opened)
    said = credmate("upload", papers, "--owner", "p1")
    assert said.code == 2
    assert f"{papers / 'b.pdf'} cannot be read: Permission denied" in said.err
    assert names_in(stored) == []


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_was_stored_is_known_where_the_rest_cannot_be(
    credmate: Credmate, stored: Path, papers: Path, form: tuple[str, ...]
) -> None:
    (papers / LONG_NAME).write_bytes(b"new")
    (stored / LONG_NAME).write_bytes(b"already there")
    said = credmate("upload", papers, "--owner", "p1", *form)
    assert said.code == 3
    assert names_in(stored) == ["a.pdf", "b.pdf", LONG_NAME]
    if form:
        assert [one["key"] for one in json.loads(said.out)] == ["documents/p1/a.pdf", "documents/p1/b.pdf"]
    else:
        assert [line.split()[0] for line in said.out.splitlines()] == ["documents/p1/a.pdf", "documents/p1/b.pdf"]


def test_a_file_that_is_not_there_is_named(credmate: Credmate, tmp_path: Path) -> None:
    said = credmate("upload", tmp_path / "none.pdf")
    assert said.code == 2
    assert "none.pdf" in said.err


@pytest.mark.parametrize("owner", ["../../out", "..", ".hidden", ""])
def test_an_owner_is_the_name_of_one_folder_that_is_looked_into(
    credmate: Credmate, stored: Path, papers: Path, tmp_path: Path, owner: str
) -> None:
    said = credmate("upload", papers / "a.pdf", "--owner", owner)
    assert said.code == 2
    assert "--owner" in said.err
    assert names_in(stored.parent) == ["p1"]
    assert not (tmp_path / "home" / "out").exists()
