"""What the doctor looks at in the deployed Dagster, asked over its webserver: the way an analyst sees it."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from credmate_pipeline.code import code_version
from credmate_pipeline.doctor.check import Check, Found, Verdict, check, doubtful, not_asked, well, wrong
from credmate_pipeline.errors import TransientError
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.vitals import Vitals
from credmate_pipeline.system.dagster_api import DagsterState, state

NAMES = ("code location", "daemon", "sensors", "schedules", "storage of Dagster", "partitions")
DAGSTER_SCHEMA = "dagster"
"""Where Dagster's tables lie in the ledger's database; as `defs.storage` has it."""
# Two looks a moment apart see two heartbeats; daemons beat every half minute.
_SAME_BEAT = timedelta(seconds=120)


def dagster_checks(url: str, ledger: Ledger | None) -> Iterator[Check]:
    """The webserver's own line, then one for each thing it knows; those cannot be looked at where it is silent."""
    try:
        seen = state(url)
    except TransientError as error:
        yield Check("webserver", Verdict.WRONG, f"{error} Set CREDMATE_WEBSERVER_URL or start it.")
        yield from (Check(name, Verdict.NOT_ASKED, "The webserver does not answer.") for name in NAMES)
        return
    yield Check("webserver", Verdict.WELL, f"{url} answers.")
    yield check("code location", lambda: code_location(seen, code_version()))
    yield check("daemon", lambda: daemons(seen))
    yield check("sensors", lambda: switches(seen.sensors, "sensors"))
    yield check("schedules", lambda: switches(seen.schedules, "schedules"))
    if ledger is None:
        yield from (Check(name, Verdict.NOT_ASKED, "The ledger does not answer.") for name in NAMES[-2:])
        return
    vitals = Vitals(ledger.engine)
    yield check("storage of Dagster", lambda: storage(seen, vitals.dagster_beat(DAGSTER_SCHEMA)))
    yield check("partitions", lambda: partitions(seen, known=vitals.known_count(), read=vitals.read_count()))


def code_location(seen: DagsterState, ours: str) -> Found:
    if seen.load_error is not None:
        return wrong(f"The pipeline's code cannot be loaded: {seen.load_error}")
    if seen.code_version is None:
        return wrong("The webserver knows no pipeline that names its code; is it this pipeline's?")
    if seen.code_version != ours:
        return wrong(f"Deployed is {seen.code_version}, here is {ours}: deploy again, or run the doctor there.")
    return well(f"Deployed is {ours}, as here.")


def daemons(seen: DagsterState) -> Found:
    ill = [daemon.name for daemon in seen.daemons if not daemon.is_healthy]
    if ill or not seen.daemons:
        return wrong(f"Not reporting: {', '.join(ill) or 'the daemon'}; start `dagster-daemon run` and read its log.")
    return well(f"{len(seen.daemons)} daemons report.")


def switches(on: Mapping[str, bool], what: str) -> Found:
    off = sorted(name for name, is_on in on.items() if not is_on)
    if off:
        return wrong(f"Off: {', '.join(off)}; switch them on in the UI under Automation.")
    return well(f"All on: {', '.join(sorted(on))}.") if on else wrong(f"No {what} are known.")


def storage(seen: DagsterState, beat_here: datetime | None) -> Found:
    """Whether the webserver's storage is the schema beside the ledger: both show the same heartbeats."""
    beats = [daemon.beat_at for daemon in seen.daemons if daemon.beat_at is not None]
    if not beats:
        return not_asked("No daemon has reported to Dagster's storage yet.")
    if beat_here is None:
        return wrong("Dagster's storage is not in the ledger's database: the webserver has another DATABASE_URL.")
    if abs(max(beats) - beat_here) > _SAME_BEAT:
        return wrong("The webserver keeps its runs in another database than the ledger's: its DATABASE_URL differs.")
    return well("Dagster's runs and the ledger are in the same database.")


def partitions(seen: DagsterState, *, known: int, read: int) -> Found:
    if seen.partition_count > known:
        return wrong(f"{seen.partition_count} partitions, but the ledger knows only {known} documents.")
    if seen.validated_count > read:
        return wrong(f"Dagster shows {seen.validated_count} documents as validated, the ledger {read} as read.")
    if known and not seen.partition_count:
        return doubtful(f"No partition is there, the ledger knows {known} documents; all retired, or none requested.")
    return well(f"{seen.partition_count} partitions, {known} documents, {read} of them read.")
