"""What the doctor looks at outside of Dagster: storage, database, engines, clocks, alerts, canary."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from secrets import token_hex

from credmate_pipeline.alerts.alarm import see
from credmate_pipeline.alerts.channels import open_channels
from credmate_pipeline.alerts.condition import MEANINGS
from credmate_pipeline.doctor.check import Check, Found, check, doubtful, not_asked, well, wrong
from credmate_pipeline.gateways import NoticeGateway, open_artifacts, open_notices, open_uploads, reach_engines
from credmate_pipeline.ledger.alert_book import AlertBook
from credmate_pipeline.ledger.canary_book import CanaryBook
from credmate_pipeline.ledger.ledger import Ledger
from credmate_pipeline.ledger.schema import CODE_REVISION, database_revision
from credmate_pipeline.ledger.vitals import Vitals
from credmate_pipeline.settings import Settings

LOWEST_SERVER = 150000
CLOCKS_APART = timedelta(seconds=30)
_MESSAGES_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Patient:
    """An environment to examine; `open_ledger` raises where there is no database to reach."""

    settings: Settings
    open_ledger: Callable[[], Ledger]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


def storage_checks(patient: Patient) -> Iterator[Check]:
    settings = patient.settings
    yield check("uploads", lambda: _uploads(settings))
    yield check("upload notices", lambda: _notices(open_notices(settings)))
    yield check("artifacts", lambda: _artifacts(settings))
    yield check("clock of the store", lambda: _store_clock(settings, patient.now))


def _uploads(settings: Settings) -> Found:
    found = open_uploads(settings).list_new(None, at_most=1).uploads
    place = settings.s3_bucket if settings.uploads == "s3" else settings.uploads_folder
    return well(f"{place} can be listed{'' if found else '; it holds no upload'}.")


def _notices(source: NoticeGateway | None) -> Found:
    from credmate_pipeline.uploads.sqs import SqsNotices

    if source is None or not isinstance(source.queue, SqsNotices):
        return not_asked("No queue is named; uploads are found by listing.")
    waiting = source.queue.waiting_count()
    if not source.queue.has_dead_letter_queue():
        return doubtful(f"The queue answers, {waiting} waiting; it has no dead-letter queue for faulty messages.")
    return well(f"The queue answers, {waiting} waiting.")


def _artifacts(settings: Settings) -> Found:
    store, folder = open_artifacts(settings), f"doctor-{token_hex(8)}"
    key, content = f"{folder}/written", token_hex(16).encode()
    store.put(key, content)
    try:
        if store.read(key) != content:
            return wrong("What was written to the artifacts was read back otherwise; another store answers.")
    finally:
        store.remove_all(folder)
    if store.exists(key):
        return wrong("What was deleted from the artifacts is still there; check the policy of the store.")
    return well("Written, read and deleted.")


def _store_clock(settings: Settings, now: Callable[[], datetime]) -> Found:
    from credmate_pipeline.uploads.s3 import S3Uploads

    store = open_uploads(settings)
    if not isinstance(store, S3Uploads):
        return not_asked("Uploads are in a local folder.")
    return _apart(store.clock(), now(), "S3's clock", "signed requests will be refused")


def _apart(theirs: datetime, ours: datetime, whose: str, consequence: str) -> Found:
    seconds = abs((theirs - ours).total_seconds())
    if seconds > CLOCKS_APART.total_seconds():
        return wrong(f"{whose} and this machine's are {seconds:.0f} s apart: {consequence}; set the clock (NTP).")
    return well(f"{whose} and this machine's are {seconds:.0f} s apart.")


def database_checks(patient: Patient, ledger: Ledger) -> Iterator[Check]:
    vitals = Vitals(ledger.engine)
    yield check("database", lambda: server(vitals.server_version()))
    yield check("migrations", lambda: _revision(ledger))
    yield check(
        "clock of the database",
        lambda: _apart(vitals.server_now(), patient.now(), "The database's clock", "claims run out too early or late"),
    )


def server(number: int) -> Found:
    """Whether a server of this version number, such as 150004, is new enough."""
    told = f"PostgreSQL {number // 10000}.{number % 10000}"
    return well(f"{told} answers.") if number >= LOWEST_SERVER else wrong(f"{told} is too old; 15 is needed.")


def _revision(ledger: Ledger) -> Found:
    theirs, ours = database_revision(ledger.engine), CODE_REVISION
    if theirs == ours:
        return well(f"The ledger is at revision {ours}, as the code.")
    return wrong(f"The ledger is at revision {theirs or 'none'}, the code at {ours}: run `credmate migrate`.")


def engine_checks(settings: Settings, ledger: Ledger | None) -> Iterator[Check]:
    """The engines that read; what those of the cloud cost is counted in the ledger."""
    yield check("tesseract", lambda: _tesseract(settings))
    yield check("second engine", lambda: _second_engine(settings))
    yield check("engines of the cloud", lambda: _of_the_cloud(settings, ledger))


def _tesseract(settings: Settings) -> Found:
    from credmate_pipeline.ocr.tesseract import open_tesseract

    engine = open_tesseract(settings.ocr_language)
    return well(f"Tesseract {engine.version} with {engine.language}.")


def _second_engine(settings: Settings) -> Found:
    if settings.second_engine != "rapidocr":
        return not_asked("RapidOCR is not asked for.")
    from credmate_pipeline.ocr.rapid import require_rapid

    require_rapid()
    return well(f"RapidOCR {version('rapidocr')}.")


def _of_the_cloud(settings: Settings, ledger: Ledger | None) -> Found:
    asked = {
        "Textract": settings.ocr_engine == "textract",
        "the model on Bedrock": settings.enable_bedrock,
    }
    names = " and ".join(name for name, is_asked in asked.items() if is_asked)
    if not names:
        return not_asked("No engine of the cloud is asked for.")
    if ledger is None:
        return not_asked("The database, which counts what it costs, does not answer.")
    reach_engines(settings, ledger)
    return well(f"Reached: {names}.")


def condition_checks(patient: Patient, ledger: Ledger) -> Iterator[Check]:
    settings, book = patient.settings, AlertBook(ledger.engine)
    yield check("canary", lambda: _canary(settings, CanaryBook(ledger.engine), patient.now()))
    yield check("alerts", lambda: _alerts(settings, book))
    yield check("conditions", lambda: _conditions(settings, book, patient.now()))


def _canary(settings: Settings, book: CanaryBook, now: datetime) -> Found:
    newest = book.newest_round()
    if not newest:
        sent = "none has been judged yet" if settings.canary_minutes else "none is sent (CREDMATE_CANARY_MINUTES)"
        return doubtful(f"No canary tells whether documents are read right: {sent}.")
    last = newest[0]
    ago = round((now - last.finished_at).total_seconds() / 60)
    if not last.is_passed:
        return wrong(f"The last canary, {ago} min ago, failed: {'; '.join(last.differences)}.")
    return well(f"The last canary, {ago} min ago, came through right in {last.seconds:.0f} s.")


def _alerts(settings: Settings, book: AlertBook) -> Found:
    channels = [channel.name for channel in open_channels(settings) if channel.name != "log"]
    newest = book.newest(at_most=_MESSAGES_LOOKED_AT)
    undelivered = sum(len(said.undelivered) for said in newest)
    if undelivered:
        why = next(why for said in newest for why in said.undelivered.values())
        return wrong(f"{undelivered} deliveries are outstanding: {why} See `credmate alerts list`.")
    if not channels:
        return doubtful("Only the log is told of trouble; set a channel (docs/settings.md, Alerts).")
    taken = [said for said in newest if set(said.delivered) & set(channels)]
    if not taken:
        return doubtful(f"Nothing was ever delivered on {', '.join(channels)}; try `credmate alerts test`.")
    when = taken[0].message.created_at
    return well(f"{', '.join(channels)}: last delivered {when:%Y-%m-%d %H:%M} UTC, nothing outstanding.")


def _conditions(settings: Settings, book: AlertBook, now: datetime) -> Found:
    found = see(book, settings, now=now)
    if not found:
        return well("Nothing is wrong with the documents.")
    return wrong(" ".join(f"{one.kind} ({one.count}): {MEANINGS[one.kind].sentence}" for one in found))
