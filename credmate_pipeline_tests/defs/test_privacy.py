"""Nothing personal leaves the ledger's sensitive columns, whatever happens to a document.

Names, DEA numbers, social security numbers and addresses are planted on pages, in file names and in what a reviewer
types. The run is the pipeline's own role's, over a real Dagster in real PostgreSQL, with failures and a stopped reader.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import dagster as dg
import pytest
from pydantic import SecretStr
from sqlalchemy import Column, create_engine, make_url, text

from credmate_pipeline.defs.storage import dagster_url
from credmate_pipeline.gateways import Gateways, open_gateways
from credmate_pipeline.ledger.roles import Roles, create_roles, roles_named
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import metadata
from credmate_pipeline.samples.hostile.catalog import hostile_files
from credmate_pipeline.settings import Settings
from credmate_pipeline_tests.defs.driving import WITHOUT_COMPUTE_LOGS, keys_of, reconcile_in, run, tick
from credmate_pipeline_tests.ledger_dump import dumped
from credmate_pipeline_tests.papers import pdf_of, picture_of, saved

NAME, DEA, SSN, EMAIL = "Quillfeather", "FQ4827166", "078-05-1120", "zelda.q@example.org"
PLANTED = (NAME, DEA, SSN, EMAIL, "Zelda")
FILE = f"Zelda {NAME} {DEA} {SSN} {EMAIL}"

CERTIFICATE = (
    "Certificate of Participation",
    "Northfield Institute certifies that",
    f"Zelda {NAME}, MD",
    "has participated in the live activity titled",
    f"Remembering Dr. {NAME} and Other Stories",
    "on March 14, 2025",
    "and is awarded 2.50 AMA PRA Category 1 Credits",
    f"DEA {DEA}   SSN {SSN}   {EMAIL}",
)
REGISTRATION = (
    "CONTROLLED SUBSTANCE REGISTRATION CERTIFICATE",
    "UNITED STATES DEPARTMENT OF JUSTICE",
    "DRUG ENFORCEMENT ADMINISTRATION",
    f"DEA REGISTRATION NUMBER {DEA}",
    "THIS REGISTRATION EXPIRES 08-31-2027",
    "SCHEDULES 2,2N,3,3N,4,5",
    "BUSINESS ACTIVITY PRACTITIONER",
    f"{NAME.upper()}, ZELDA MD",
)
LETTER = ("Dear colleague,", f"greetings from Zelda {NAME}", f"{SSN} {EMAIL}", "the roses in the garden are in bloom")


@pytest.fixture
def roles(database_url: str) -> Iterator[Roles]:
    named = roles_named(f"p{uuid4().hex[:8]}")
    engine = create_engine(database_url)
    given = {role: SecretStr("secret") for role in (named.owner, named.writer, named.reader)}
    create_roles(engine, named, given, dagster_schema="dagster")
    yield named
    with engine.begin() as connection:
        for role in given:
            connection.execute(text(f"REASSIGN OWNED BY {role} TO CURRENT_USER"))
            connection.execute(text(f"DROP OWNED BY {role}"))
            connection.execute(text(f"DROP ROLE {role}"))
    engine.dispose()


@pytest.fixture
def writers_url(database_url: str, roles: Roles) -> str:
    return make_url(database_url).set(username=roles.writer).render_as_string(hide_password=False)


@pytest.fixture
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for temporary files that nobody else uses; its path leaves room for the sockets of lanes."""
    return tmp_path_factory.mktemp("t")


@pytest.fixture
def gateways(writers_url: str, tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateways]:
    (tmp_path / "home/uploads/documents/provider-17").mkdir(parents=True)
    monkeypatch.setenv("DATABASE_URL", writers_url)
    monkeypatch.setenv("CREDMATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CREDMATE_SETTLE_SECONDS", "0")
    monkeypatch.setenv("CREDMATE_ATTEMPTS", "1")
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    opened = open_gateways(Settings())
    yield opened
    opened.ledger.close()


@pytest.fixture
def instance(writers_url: str, gateways: Gateways) -> Iterator[dg.DagsterInstance]:
    storage = {"postgres": {"postgres_url": dagster_url(writers_url)}}
    with dg.instance_for_test(overrides={**WITHOUT_COMPUTE_LOGS, "storage": storage}) as made:
        yield made


def drop_in(folder: Path) -> None:
    """Documents of every fate, each under a name that says too much."""
    letter = pdf_of(LETTER)
    contents = {
        "certificate.pdf": pdf_of(CERTIFICATE),
        "registration.pdf": pdf_of(REGISTRATION),
        "letter.pdf": letter,
        "damaged.pdf": pdf_of(CERTIFICATE)[:200],
        "gone.pdf": pdf_of((*CERTIFICATE, "gone")),
        "same.pdf": letter,
        "locked.pdf": next(file.content for file in hostile_files() if file.name == "locked.pdf"),
    }
    for kind, content in contents.items():
        (folder / f"{FILE} {kind}").write_bytes(content)
    saved(folder, f"{FILE} scan.png", picture_of(pdf_of((*CERTIFICATE, "scan")), dpi=150))


def live(gateways: Gateways, instance: dg.DagsterInstance, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way a document can go: read, refused, gone, stopped, reviewed, reconciled."""
    drop_in(folder)
    tick(instance)
    (folder / f"{FILE} gone.pdf").unlink()
    run(instance, keys_of(instance))
    (folder / f"{FILE} late.pdf").write_bytes(pdf_of((*CERTIFICATE, "late")))
    tick(instance)
    with monkeypatch.context() as hurried:
        hurried.setenv("CREDMATE_DOCUMENT_TIMEOUT_SECONDS", "0.01")
        run(instance, keys_of(instance)[-1:])
    ledger = gateways.ledger
    for record in ledger.documents(status=DocumentStatus.REVIEW_PENDING):
        ledger.reject(record.document_id, reviewer="ana", reason=f"{NAME} is not ours.", now=record.registered_at)
    reconcile_in(instance)


@pytest.mark.timeout(240)
def test_nothing_planted_is_found_outside_the_sensitive_columns(
    *,
    gateways: Gateways,
    instance: dg.DagsterInstance,
    database_url: str,
    tmp_path: Path,
    temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    live(gateways, instance, tmp_path / "home/uploads/documents/provider-17", monkeypatch)
    engine = create_engine(database_url)
    sensitive = {f"{column.table.name}.{column.name}" for column in all_columns() if column.info.get("is_sensitive")}
    artifacts = [str(path.relative_to(tmp_path)) for path in (tmp_path / "home/artifacts").rglob("*")]
    told = {
        "the database's rows": dumped(engine, without=sensitive),
        "log lines": caplog.text,
        "standard output and error": "".join(capfd.readouterr()),
        "names of artifacts": "\n".join(artifacts),
        "log files": "\n".join(path.read_text() for path in (tmp_path / "home").rglob("*.log")),
        "temporary files": "\n".join(str(path) for path in temporary.rglob("*")),
        "partition keys and run tags": f"{keys_of(instance)} {[one.tags for one in instance.get_runs()]}",
    }
    found = [f"{what} in {where}" for where, said in told.items() for what in PLANTED if what.lower() in said.lower()]
    assert found == []
    assert all(what.lower() in dumped(engine).lower() for what in (NAME, DEA))
    assert statuses(gateways) >= {"review_rejected", "unreadable", "duplicate", "failed", "unsupported"}
    assert artifacts
    assert "asset_materialization" in told["the database's rows"].lower()
    assert "credmate-" not in told["temporary files"]
    engine.dispose()


def statuses(gateways: Gateways) -> set[str]:
    return {status.value for status in gateways.ledger.counts_by_status()}


def all_columns() -> Iterator[Column[Any]]:
    for table in metadata.sorted_tables:
        yield from table.columns
