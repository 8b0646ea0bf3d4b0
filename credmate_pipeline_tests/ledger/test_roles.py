"""What the owner, the writer and the reader of the ledger can and cannot do, asked with plain SQL as each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ProgrammingError

from credmate_pipeline.errors import ConfigurationError, ReasonCode
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.ledger import open_ledger
from credmate_pipeline.ledger.records import EventKind
from credmate_pipeline.ledger.roles import OPEN_FIELDS, Roles, create_roles, roles_named
from credmate_pipeline.ledger.schema import migrate
from credmate_pipeline.ledger.tables import metadata
from credmate_pipeline.uploads.local_artifacts import LocalArtifacts
from credmate_pipeline.uploads.local_folder import LocalUploads
from credmate_pipeline_tests.outcomes import NOW, registered
from credmate_pipeline_tests.test_purging import Office


@dataclass(frozen=True, slots=True)
class Installation:
    """A database with separate roles."""

    url: str
    roles: Roles

    def url_of(self, role: str) -> str:
        return make_url(self.url).set(username=role).render_as_string(hide_password=False)

    def engine(self, role: str) -> Engine:
        return create_engine(self.url_of(role), hide_parameters=True)


def passwords(roles: Roles) -> dict[str, SecretStr]:
    return {role: SecretStr(f"secret of {role}") for role in (roles.owner, roles.writer, roles.reader)}


@pytest.fixture
def installation(database_url: str) -> Iterator[Installation]:
    roles = roles_named(f"t{uuid4().hex[:8]}")
    engine = create_engine(database_url)
    create_roles(engine, roles, passwords(roles), dagster_schema="dagster")
    yield Installation(database_url, roles)
    with engine.begin() as connection:
        for role in (roles.reader, roles.writer, roles.owner):
            connection.execute(text(f"REASSIGN OWNED BY {role} TO CURRENT_USER"))
            connection.execute(text(f"DROP OWNED BY {role}"))
            connection.execute(text(f"DROP ROLE {role}"))
    engine.dispose()


@pytest.fixture
def settled(installation: Installation, tmp_path: Path) -> Iterator[Office]:
    """An office whose ledger is the writer's, with one approved document."""
    ledger = open_ledger(installation.url_of(installation.roles.writer))
    uploads = LocalUploads(tmp_path / "uploads", settle_seconds=0)
    uploads.prepare()
    office = Office(Gateways(ledger, uploads, LocalArtifacts(tmp_path / "artifacts")), tmp_path)
    office.settled()
    yield office
    ledger.close()


def refusal(engine: Engine, statement: str) -> str:
    """What the server says against a statement; a right that lacks, not a rule that is broken."""
    with pytest.raises(ProgrammingError) as raised, engine.begin() as connection:
        connection.execute(text(statement))
    return str(raised.value.orig)


TRAIL = (
    "INSERT INTO document_events (document_id, kind, to_status, actor, occurred_at) "
    "SELECT document_id, 'moved', 'approved', 'dr-lee', now() FROM documents",
    "ALTER TABLE document_notes DISABLE TRIGGER note_in_trail",
    "UPDATE document_events SET reason = 'x'",
    "DELETE FROM document_events",
    "TRUNCATE document_events",
    "DROP TABLE document_events",
    "ALTER TABLE document_events DISABLE TRIGGER ALL",
    "ALTER TABLE document_events DISABLE TRIGGER rows_stay",
    "DROP TRIGGER rows_stay ON document_events",
    "CREATE OR REPLACE FUNCTION trail_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "SET session_replication_role = replica",
    "DELETE FROM extracted_fields",
    "UPDATE reviews SET reason = NULL",
    "INSERT INTO allowed_moves VALUES ('purged', 'uploaded')",
    "UPDATE credmate_version SET version_num = '0001'",
    "CREATE TABLE beside (x int)",
)


def test_the_pipelines_own_role_works_but_cannot_touch_the_trail(installation: Installation, settled: Office) -> None:
    writer = installation.engine(installation.roles.writer)
    said = [refusal(writer, statement) for statement in TRAIL]
    assert [line for line in said if "permission denied" not in line and "must be owner" not in line] == []
    writer.dispose()


def test_the_pipelines_own_role_notes_what_happened_through_the_ledger(settled: Office) -> None:
    ledger = settled.ledger
    document_id = registered(ledger)
    ledger.claim([document_id], run_id="run", lease=timedelta(minutes=5), now=NOW)
    ledger.give_back("run", reason=ReasonCode.INTERNAL_ERROR, message="It ended.", attempts_allowed=3, now=NOW)
    assert [event.kind for event in ledger.history(document_id)] == [EventKind.REGISTERED, EventKind.ATTEMPT_FAILED]


def test_the_pipelines_own_role_cannot_purge_and_the_owner_can(installation: Installation, settled: Office) -> None:
    [document] = settled.ledger.documents()
    with pytest.raises(ConfigurationError, match="permission denied"):
        settled.purge(document.document_id)
    owner = open_ledger(installation.url_of(installation.roles.owner))
    office = Office(replace(settled.gateways, ledger=owner), settled.root)
    assert office.purge(document.document_id) == (document.document_id,)
    owner.close()


def test_the_reader_sees_no_sensitive_column_and_writes_nothing(installation: Installation, settled: Office) -> None:
    reader = installation.engine(installation.roles.reader)
    for table in metadata.sorted_tables:
        assert "permission denied" in refusal(reader, f"SELECT * FROM public.{table.name}")
        with reader.connect() as connection:
            names = list(connection.execute(text(f"SELECT * FROM analysis.{table.name}")).keys())
        assert [name for name in names if table.c[name].info.get("is_sensitive")] == []
        assert "permission denied" in refusal(reader, f"DELETE FROM analysis.{table.name}")
    for statement in ("CREATE TABLE analysis.beside (x int)", "CREATE TABLE public.beside (x int)"):
        assert "permission denied" in refusal(reader, statement)
    reader.dispose()


def test_the_reader_sees_open_fields_and_others_masked(installation: Installation, settled: Office) -> None:
    reader = installation.engine(installation.roles.reader)
    with reader.connect() as connection:
        values = dict(connection.execute(text("SELECT field_name, value FROM analysis.field_values")).tuples().all())
    assert values == {"credits_awarded": "1.5"}
    sensitive = {name for known in document_types() for name in known.sensitive_fields}
    named = {"holder_name", "instructor_name", "license_number", "certificate_number", "policy_number", "ecard_code"}
    assert not set(OPEN_FIELDS) & (sensitive | named)
    reader.dispose()


def test_making_the_roles_again_and_migrating_again_change_nothing(installation: Installation, settled: Office) -> None:
    engine = create_engine(installation.url)
    create_roles(engine, installation.roles, {}, dagster_schema="dagster")
    migrate(installation.url_of(installation.roles.owner), installation.roles)
    migrate(installation.url_of(installation.roles.writer), installation.roles)
    assert settled.settled("another.pdf", b"other")
    engine.dispose()


def test_a_new_role_needs_a_password_and_no_statement_holds_one(database_url: str) -> None:
    engine = create_engine(database_url)
    roles = roles_named(f"t{uuid4().hex[:8]}")
    with pytest.raises(ConfigurationError, match=f"{roles.owner} is to be made, but has no password"):
        create_roles(engine, roles, {}, dagster_schema="dagster")
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: sent.append(statement))
    given = passwords(roles)
    del given[roles.reader]
    with pytest.raises(ConfigurationError, match=f"{roles.reader} is to be made"):
        create_roles(engine, roles, given, dagster_schema="dagster")
    assert any("SCRAM-SHA-256$" in statement for statement in sent)
    assert not any("secret of" in statement for statement in sent)
    engine.dispose()
