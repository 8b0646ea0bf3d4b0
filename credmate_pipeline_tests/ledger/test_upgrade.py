"""A ledger of an earlier revision, with rows its rules let through, brought to the code's revision."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Engine, create_engine, text

from credmate_pipeline.ledger.connection import ensure_database
from credmate_pipeline.ledger.ledger import open_ledger
from credmate_pipeline.ledger.schema import migrations
from credmate_pipeline.ledger.states import DocumentStatus

FIRST, SECOND, THIRD = (f"{number}0000000-0000-4000-8000-000000000000" for number in (1, 2, 3))
SPEAK = "SELECT set_config('credmate.actor', 'someone', true)"
REGISTER = """INSERT INTO documents (document_id, upload_uri, upload_key, upload_version, owner, file_name, byte_count,
    sha256, uploaded_at, registered_at, waiting_since_at)
    SELECT '{id}', '{id}', 'x', '1', 'p1', 'x', 1, repeat('0', 64), now(), now(), now()"""
COPY = "UPDATE documents SET status = 'duplicate', settled_at = now(), duplicate_of = '{}' WHERE document_id = '{}'"
READ = """
WITH found AS (INSERT INTO classifications (document_id, document_type, confidence, evidence, classifier_version,
    classified_at) VALUES ('{id}', 'license', 0.9, '[]', '1', now()) RETURNING classification_id),
result AS (INSERT INTO extraction_results (document_id, document_type, engine, field_reader, reader_version,
    classifier_version, extractor_version, validator_version, stage_seconds, validation_passed, extracted_at)
    VALUES ('{id}', 'license', 'x', 'x', '1', '1', '1', '1', '{{}}', true, now()) RETURNING extraction_id)
UPDATE documents SET classification_id = found.classification_id, extraction_id = result.extraction_id
FROM found, result WHERE document_id = '{id}'"""
FIELD = """
INSERT INTO extracted_fields (extraction_id, item_position, field_name, field_position, value, content, confidence,
    method, page, x0, y0, x1, y1, printed_text, further_evidence)
SELECT extraction_id, 0, 'state', 0, '"TX"', 'TX', 0.9, 'x', 1, 0.1, 0.1, {right}, 0.2, 'TX', '[]'
FROM documents WHERE document_id = '{id}'"""
ITEM = "INSERT INTO extracted_items SELECT extraction_id, 0 FROM documents WHERE document_id = '{id}'"
APPROVE = """
WITH held AS (INSERT INTO credentials (document_id, extraction_id, item_position, credential_type, created_by,
    created_at) SELECT document_id, extraction_id, 0, 'license', 'someone', now() FROM documents
    WHERE document_id = '{id}' RETURNING *)
INSERT INTO credential_proofs SELECT credential_id, document_id, extraction_id, 0, now() FROM held"""
MOVE = "UPDATE documents SET status = '{to}', settled_at = now() WHERE document_id = '{id}'"


class Earlier:
    """An empty database that migrates step by step."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine: Engine = create_engine(url)

    def upgrade(self, revision: str) -> None:
        config = migrations()
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)

    def run(self, *statements: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(SPEAK))
            for statement in statements:
                connection.exec_driver_sql(statement)

    def has_checked_all_extents(self) -> bool:
        asked = "SELECT convalidated FROM pg_constraint WHERE conname = 'extracted_fields_extent'"
        with self.engine.connect() as connection:
            return bool(connection.execute(text(asked)).scalar_one())


@pytest.fixture
def earlier(server_url: str) -> Iterator[Earlier]:
    made = Earlier(ensure_database(server_url, f"earlier_{uuid4().hex[:12]}"))
    yield made
    made.engine.dispose()


def test_documents_that_were_each_others_copies_get_an_original_that_is_read_again(earlier: Earlier) -> None:
    earlier.upgrade("0016")
    earlier.run(*(REGISTER.format(id=one) for one in (FIRST, SECOND, THIRD)))
    earlier.run(COPY.format(SECOND, FIRST), COPY.format(FIRST, SECOND), COPY.format(SECOND, THIRD))
    earlier.upgrade("head")
    ledger = open_ledger(earlier.url)
    found = {record.document_id: (record.status, record.duplicate_of) for record in ledger.documents()}
    copy = (DocumentStatus.DUPLICATE, FIRST)
    assert found == {FIRST: (DocumentStatus.UPLOADED, None), SECOND: copy, THIRD: copy}
    ledger.close()


@pytest.mark.parametrize(("right", "is_checked"), [("0.1", False), ("0.2", True)])
def test_a_place_without_an_extent_that_was_stored_before_stays_and_no_other_is_added(
    earlier: Earlier, right: str, *, is_checked: bool
) -> None:
    earlier.upgrade("0016")
    earlier.run(
        REGISTER.format(id=FIRST), READ.format(id=FIRST), ITEM.format(id=FIRST), FIELD.format(id=FIRST, right=right)
    )
    earlier.upgrade("head")
    assert earlier.has_checked_all_extents() is is_checked


def test_what_was_approved_before_is_still_told_to_dagster(earlier: Earlier) -> None:
    earlier.upgrade("0014")
    read = (REGISTER, READ, ITEM)
    earlier.run(
        *(statement.format(id=FIRST) for statement in read),
        FIELD.format(id=FIRST, right="0.2"),
        MOVE.format(id=FIRST, to="completed"),
        APPROVE.format(id=FIRST),
        MOVE.format(id=FIRST, to="approved"),
    )
    earlier.upgrade("head")
    ledger = open_ledger(earlier.url)
    assert ledger.take_untold_filings(told_at=None, now=ledger.now(), at_most=9) == (FIRST,)
    ledger.close()
