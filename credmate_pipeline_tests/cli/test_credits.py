"""`credmate credits`: from documents in the ledger to a table a credentialing specialist can use."""

import json

import pytest

from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.providers.roster import read_roster
from credmate_pipeline_tests.cli.conftest import Credmate
from credmate_pipeline_tests.outcomes import NOW
from credmate_pipeline_tests.papers_of_record import cme, outcome_of, taken_in

WINDOW = ("--from", "2024-01-01", "--to", "2025-12-31")


@pytest.fixture
def known(ledger: Ledger, database_url: str, credmate: Credmate, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    monkeypatch.setenv("DATABASE_URL", database_url)
    ledger.import_roster(read_roster(b"owner,name\np1,Amelia Whitfield MD\np2,Jo Park\n"), actor="test", now=NOW)
    return ledger


def certificate(ledger: Ledger, title: str = "Heart", *, is_sure: bool = True, is_canary: bool = False, **said: str):
    item = cme(activity_title=title, **said)
    return taken_in(ledger, outcome_of("cme_certificate", item, is_sure=is_sure), is_canary=is_canary)


def test_what_is_on_file_settled_and_in_review_is_told_apart_and_nothing_counted_twice(
    credmate: Credmate, known: Ledger
) -> None:
    approved, settled = certificate(known, credits_awarded="10"), certificate(known, "Stroke")
    waiting = certificate(known, "Skin", is_sure=False)
    copy = certificate(known, credits_awarded="10")
    certificate(known, "Canary", is_canary=True)
    rejected = certificate(known, "Kidney", is_sure=False)
    known.approve(approved, reviewer="r", now=NOW)
    known.reject(rejected, reviewer="r", reason="Blurred.", now=NOW)
    (report,) = json.loads(credmate("credits", "p1", "--state", "CA", *WINDOW, "--json").out)
    assert report["board"] == "CA-M"
    assert report["credits_by_type"] == {"ama_pra_1": "12.5"}
    assert report["copies"] == [copy]
    assert [(one["document_id"], one["why"]) for one in report["not_counted"]] == [(waiting, "in-review")]
    total = report["requirements"][0]
    assert (total["asked"], total["counted"], total["missing"]) == ("50", "12.5", "37.5")
    assert settled not in str(report["not_counted"])


def test_a_correction_counts_instead_of_what_was_read(credmate: Credmate, known: Ledger) -> None:
    document_id = certificate(known, is_sure=False)
    assert credmate("review", "correct", document_id, "credits_awarded=4", "--reviewer", "r").code == 0
    (report,) = json.loads(credmate("credits", "p1", "--state", "TX", *WINDOW, "--json").out)
    assert report["credits_by_type"] == {"ama_pra_1": "4"}


def test_the_table_names_requirement_doubts_and_source(credmate: Credmate, known: Ledger) -> None:
    certificate(known, completion_date="2024-01")
    said = credmate("credits", "p1", "--state", "OH", "--to", "2026-01-15")
    assert said.code == 0, said.err
    for told in ("category 1", "month-at-the-edge", "older sources: 100/2y", "Give --from and --to", "Source: FSMB"):
        assert told in said.out


def test_of_an_unknown_degree_every_board_is_shown(credmate: Credmate, known: Ledger) -> None:
    reports = json.loads(credmate("credits", "p2", "--state", "FL", "--json").out)
    assert [report["board"] for report in reports] == ["FL-M", "FL-O"]
    assert "degree-unknown" in str(reports)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("nobody", "--state", "CA"), "nobody"),
        (("p1", "--state", "XX"), "--state"),
        (("p1", "--state", "CA", "--from", "2024"), "--from"),
        (("p1", "--state", "CA", "--from", "2025-02-01", "--to", "2025-01-01"), "after --to"),
    ],
)
def test_what_cannot_be_answered_is_refused(credmate: Credmate, known: Ledger, words: tuple[str], named: str) -> None:
    said = credmate("credits", *words)
    assert said.code == 2
    assert named in said.err
