"""What the database refuses, whoever asks: each rule is broken with plain SQL."""

from datetime import timedelta

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.schema import CODE_REVISION, database_revision, migrations
from credmate_pipeline.ledger.states import ALLOWED_MOVES, DECIDED_BY_A_PERSON, NEEDS_EXTRACTION, DocumentStatus
from credmate_pipeline_tests.outcomes import NOW, arrival_of, completed, in_review, registered

LEASE = timedelta(minutes=5)


@pytest.fixture
def engine(ledger: Ledger) -> Engine:
    return ledger.engine


@pytest.fixture
def waiting(ledger: Ledger) -> DocumentId:
    return registered(ledger)


@pytest.fixture
def done(ledger: Ledger) -> DocumentId:
    document_id = registered(ledger, "done.pdf")
    ledger.claim([document_id], run_id="run", lease=LEASE, now=NOW)
    ledger.settle(document_id, run_id="run", outcome=completed(), artifact=None, now=NOW)
    return document_id


def act(connection: Connection, actor: str = "someone") -> None:
    connection.execute(text("SELECT set_config('credmate.actor', :actor, true)"), {"actor": actor})


def refused(engine: Engine, *statements: str, **parameters: object) -> str:
    """Runs the statements in one transaction and returns what the database says against it."""
    with pytest.raises(IntegrityError) as raised:
        run(engine, *statements, **parameters)
    return str(raised.value.orig)


def run(engine: Engine, *statements: str, **parameters: object) -> None:
    with engine.begin() as connection:
        act(connection)
        for statement in statements:
            connection.execute(text(statement), parameters)


def move(to: str, **columns: str) -> str:
    sets = "".join(f", {name} = {value}" for name, value in columns.items())
    return f"UPDATE documents SET status = '{to}', settled_at = now(){sets} WHERE document_id = :id"


STORE = """
INSERT INTO extraction_results (document_id, document_type, engine, field_reader, reader_version, classifier_version,
    extractor_version, validator_version, stage_seconds, validation_passed, extracted_at)
VALUES (:id, 'license', 'stub', 'stub', '1', '1', '1', '1', '{}', true, now())
"""


def test_the_migrated_database_is_at_the_codes_revision(engine: Engine) -> None:
    assert database_revision(engine) == CODE_REVISION == ScriptDirectory.from_config(migrations()).get_current_head()


def test_the_database_knows_the_same_moves_and_states_as_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        moves = {tuple(row) for row in connection.execute(text("SELECT from_status, to_status FROM allowed_moves"))}
        states = {row.status: row for row in connection.execute(text("SELECT * FROM document_statuses"))}
    assert moves == {(before, after) for before, afters in ALLOWED_MOVES.items() for after in afters}
    assert set(states) == set(DocumentStatus)
    assert {name for name, row in states.items() if row.needs_extraction} == NEEDS_EXTRACTION
    assert {name for name, row in states.items() if row.is_decided_by_a_person} == DECIDED_BY_A_PERSON


@pytest.mark.parametrize("status", sorted(NEEDS_EXTRACTION))
def test_no_read_status_exists_without_an_extraction(engine: Engine, waiting: DocumentId, status: str) -> None:
    assert refused(engine, move(status, reasons="ARRAY['x']"), id=waiting)


def test_a_stub_that_stores_an_empty_extraction_cannot_complete_a_document(engine: Engine, waiting: DocumentId) -> None:
    said = refused(
        engine,
        STORE,
        move("completed", extraction_id=NEWEST),
        id=waiting,
    )
    assert "at least one evidenced field" in said


def test_an_item_without_fields_cannot_complete_a_document(engine: Engine, waiting: DocumentId) -> None:
    item = "INSERT INTO extracted_items SELECT max(extraction_id), 0 FROM extraction_results"
    assert refused(
        engine,
        STORE,
        item,
        move("completed", extraction_id=NEWEST),
        id=waiting,
    )


FIELD = """
INSERT INTO extracted_fields (extraction_id, item_position, field_name, field_position, value, content, confidence,
    method, page, x0, y0, x1, y1, printed_text, further_evidence)
SELECT max(extraction_id), 0, 'state', 0, {value}, {content}, {confidence}, 'stub', {page}, {box}, {printed},
    CAST(:further AS jsonb)
FROM extraction_results
"""
NEWEST = "(SELECT max(extraction_id) FROM extraction_results)"

GOOD = {
    "value": "'\"TX\"'",
    "content": "'TX'",
    "confidence": "0.9",
    "page": "1",
    "box": "0.1, 0.1, 0.2, 0.2",
    "printed": "'TX'",
    "further": "[]",
}


@pytest.mark.parametrize(
    "broken",
    [
        {"page": "0"},
        {"box": "0.1, 0.1, 1.2, 0.2"},
        {"box": "0.3, 0.1, 0.2, 0.2"},
        {"box": "0.1, 0.1, 0.1, 0.2"},
        {"box": "0.1, 0.2, 0.2, 0.2"},
        {"further": '[{"page": 1, "box": [0.1, 0.1, 0.2, 0.2]}, {"page": 1, "box": [0.1, 0.1, 0.1, 0.2]}]'},
        {"printed": "' '"},
        {"content": "''"},
        {"value": "'null'"},
        {"value": "'\"\"'"},
        {"value": "'[]'"},
        {"confidence": "1.5"},
    ],
)
def test_a_field_without_value_or_place_cannot_be_stored(
    engine: Engine, waiting: DocumentId, broken: dict[str, str]
) -> None:
    item = "INSERT INTO extracted_items SELECT max(extraction_id), 0 FROM extraction_results"
    given = {**GOOD, **broken}
    further = given["further"]
    assert "extracted_fields_" in refused(engine, STORE, item, FIELD.format(**given), id=waiting, further=further)


def test_a_document_with_an_error_finding_cannot_be_completed(engine: Engine, ledger: Ledger) -> None:
    document_id = registered(ledger, "review.pdf")
    ledger.claim([document_id], run_id="run", lease=LEASE, now=NOW)
    ledger.settle(document_id, run_id="run", outcome=in_review(), artifact=None, now=NOW)
    again = "UPDATE documents SET status = 'uploaded', settled_at = NULL WHERE document_id = :id"
    assert "without errors" in refused(engine, again, move("completed"), id=document_id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE extracted_fields SET value = '\"9\"'",
        "DELETE FROM extracted_fields",
        "DELETE FROM extracted_items",
        "DELETE FROM extraction_results",
        "UPDATE findings SET severity = 'note'",
        "DELETE FROM classifications",
        "UPDATE document_events SET actor = 'nobody'",
        "DELETE FROM document_events",
        "TRUNCATE document_events",
        "TRUNCATE documents CASCADE",
        "DELETE FROM documents",
        "DELETE FROM allowed_moves",
    ],
)
def test_what_was_stored_cannot_be_changed_or_removed(
    engine: Engine, ledger: Ledger, done: DocumentId, statement: str
) -> None:
    document_id = registered(ledger, "review.pdf")
    ledger.claim([document_id], run_id="run", lease=LEASE, now=NOW)
    ledger.settle(document_id, run_id="run", outcome=in_review(), artifact=None, now=NOW)
    assert refused(engine, statement)


def test_nothing_joins_an_extraction_after_it_was_committed(engine: Engine, done: DocumentId) -> None:
    late = "INSERT INTO findings SELECT max(extraction_id), 9, 0, 'x', 'error', NULL, 'x' FROM extraction_results"
    assert "complete once it is committed" in refused(engine, late)


def test_a_settled_document_cannot_lose_its_extraction(engine: Engine, done: DocumentId) -> None:
    assert refused(engine, "UPDATE documents SET extraction_id = NULL WHERE document_id = :id", id=done)


BORN = """INSERT INTO documents (document_id, upload_uri, upload_key, upload_version, owner, file_name, byte_count,
    status, reason_code, uploaded_at, registered_at, waiting_since_at, settled_at)
    VALUES (gen_random_uuid(), 'x', 'x', '1', 'x', 'x', 1, '{status}', 'blank', now(), now(), now(), now())"""


def test_a_document_is_born_uploaded(engine: Engine) -> None:
    assert "born uploaded" in refused(engine, BORN.format(status="unreadable"))


@pytest.mark.parametrize(("before", "after"), [("uploaded", "approved"), ("uploaded", "review_approved")])
def test_moves_not_in_the_table_are_refused(engine: Engine, waiting: DocumentId, before: str, after: str) -> None:
    assert f"no move from {before} to {after}" in refused(engine, move(after), id=waiting)


def test_a_document_does_not_move_for_nobody(engine: Engine, waiting: DocumentId) -> None:
    with engine.connect() as connection, pytest.raises(IntegrityError, match="named actor"):
        connection.execute(text(move("unreadable", reason_code="'blank'")), {"id": waiting})


@pytest.mark.parametrize("status", ["unreadable", "failed"])
def test_a_document_nobody_can_read_needs_a_reason(engine: Engine, waiting: DocumentId, status: str) -> None:
    assert refused(engine, move(status, attempt_count="1"), id=waiting)


def test_failed_needs_an_attempt(engine: Engine, waiting: DocumentId) -> None:
    assert refused(engine, move("failed", reason_code="'internal-error'"), id=waiting)


def test_unsupported_needs_a_classification(engine: Engine, waiting: DocumentId) -> None:
    assert refused(engine, move("unsupported"), id=waiting)


def test_unsupported_needs_a_classification_that_says_so(engine: Engine, waiting: DocumentId) -> None:
    classified = """INSERT INTO classifications (document_id, document_type, confidence, evidence, classifier_version,
        classified_at) VALUES (:id, '{}', 0.9, '[]', '1', now())"""
    to_newest = move("unsupported", classification_id="(SELECT max(classification_id) FROM classifications)")
    assert "says so" in refused(engine, classified.format("license"), to_newest, id=waiting)
    run(engine, classified.format("unsupported"), to_newest, id=waiting)


def test_a_review_needs_reasons(engine: Engine, waiting: DocumentId) -> None:
    assert refused(engine, move("review_pending"), id=waiting)


def test_a_duplicate_needs_an_original_of_the_same_bytes(engine: Engine, ledger: Ledger, waiting: DocumentId) -> None:
    other = registered(ledger, "other.pdf")
    ledger.claim([waiting, other], run_id="run", lease=LEASE, now=NOW)
    ledger.record_arrival(waiting, run_id="run", arrival=arrival_of(b"a"), now=NOW)
    ledger.record_arrival(other, run_id="run", arrival=arrival_of(b"b"), now=NOW)
    assert refused(engine, move("duplicate"), id=waiting)
    assert "same bytes" in refused(engine, move("duplicate", duplicate_of=f"'{other}'"), id=waiting)
    assert refused(engine, move("duplicate", duplicate_of=f"'{waiting}'"), id=waiting)


@pytest.fixture
def alike(ledger: Ledger) -> tuple[DocumentId, DocumentId, DocumentId]:
    """Three documents whose bytes are the same, and nobody has noticed."""
    ids = tuple(registered(ledger, f"{number}.pdf") for number in range(3))
    for document_id in ids:
        ledger.claim([document_id], run_id="run", lease=LEASE, now=NOW)
        ledger.record_arrival(document_id, run_id="run", arrival=arrival_of(document_id.encode()), now=NOW)
    with ledger.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(f"UPDATE documents SET sha256 = '{'0' * 64}'"))
    first, second, third = ids
    return first, second, third


def test_a_duplicate_is_no_duplicates_copy(engine: Engine, alike: tuple[DocumentId, DocumentId, DocumentId]) -> None:
    first, second, third = alike
    other = f"CASE WHEN document_id = '{first}' THEN CAST('{second}' AS uuid) ELSE CAST('{first}' AS uuid) END"
    each_other = move("duplicate", duplicate_of=other) + " OR document_id = :other"
    assert "no duplicate" in refused(engine, each_other, id=first, other=second)
    run(engine, move("duplicate", duplicate_of=f"'{first}'"), id=second)
    assert "no duplicate" in refused(engine, move("duplicate", duplicate_of=f"'{second}'"), id=third)
    assert "has copies" in refused(engine, move("duplicate", duplicate_of=f"'{third}'"), id=first)


def test_approval_needs_a_credential_and_a_review_needs_a_reviewer(engine: Engine, done: DocumentId) -> None:
    assert "credential" in refused(engine, move("approved"), id=done)
    assert "review" in refused(engine, move("review_approved"), id=done)
    assert "review" in refused(engine, move("review_rejected"), id=done)


def test_a_rejection_needs_a_reason(engine: Engine, done: DocumentId) -> None:
    review = """INSERT INTO reviews (document_id, extraction_id, decision, reviewer, reason, reviewed_at)
        SELECT document_id, extraction_id, 'rejected', 'someone', ' ', now() FROM documents WHERE document_id = :id"""
    assert refused(engine, review, id=done)


def test_a_claim_has_both_run_and_lease(engine: Engine, waiting: DocumentId) -> None:
    assert refused(engine, "UPDATE documents SET claim_run_id = 'x' WHERE document_id = :id", id=waiting)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO document_statuses VALUES ('done', false, false)",
        "INSERT INTO allowed_moves VALUES ('uploaded', 'approved')",
        "UPDATE documents SET is_canary = true WHERE document_id = :id",
        "UPDATE documents SET registered_at = now() WHERE document_id = :id",
        "UPDATE documents SET document_id = gen_random_uuid() WHERE document_id = :id",
        "UPDATE documents SET provider_link = 'name' WHERE document_id = :id",
        "UPDATE documents SET classification_id = NULL WHERE document_id = :id",
        "UPDATE item_identities SET credits = 99",
        "DELETE FROM item_identities",
        "TRUNCATE item_identities",
        "TRUNCATE credentials CASCADE",
    ],
)
def test_there_is_no_way_around_states_identity_and_figures(engine: Engine, done: DocumentId, statement: str) -> None:
    assert refused(engine, statement, id=done)


def test_the_bytes_a_document_was_read_from_stay_its_own(engine: Engine, ledger: Ledger, waiting: DocumentId) -> None:
    ledger.claim([waiting], run_id="run", lease=LEASE, now=NOW)
    ledger.record_arrival(waiting, run_id="run", arrival=arrival_of(b"a"), now=NOW)
    other = f"UPDATE documents SET sha256 = '{'0' * 64}' WHERE document_id = :id"
    assert "keeps its identity" in refused(engine, other, id=waiting)


@pytest.fixture
def approved(ledger: Ledger, done: DocumentId) -> DocumentId:
    ledger.create_credentials(done, actor="someone", now=NOW)
    return done


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM credentials",
        "DELETE FROM credential_proofs",
        "UPDATE credential_proofs SET proven_at = now()",
        "UPDATE credentials SET field_values = '{}'",
        "UPDATE credentials SET expires_on = '2099-01-01'",
        "UPDATE credentials SET withdrawn_at = now()",
    ],
)
def test_an_approved_documents_credential_cannot_be_taken_or_changed(
    engine: Engine, approved: DocumentId, statement: str
) -> None:
    assert refused(engine, statement)


def test_a_credential_alone_does_not_approve_a_document(engine: Engine, done: DocumentId) -> None:
    credential = """INSERT INTO credentials
        (document_id, extraction_id, item_position, credential_type, created_by, created_at)
        SELECT document_id, extraction_id, 0, 'license', 'x', now() FROM documents WHERE document_id = :id"""
    assert "approved needs a credential" in refused(engine, credential, move("approved"), id=done)


REVIEW = """INSERT INTO reviews (document_id, extraction_id, decision, reviewer, reason, reviewed_at)
    SELECT document_id, extraction_id, '{}', 'someone', 'x', now() FROM documents WHERE document_id = :id"""


def test_an_approval_that_was_followed_by_a_rejection_approves_nothing(engine: Engine, done: DocumentId) -> None:
    both = (REVIEW.format("approved"), REVIEW.format("rejected"))
    assert "current extraction" in refused(engine, *both, move("review_approved"), id=done)


def test_the_approval_of_an_earlier_reading_approves_no_later_one(
    engine: Engine, ledger: Ledger, done: DocumentId
) -> None:
    run(engine, REVIEW.format("approved"), id=done)
    ledger.claim([done], run_id="again", lease=LEASE, now=NOW, reopen=True)
    ledger.settle(done, run_id="again", outcome=completed("9"), artifact=None, now=NOW)
    assert "current extraction" in refused(engine, move("review_approved"), id=done)


def test_a_correction_does_not_join_a_review_later(engine: Engine, done: DocumentId) -> None:
    run(engine, REVIEW.format("approved"), id=done)
    late = """INSERT INTO corrections (review_id, item_position, field_name, corrected_value)
        SELECT max(review_id), 0, 'issuer', '"X"' FROM reviews"""
    assert "complete once it is committed" in refused(engine, late)


LINE = """INSERT INTO document_events (document_id, kind, from_status, to_status, actor, occurred_at)
    VALUES (:id, '{}', 'uploaded', '{}', 'dr-lee', now())"""
NOTE = "INSERT INTO document_notes (document_id, kind, reason) VALUES (:id, '{}', 'x')"


@pytest.mark.parametrize("kind", ["moved", "registered", "attempt_failed", "read_again", "adopted", "purged"])
def test_nobody_writes_a_line_of_the_trail_but_the_ledger(
    engine: Engine, ledger: Ledger, done: DocumentId, kind: str
) -> None:
    before = ledger.history(done)
    assert "written by the ledger itself" in refused(engine, LINE.format(kind, "approved"), id=done)
    assert "shows nothing of it" in refused(engine, NOTE.format(kind), id=done)
    assert ledger.history(done) == before


def test_a_note_of_what_has_happened_becomes_a_line_and_is_not_kept_twice(
    engine: Engine, ledger: Ledger, waiting: DocumentId
) -> None:
    ledger.claim([waiting], run_id="run", lease=LEASE, now=NOW)
    as_run = "SELECT set_config('credmate.run_id', 'run', true)"
    run(engine, as_run, NOTE.format("attempt_failed"), id=waiting)
    last = ledger.history(waiting)[-1]
    assert (last.kind, last.actor, last.run_id, last.to_status) == ("attempt_failed", "someone", "run", "uploaded")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM document_notes")).scalar() == 0


CLASSIFY = """INSERT INTO classifications (document_id, document_type, confidence, evidence, classifier_version,
    classified_at) VALUES (:id, {type}, {confidence}, '[]', '1', now())"""
FIND = "INSERT INTO findings SELECT max(extraction_id), 0, 0, 'x', 'fatal', NULL, 'x' FROM extraction_results"
DECIDE = """INSERT INTO reviews (document_id, extraction_id, decision, reviewer, reason, reviewed_at)
    SELECT document_id, extraction_id, {decision}, {reviewer}, {reason}, now() FROM documents WHERE document_id = :id"""
SET = "UPDATE documents SET {} WHERE document_id = :id"
GONE = "purged_at = now(), status = 'purged', settled_at = now()"

CHECKS = {
    "documents_status": (BORN.format(status="done"),),
    "documents_settled_at": (SET.format("settled_at = NULL"),),
    "documents_byte_count": (SET.format("byte_count = -1"),),
    "documents_attempt_count": (SET.format("attempt_count = -1"),),
    "documents_sha256": (SET.format("sha256 = 'ABC'"),),
    "documents_claim": (SET.format("claim_until_at = now()"),),
    "documents_not_own_duplicate": (SET.format("duplicate_of = document_id"),),
    "documents_provider_link": (SET.format("provider_link = 'name'"),),
    "documents_extraction": (SET.format("extraction_id = NULL"),),
    "documents_unreadable_reason": (SET.format("status = 'uploaded', settled_at = NULL"), move("unreadable")),
    "documents_failed_attempts": (
        SET.format("status = 'uploaded', settled_at = NULL, attempt_count = 0"),
        move("failed", reason_code="'internal-error'"),
    ),
    "documents_duplicate": (SET.format("status = 'uploaded', settled_at = NULL"), move("duplicate")),
    "documents_review_reasons": (move("review_pending"),),
    "documents_unsupported": (
        SET.format("status = 'uploaded', settled_at = NULL, classification_id = NULL"),
        move("unsupported"),
    ),
    "documents_purged": ("SELECT set_config('credmate.reason', 'x', true)", SET.format(GONE)),
    "classifications_confidence": (CLASSIFY.format(type="'license'", confidence="1.1"),),
    "classifications_type": (CLASSIFY.format(type="''", confidence="0.9"),),
    "extraction_results_versions": (STORE.replace("'stub', 'stub', '1'", "'stub', 'stub', ''"),),
    "extracted_items_document_type_check": (
        STORE,
        "INSERT INTO extracted_items SELECT max(extraction_id), 0, '' FROM extraction_results",
    ),
    "findings_severity": (STORE, FIND),
    "reviews_decision": (DECIDE.format(decision="'perhaps'", reviewer="'someone'", reason="'x'"),),
    "reviews_reviewer": (DECIDE.format(decision="'approved'", reviewer="' '", reason="'x'"),),
    "reviews_reason": (DECIDE.format(decision="'rejected'", reviewer="'someone'", reason="NULL"),),
}
"""Each check of the tables a document's results are in, with what breaks it."""

BROKEN_ABOVE = {
    "extracted_fields_evidence",
    "extracted_fields_value",
    "extracted_fields_confidence",
    "extracted_fields_extent",
}


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_refuses_what_it_names(engine: Engine, done: DocumentId, check: str) -> None:
    assert f'"{check}"' in refused(engine, *CHECKS[check], id=done)


def test_every_check_of_a_documents_tables_is_broken_once(engine: Engine) -> None:
    named = text(
        """SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid::regclass::text = ANY(:tables)"""
    )
    tables = ["documents", "classifications", "extraction_results", "extracted_items", "extracted_fields"]
    with engine.connect() as connection:
        found = connection.execute(named, {"tables": [*tables, "findings", "reviews", "corrections"]}).scalars()
        assert set(found) == set(CHECKS) | BROKEN_ABOVE


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews SET decision = 'rejected'",
        "UPDATE reviews SET reason = '(purged)'",
        "DELETE FROM reviews",
        "TRUNCATE reviews CASCADE",
        "UPDATE corrections SET corrected_value = '\"Y\"'",
        "DELETE FROM corrections",
        "TRUNCATE corrections",
    ],
)
def test_what_a_person_said_stays_as_it_was_said(
    engine: Engine, ledger: Ledger, done: DocumentId, statement: str
) -> None:
    said = """INSERT INTO corrections (review_id, item_position, field_name, corrected_value)
        SELECT max(review_id), 0, 'issuer', '"X"' FROM reviews"""
    run(engine, REVIEW.format("approved"), said, id=done)
    assert "append-only" in refused(engine, statement)
