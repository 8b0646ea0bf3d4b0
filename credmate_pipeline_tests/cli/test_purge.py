"""`credmate purge` as a person uses it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from credmate_pipeline.documents.document import DocumentId, new_document_id
from credmate_pipeline.gateways import Gateways, open_gateways
from credmate_pipeline.settings import Settings
from credmate_pipeline_tests.cli.conftest import Credmate
from credmate_pipeline_tests.outcomes import NOW


@pytest.fixture
def gateways(
    credmate: Credmate, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Gateways]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    (tmp_path / "home/uploads/documents").mkdir(parents=True)
    opened = open_gateways(Settings())
    yield opened
    opened.ledger.close()


def stored(gateways: Gateways) -> DocumentId:
    upload = gateways.uploads.put("documents/p1/a.pdf", b"%PDF-1.4")
    return gateways.ledger.register(upload, document_id=new_document_id(), now=NOW).document_id


def test_a_purged_document_is_shown_as_a_tombstone(credmate: Credmate, gateways: Gateways, tmp_path: Path) -> None:
    document_id = stored(gateways)
    said = credmate("purge", document_id[:8], "--by", "ana", "--reason", "Asked for.", "--yes")
    assert (said.code, "1 purged." in said.out) == (0, True)
    assert not list((tmp_path / "home/uploads").rglob("*.pdf"))
    shown = credmate("show", document_id)
    assert "purged" in shown.out
    assert "by ana" in shown.out
    assert "a.pdf" not in shown.out


def test_without_somebody_to_ask_a_purge_needs_yes(credmate: Credmate, gateways: Gateways) -> None:
    said = credmate("purge", stored(gateways), "--by", "ana", "--reason", "Asked for.")
    assert (said.code, "--yes" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ((), "--unfinished"),
        (("abc",), "--by"),
        (("abc", "--by", "ana"), "--reason"),
        (("abc", "--unfinished", "--by", "ana"), "--unfinished"),
    ],
)
def test_a_purge_that_lacks_something_says_what(credmate: Credmate, words: tuple[str, ...], missing: str) -> None:
    said = credmate("purge", *words)
    assert (said.code, missing in said.err) == (2, True)


def test_interrupted_purges_are_finished_by_one_command(credmate: Credmate, gateways: Gateways, tmp_path: Path) -> None:
    document_id = stored(gateways)
    gateways.ledger.begin_purge([document_id], actor="ana", reason="Asked for.", now=NOW)
    said = credmate("purge", "--unfinished", "--by", "ana")
    assert (said.code, "1 purged." in said.out) == (0, True)
    assert not list((tmp_path / "home/uploads").rglob("*.pdf"))
