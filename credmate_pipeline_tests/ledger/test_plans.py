"""What runs often finds its rows by an index, however many documents the ledger holds."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.providers.roster import read_roster
from credmate_pipeline_tests.outcomes import NOW
from credmate_pipeline_tests.papers_of_record import cme, outcome_of, taken_in

Asked = list[tuple[str, dict[str, object]]]
SOME = "00000000-0000-4000-8000-000000000000"
LARGE = (
    *("documents", "item_identities", "extracted_fields", "extraction_results", "providers", "provider_names"),
    *("credentials", "credential_proofs"),
)


@pytest.fixture
def asked(ledger: Ledger) -> Iterator[Asked]:
    """Every statement the ledger sends."""
    statements: Asked = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: dict[str, object], *_rest: object
    ) -> None:
        statements.append((statement, parameters))

    event.listen(ledger.engine, "before_cursor_execute", note)
    yield statements
    event.remove(ledger.engine, "before_cursor_execute", note)


def scanned(engine: Engine, asked: Asked) -> set[str]:
    """Large tables that some statement reads from end to end though it may use any index."""
    found = set()
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        # Small tables are cheapest read whole; here the question is whether an index could serve at all.
        cursor.execute("SET enable_seqscan = off; SET enable_bitmapscan = on")
        for statement, parameters in asked:
            if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "WITH")):
                cursor.execute(f"EXPLAIN {statement}", parameters)
                plan = [row[0] for row in cursor.fetchall()]
                found |= {name for name in LARGE for line in plan if f"Seq Scan on {name}" in line}
        cursor.close()
    return found


CALLS: dict[str, Callable[[Ledger], object]] = {
    "due": lambda ledger: ledger.due(now=NOW, patience=timedelta(minutes=15), at_most=500),
    "open": lambda ledger: ledger.open_documents(),
    "claim": lambda ledger: ledger.claim([SOME], run_id="r", lease=timedelta(minutes=1), now=NOW),
    "renew": lambda ledger: ledger.renew_claims("r", NOW),
    "prefix": lambda ledger: ledger.documents_by_prefix("12ab"),
    "newest": lambda ledger: ledger.documents(at_most=100),
    "by status": lambda ledger: ledger.documents(status=DocumentStatus.FAILED, at_most=100),
    "review queue": lambda ledger: ledger.review_queue(at_most=100),
    "names": lambda ledger: ledger.known_names("p1"),
    "on file": lambda ledger: ledger.on_file([SOME]),
    "untold filings": lambda ledger: ledger.take_untold_filings(told_at=NOW, now=NOW, at_most=100),
    "one provider": lambda ledger: ledger.provider("p1"),
}


@pytest.mark.parametrize("call", CALLS)
def test_what_runs_often_uses_an_index(ledger: Ledger, asked: Asked, call: str) -> None:
    CALLS[call](ledger)
    assert asked
    assert scanned(ledger.engine, asked) == set()


def test_settling_looks_up_providers_and_copies_by_an_index(ledger: Ledger, asked: Asked) -> None:
    taken_in(ledger, outcome_of("cme_certificate", cme(), text="word " * 30 + "NPI 1234567893"), owner="inbox")
    assert scanned(ledger.engine, asked) == set()


def test_a_providers_credits_are_found_by_an_index(ledger: Ledger, asked: Asked) -> None:
    ledger.import_roster(read_roster(b"owner,name\np1,Amelia Whitfield\n"), actor="test", now=NOW)
    provider = ledger.provider("p1")
    assert provider is not None
    asked.clear()
    ledger.claims_to_credit(provider.provider_id)
    assert scanned(ledger.engine, asked) == set()
