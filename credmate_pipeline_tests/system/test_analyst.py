"""An analyst at work in Dagster's UI, in a real browser: a failed document found, understood and run again,
a chosen set and one stage run again, and the oversight pages read."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.gateways import Gateways, open_gateways
from credmate_pipeline.labelled_documents import load_folder
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.settings import Settings
from credmate_pipeline.system.ports import choose_port
from credmate_pipeline.system.supervisor import running_system
from credmate_pipeline_tests.defs.driving import certificate
from credmate_pipeline_tests.papers import LINES, pdf_of
from credmate_pipeline_tests.system.browser import opened_page
from credmate_pipeline_tests.waiting import wait_for

DEADLINE_SECONDS = 150


@dataclass(frozen=True, slots=True)
class Desk:
    """The analyst's view of a running system, and what its ledger says meanwhile."""

    page: Page
    url: str
    gateways: Gateways
    artifacts: Path

    def open(self, path: str) -> None:
        self.page.goto(f"{self.url}/{path}")

    def status(self, document_id: DocumentId) -> DocumentStatus:
        return self.gateways.ledger.statuses([document_id])[document_id]

    def event_count(self, document_id: DocumentId) -> int:
        return len(self.gateways.ledger.history(document_id))

    def break_artifacts(self) -> None:
        """A file where the folder of artifacts was."""
        self.artifacts.rename(self.artifacts.with_name("aside"))
        self.artifacts.touch()

    def mend_artifacts(self) -> None:
        self.artifacts.unlink()
        self.artifacts.with_name("aside").rename(self.artifacts)

    def launch(self, button: str) -> None:
        """The dialog's last click."""
        self.page.get_by_role("button", name=button).click()
        expect(self.page.get_by_role("button", name=button)).to_be_hidden()


@pytest.fixture
def desk(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("CREDMATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CREDMATE_ATTEMPTS", "1")
    monkeypatch.setenv("DATABASE_URL", database_url)
    settings = Settings()
    gateways = open_gateways(settings)
    for number in (2, 3, 4):
        gateways.uploads.put(f"documents/p1/certificate-{number}.pdf", certificate(number))
    gateways.uploads.put("documents/p1/specimen.pdf", pdf_of((*LINES, "SPECIMEN")))
    gateways.uploads.put("documents/p1/word.pdf", b"PK\x03\x04" + b"\0" * 100)
    load_folder(gateways, labelled(tmp_path / "labelled"), origin="tests", now=datetime.now(UTC), is_whole_set=True)
    with running_system(settings, port=choose_port(3300, is_insisted=False)) as system, opened_page() as page:
        yield Desk(page, system.url, gateways, settings.artifacts_folder)
    gateways.ledger.close()


def labelled(folder: Path) -> Path:
    """One certificate and its truth."""
    folder.mkdir()
    (folder / "certificate.pdf").write_bytes(pdf_of())
    truth = {
        "file": "certificate.pdf",
        "document_type": "cme_certificate",
        "fields": {"holder_name": "Amelia Whitfield", "completion_date": "2025-03-14", "credits_awarded": "2.50"},
    }
    (folder / "truth.jsonl").write_text(json.dumps(truth) + "\n")
    return folder


def ids_once_settled(desk: Desk, count: int) -> dict[str, DocumentId]:
    """The documents by file name, once so many are there and none waits."""
    ledger = desk.gateways.ledger
    wait_for(
        f"the end of {count} documents' first run",
        lambda: len(ledger.documents()) == count and DocumentStatus.UPLOADED not in ledger.counts_by_status(),
        seconds=DEADLINE_SECONDS,
    )
    return {record.file_name: record.document_id for record in ledger.documents()}


def read_why_a_file_cannot_be_read(desk: Desk, unreadable: DocumentId) -> None:
    desk.open(f"assets/document?view=partitions&partition={unreadable}")
    expect(desk.page.get_by_text("not-a-document")).to_be_visible()
    expect(desk.page.get_by_text("upload the document as PDF")).to_be_visible()


def upload_while_artifacts_cannot_be_stored(desk: Desk) -> DocumentId:
    desk.break_artifacts()
    desk.gateways.uploads.put("documents/p1/late.pdf", certificate(5))
    failed = ids_once_settled(desk, 6)["late.pdf"]
    assert desk.status(failed) is DocumentStatus.FAILED
    return failed


def find_the_failed_document_and_run_it_again(desk: Desk, failed: DocumentId) -> None:
    page = desk.page
    desk.open("assets/ocr?view=partitions")
    expect(page.get_by_text("Failed (1)")).to_be_visible()
    page.get_by_text("Materialized (4)").click()
    expect(page.get_by_text("2 Partitions Selected")).to_be_visible()
    page.get_by_text(failed[:8]).first.click()
    expect(page.get_by_text("failed, and did not materialize this asset")).to_be_visible()
    page.get_by_text("View logs").first.click()
    expect(page.get_by_text("1 of 1 documents failed. The folder").first).to_be_visible()

    desk.open(f"assets/document?view=partitions&partition={failed}")
    expect(page.get_by_text("storage-unavailable")).to_be_visible()
    expect(page.get_by_text("check its permissions and its disk")).to_be_visible()
    expect(page.get_by_text("Mend the cause, then materialize this partition again.")).to_be_visible()

    desk.mend_artifacts()
    page.get_by_role("button", name="Materialize…").click()
    desk.launch("Launch 1 run")
    wait_for(
        "the failed document's second run",
        lambda: desk.status(failed) is DocumentStatus.COMPLETED,
        seconds=DEADLINE_SECONDS,
    )


def run_one_stage_of_a_chosen_set_again(desk: Desk, chosen: list[DocumentId], others: list[DocumentId]) -> None:
    page = desk.page
    before = {key: desk.event_count(key) for key in (*chosen, *others)}
    readings = {record.reading_artifact for record in desk.gateways.ledger.documents_by_id(chosen)}
    desk.open("assets/extraction?view=overview")
    page.get_by_role("button", name="Materialize…").click()
    page.get_by_text("Select a partition or create one").click()
    for key in chosen:
        page.get_by_role("menuitem").filter(has_text=key).click()
    page.get_by_text("Launch runs to materialize").first.click()
    desk.launch("Launch backfill")
    for key in chosen:
        wait_for(
            "the chosen documents' second extraction",
            lambda key=key: desk.event_count(key) > before[key] and desk.status(key) is DocumentStatus.COMPLETED,
            seconds=DEADLINE_SECONDS,
        )
    read_again = {record.reading_artifact for record in desk.gateways.ledger.documents_by_id(chosen)}
    assert None not in readings
    assert read_again == readings, "their pages were read again, too"
    assert {key: desk.event_count(key) for key in others} == {key: before[key] for key in others}


def read_the_oversight(desk: Desk) -> None:
    """Launches the pages' assets together from the catalog and reads what each then says."""
    pages = {
        "reconciliation": "Everything agrees.",
        "review_queue": "The document looks like a sample, not a real credential.",
        "extraction_quality": "cme_certificate",
    }
    chosen = " or ".join(f'key:"{asset}"' for asset in pages)
    desk.open(f"assets?asset-selection={quote(chosen)}")
    expect(desk.page.get_by_role("link", name=re.compile("|".join(pages)))).to_have_count(len(pages))
    desk.page.locator("label").filter(has=desk.page.get_by_role("checkbox")).first.click()
    desk.page.get_by_role("button", name="Materialize selected").click()
    expect(desk.page.get_by_text("Launched run")).to_be_visible()
    for asset, says in pages.items():
        wait_for(
            f"the page of {asset}",
            lambda asset=asset, says=says: shows(desk, f"assets/{asset}", says),
            seconds=DEADLINE_SECONDS,
        )
    desk.page.get_by_role("button", name="Plots").click()
    expect(desk.page.get_by_text("cme_certificate_required_right")).to_be_visible()


def shows(desk: Desk, path: str, text: str) -> bool:
    """Whether the page, opened anew, says so."""
    desk.open(path)
    with suppress(AssertionError):
        expect(desk.page.get_by_text(text).first).to_be_visible(timeout=8000)
        return True
    return False


@pytest.mark.timeout(600)
def test_an_analyst_finds_a_failed_document_runs_it_again_and_reads_the_oversight_in_the_browser(desk: Desk) -> None:
    ids = ids_once_settled(desk, 5)
    assert desk.status(ids["specimen.pdf"]) is DocumentStatus.REVIEW_PENDING
    read_why_a_file_cannot_be_read(desk, ids["word.pdf"])
    failed = upload_while_artifacts_cannot_be_stored(desk)
    find_the_failed_document_and_run_it_again(desk, failed)
    chosen = [ids["certificate-2.pdf"], ids["certificate-4.pdf"]]
    run_one_stage_of_a_chosen_set_again(desk, chosen, [ids["certificate-3.pdf"], ids["word.pdf"], failed])
    read_the_oversight(desk)
