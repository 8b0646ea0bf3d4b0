"""An installation that believed it worked, adopted and worked off by the ordinary sensor and runs."""

from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg
import pytest

from credmate_pipeline.adopt import apply, plan
from credmate_pipeline.adoption.csv_tables import read_csv
from credmate_pipeline.adoption.installation import Installation, read_installation
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.states import NEEDS_EXTRACTION, DocumentStatus
from credmate_pipeline.samples.incident import DOCUMENTS_FILE, EXTRACTIONS_FILE, Extent, draw_incident, write_incident
from credmate_pipeline_tests.defs.driving import keys_of, run, tick

EXTENT = Extent(cme_certificates=6, licenses=1, dea_registrations=1, missing=1, corrupt=1)


@pytest.fixture
def installation(gateways: Gateways, tmp_path: Path) -> Installation:
    """Its files lie in this environment's storage."""
    assert gateways.ledger.documents() == ()
    write_incident(draw_incident(2, today=date(2026, 5, 4), extent=EXTENT), tmp_path / "home")
    tables = (read_csv(tmp_path / "home" / name) for name in (DOCUMENTS_FILE, EXTRACTIONS_FILE))
    return read_installation(*tables, said={}, statuses={})


@pytest.mark.timeout(180)
def test_of_an_installation_that_read_nothing_every_document_ends_read_or_in_an_honest_state(
    gateways: Gateways, installation: Installation, instance: dg.DagsterInstance
) -> None:
    assert [document.values for document in installation.documents if document.values] == []
    assert apply(gateways, plan(gateways, installation, now=datetime.now(UTC)), now=datetime.now(UTC)) == EXTENT.count
    tick(instance)
    assert run(instance, keys_of(instance)).success
    records = gateways.ledger.documents()
    unreadable = {str(one.reason_code) for one in records if one.status is DocumentStatus.UNREADABLE}
    read = [one for one in records if one.status in NEEDS_EXTRACTION]
    assert (len(read), unreadable) == (EXTENT.count - 2, {"file-missing", "damaged"})
    assert all(gateways.ledger.has_evidenced_extraction(one.document_id) for one in read)
    decided = [one for one in records if gateways.adoptions.adopted(one.document_id)[0].decision]
    assert decided
    for one in decided:
        assert one.status is DocumentStatus.COMPLETED or "before it was adopted" in " ".join(one.reasons)
