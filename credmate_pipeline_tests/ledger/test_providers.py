"""The roster in the ledger, and documents finding their provider."""

import pytest

from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.records import RosterChange
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.providers.roster import FaultyRoster, read_roster
from credmate_pipeline_tests.outcomes import NOW
from credmate_pipeline_tests.papers_of_record import HOLDER, cme, outcome_of, rules_of, status_of, taken_in

AMELIA = f"p1,{HOLDER} MD,,1234567893,mercy,MD"
CME = outcome_of("cme_certificate", cme())


def imported(ledger: Ledger, *rows: str, is_dry_run: bool = False) -> RosterChange:
    text = "\n".join(("owner,name,other_names,npi,organization,degree", *rows)) + "\n"
    return ledger.import_roster(read_roster(text.encode()), actor="test", now=NOW, is_dry_run=is_dry_run)


def owner_of(ledger: Ledger, document_id: str) -> str | None:
    document = ledger.document(document_id)
    assert document is not None
    return next((one.owner for one in ledger.providers() if one.provider_id == document.provider_id), None)


def test_importing_twice_changes_nothing_the_second_time(ledger: Ledger) -> None:
    assert imported(ledger, AMELIA).added == ("p1",)
    again = imported(ledger, AMELIA)
    assert (again.added, again.changed, again.unchanged_count) == ((), (), 1)


def test_a_dry_run_says_the_same_and_stores_nothing(ledger: Ledger) -> None:
    assert imported(ledger, AMELIA, is_dry_run=True).added == ("p1",)
    assert ledger.providers() == ()


def test_an_empty_cell_leaves_what_is_known_and_names_follow_the_roster(ledger: Ledger) -> None:
    imported(ledger, AMELIA)
    assert imported(ledger, "p1,Amelia Stone,Amelia Whitfield,,,").changed == ("p1",)
    (amelia,) = ledger.providers()
    assert amelia.names == ("Amelia Stone", "Amelia Whitfield")
    assert (amelia.npi, amelia.organization, amelia.degree) == ("1234567893", "mercy", "MD")


def test_a_roster_without_other_names_keeps_a_former_legal_name(ledger: Ledger) -> None:
    imported(ledger, AMELIA)
    ledger.import_roster(read_roster(b"owner,name\np1,Amelia Stone\n"), actor="test", now=NOW)
    assert ledger.known_names("p1") == ("Amelia Stone", "Amelia Whitfield")


def test_an_npi_of_a_provider_already_known_is_refused_with_its_line(ledger: Ledger) -> None:
    imported(ledger, AMELIA)
    with pytest.raises(FaultyRoster, match="line 2: the NPI is already another provider's"):
        imported(ledger, "p2,Jo Park,,1234567893,,")
    assert len(ledger.providers()) == 1


def test_two_providers_can_swap_their_npis(ledger: Ledger) -> None:
    imported(ledger, AMELIA, "p2,Jo Park,,1558598797,,")
    imported(ledger, f"p1,{HOLDER},,1558598797,,", "p2,Jo Park,,1234567893,,")
    assert [one.npi for one in ledger.providers()] == ["1558598797", "1234567893"]


def test_documents_uploaded_before_the_roster_are_tied_to_their_provider(ledger: Ledger) -> None:
    document_id = taken_in(ledger, CME)
    assert imported(ledger, AMELIA).linked_document_count == 1
    assert owner_of(ledger, document_id) == "p1"
    assert status_of(ledger, document_id) is DocumentStatus.COMPLETED


def test_a_settled_document_of_another_person_goes_to_a_person_once_the_provider_is_known(ledger: Ledger) -> None:
    document_id = taken_in(ledger, outcome_of("cme_certificate", cme(holder_name="Samuel Park")))
    assert imported(ledger, AMELIA).doubted_documents == (document_id,)
    assert status_of(ledger, document_id) is DocumentStatus.REVIEW_PENDING


def test_a_document_in_the_providers_folder_is_the_providers(ledger: Ledger) -> None:
    imported(ledger, AMELIA)
    assert owner_of(ledger, taken_in(ledger, CME)) == "p1"


def test_a_document_in_the_organizations_folder_is_tied_by_name(ledger: Ledger) -> None:
    imported(ledger, AMELIA, "p2,Samuel Park,,,mercy,")
    document_id = taken_in(ledger, CME, owner="mercy")
    assert owner_of(ledger, document_id) == "p1"
    assert rules_of(ledger, document_id) == set()


def test_namesakes_of_another_organization_are_not_asked(ledger: Ledger) -> None:
    imported(ledger, AMELIA, f"p2,{HOLDER},,,other,")
    assert owner_of(ledger, taken_in(ledger, CME, owner="mercy")) == "p1"


def test_a_name_that_fits_two_providers_ties_to_neither_and_asks_a_person(ledger: Ledger) -> None:
    imported(ledger, AMELIA, f"p2,{HOLDER},,,mercy,")
    document_id = taken_in(ledger, CME, owner="mercy")
    assert owner_of(ledger, document_id) is None
    assert "provider-ambiguous" in rules_of(ledger, document_id)
    document = ledger.document(document_id)
    assert document is not None
    assert document.status is DocumentStatus.REVIEW_PENDING
    assert any("more than one provider" in reason for reason in document.reasons)


def test_a_printed_npi_tells_namesakes_apart(ledger: Ledger) -> None:
    imported(ledger, AMELIA, f"p2,{HOLDER},,,mercy,")
    document_id = taken_in(ledger, outcome_of("cme_certificate", cme(), text="NPI: 1234567893"), owner="mercy")
    assert owner_of(ledger, document_id) == "p1"


def test_nobody_of_the_organizations_roster_is_said_so(ledger: Ledger) -> None:
    imported(ledger, AMELIA)
    document_id = taken_in(ledger, outcome_of("cme_certificate", cme(holder_name="Samuel Park")), owner="mercy")
    assert rules_of(ledger, document_id) == {"provider-unknown"}
    assert owner_of(ledger, document_id) is None


def test_another_providers_npi_sends_a_document_to_a_person(ledger: Ledger) -> None:
    imported(ledger, AMELIA, "p2,Jo Park,,1558598797,,")
    document_id = taken_in(ledger, outcome_of("cme_certificate", cme(), text="NPI 1558598797"))
    assert rules_of(ledger, document_id) == {"npi-of-another-provider"}
    assert status_of(ledger, document_id) is DocumentStatus.REVIEW_PENDING


def test_a_canary_is_nobodys(ledger: Ledger) -> None:
    imported(ledger, AMELIA)
    document_id = taken_in(ledger, CME, is_canary=True)
    assert owner_of(ledger, document_id) is None
    assert ledger.providers()[0].document_count == 0
