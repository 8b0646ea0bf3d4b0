"""A whole examination: everything looked at, in one order, as lines and as JSON that can be kept and compared."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from credmate_pipeline.code import READER_VERSIONS, code_version
from credmate_pipeline.doctor.check import Check, Verdict
from credmate_pipeline.doctor.dagster_checks import dagster_checks
from credmate_pipeline.doctor.gateway_checks import (
    Patient,
    condition_checks,
    database_checks,
    engine_checks,
    storage_checks,
)
from credmate_pipeline.doctor.shown_settings import ShownSetting, shown_settings
from credmate_pipeline.errors import CredmateError
from credmate_pipeline.ledger.canary_book import CanaryBook
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.queries.vitals import DocumentVitals
from credmate_pipeline.ledger.schema import CODE_REVISION, database_revision
from credmate_pipeline.ledger.vitals import Vitals

_OF_THE_LEDGER = ("migrations", "clock of the database", "canary", "alerts", "conditions")


@dataclass(frozen=True, slots=True)
class Report:
    """One environment, examined."""

    made_at: str
    settings: tuple[ShownSetting, ...]
    checks: tuple[Check, ...]
    ledger: Mapping[str, Any]
    """Migration, documents and canary; empty where the ledger does not answer."""

    @property
    def is_well(self) -> bool:
        return all(one.verdict is not Verdict.WRONG for one in self.checks)

    def as_json(self) -> dict[str, Any]:
        """All of it; secrets are masked in it already."""
        return {
            "made_at": self.made_at,
            "is_well": self.is_well,
            "code": {"version": code_version(), "revision": CODE_REVISION, **READER_VERSIONS},
            "engines": {one.name: one.message for one in self.checks if one.name in {"tesseract", "second engine"}},
            **self.ledger,
            "settings": [asdict(one) for one in self.settings],
            "checks": [asdict(one) for one in self.checks],
        }


def examine(patient: Patient, *, env_file: Path = Path(".env")) -> Report:
    """Looks at everything; what does not answer is a line of the report, never an error."""
    ledger, trouble = _opened(patient)
    try:
        checks = tuple(_checks(patient, ledger, trouble))
        facts = _ledger_facts(ledger) if ledger is not None else {}
    finally:
        if ledger is not None:
            ledger.close()
    shown = shown_settings(patient.settings, os.environ, env_file)
    return Report(patient.now().isoformat(timespec="seconds"), shown, checks, facts)


def _opened(patient: Patient) -> tuple[Ledger | None, str]:
    """The ledger, having answered once; or None and why."""
    ledger = None
    try:
        ledger = patient.open_ledger()
        Vitals(ledger.engine).server_version()
    except CredmateError as error:
        if ledger is not None:
            ledger.close()
        return None, str(error)
    return ledger, ""


def _checks(patient: Patient, ledger: Ledger | None, trouble: str) -> Iterator[Check]:
    yield from storage_checks(patient)
    if ledger is None:
        yield Check("database", Verdict.WRONG, trouble)
        yield from (Check(name, Verdict.NOT_ASKED, "The database does not answer.") for name in _OF_THE_LEDGER)
    else:
        yield from database_checks(patient, ledger)
    yield from engine_checks(patient.settings, ledger)
    yield from dagster_checks(patient.settings.webserver_url, ledger)
    if ledger is not None:
        yield from condition_checks(patient, ledger)


def _ledger_facts(ledger: Ledger) -> dict[str, Any]:
    """Facts of the ledger; none where it is not migrated to this code's revision, which a check says."""
    try:
        vitals, newest = Vitals(ledger.engine).documents(), CanaryBook(ledger.engine).newest_round()
        revision = database_revision(ledger.engine)
    except CredmateError:
        return {}
    canary = {"passed": newest[0].is_passed, "at": newest[0].finished_at.isoformat()} if newest else None
    return {"migration": revision, "documents": documents_as_json(vitals), "canary": canary}


def documents_as_json(vitals: DocumentVitals) -> dict[str, Any]:
    return {
        "total": vitals.total,
        "by_status": dict(vitals.by_status),
        "with_extraction": vitals.with_extraction,
        "states_a_reading": vitals.states_a_reading,
        "settle_seconds_p50": vitals.settle_seconds_p50,
        "settle_seconds_p95": vitals.settle_seconds_p95,
    }
