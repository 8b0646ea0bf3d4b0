"""Opens the gateways to the outside that the settings name. The only place where settings choose code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from pydantic import SecretStr

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.documents.document import Limits
from credmate_pipeline.engines import EngineChoice, same_engine
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.lanes import LaneLimits
from credmate_pipeline.ledger.adoption_book import AdoptionBook
from credmate_pipeline.ledger.alert_book import AlertBook
from credmate_pipeline.ledger.canary_book import CanaryBook
from credmate_pipeline.ledger.connection import normalize_url
from credmate_pipeline.ledger.embedded import is_embedded_running, start_embedded, stop_unused
from credmate_pipeline.ledger.ledger import Ledger, open_ledger
from credmate_pipeline.ledger.reconciliation_book import ReconciliationBook
from credmate_pipeline.ledger.roles import roles_named
from credmate_pipeline.ledger.schema import migrate
from credmate_pipeline.ledger.spend_book import SpendBook, SpendLimits
from credmate_pipeline.ledger.vitals import Vitals
from credmate_pipeline.settings import Settings
from credmate_pipeline.uploads.notices import UploadNotices
from credmate_pipeline.uploads.store import ArtifactStore, UploadStore

if TYPE_CHECKING:
    from credmate_pipeline.extraction.bedrock.model import BedrockModel
    from credmate_pipeline.extraction.bedrock.reader import Prices
    from credmate_pipeline.second_reading import SecondReaders

_JOB_SHARE = 0.7
"""Of a document's time, for Textract to read it where it is stored; the rest is for understanding it."""


@dataclass(frozen=True, slots=True)
class NoticeGateway:
    """A queue of notices about the objects of a bucket."""

    queue: UploadNotices
    bucket: str


@dataclass(frozen=True, slots=True)
class Gateways:
    """Where bytes and rows live in this environment."""

    ledger: Ledger
    uploads: UploadStore
    artifacts: ArtifactStore
    notices: NoticeGateway | None = None
    """Where new uploads are told of; None where they are only listed."""

    @property
    def alerts(self) -> AlertBook:
        """What alerts keep in the ledger's database."""
        return AlertBook(self.ledger.engine)

    @property
    def adoptions(self) -> AdoptionBook:
        """What adoption keeps in the ledger's database."""
        return AdoptionBook(self.ledger.engine)

    @property
    def vitals(self) -> Vitals:
        """What the doctor asks of the ledger's database."""
        return Vitals(self.ledger.engine)

    @property
    def canaries(self) -> CanaryBook:
        """What canaries keep in the ledger's database."""
        return CanaryBook(self.ledger.engine)

    @property
    def reconciliations(self) -> ReconciliationBook:
        """What reconciliation compares and keeps in the ledger's database."""
        return ReconciliationBook(self.ledger.engine)


def open_gateways(settings: Settings) -> Gateways:
    """All gateways of this environment; raises `ConfigurationError` naming the setting that is wrong.

    What lies below `CREDMATE_HOME` by default is the pipeline's own, and is made where it is missing.
    """
    url = database_url(settings)
    if settings.database_url is None:
        _migrate_own(url)
    # A folder that is there without `documents` may be a disk that is not mounted.
    if settings.uploads == "local" and settings.uploads_dir is None and not settings.uploads_folder.exists():
        _make_own_uploads(settings)
    return Gateways(open_ledger(url), open_uploads(settings), open_artifacts(settings), open_notices(settings))


@contextmanager
def lent_gateways(settings: Settings) -> Iterator[Gateways]:
    """All gateways, for a command that may run before the system is up; an embedded server it starts ends with it."""
    is_to_be_stopped = settings.database_url is None and not is_embedded_running(settings.home)
    gateways = open_gateways(settings)
    try:
        yield gateways
    finally:
        gateways.ledger.close()
        if is_to_be_stopped:
            stop_unused(settings.home)


@cache
def _migrate_own(url: str) -> None:
    """Brings the embedded server's ledger to this version, once a process."""
    migrate(url)


def _make_own_uploads(settings: Settings) -> None:
    from credmate_pipeline.uploads.local_folder import LocalUploads

    LocalUploads(settings.uploads_folder, settle_seconds=settings.settle_seconds).prepare()


def database_url(settings: Settings) -> str:
    """The PostgreSQL of this environment: `DATABASE_URL`, or the embedded server, started where it is not running."""
    if settings.database_url is None:
        return start_embedded(settings.home)
    return normalize_url(settings.database_url.get_secret_value())


def role_passwords(settings: Settings) -> dict[str, SecretStr]:
    """The passwords given for the database's roles, by role. Raises `ConfigurationError` for a file it cannot read."""
    roles = roles_named(settings.role_prefix)
    given = {
        roles.owner: ("owner", settings.owner_password),
        roles.writer: ("writer", settings.writer_password),
        roles.reader: ("reader", settings.reader_password),
    }
    folder = settings.role_passwords_dir
    found = {role: password or _password_file(folder, name) for role, (name, password) in given.items()}
    return {role: password for role, password in found.items() if password is not None}


def _password_file(folder: Path | None, name: str) -> SecretStr | None:
    if folder is None or not (folder / name).exists():
        return None
    try:
        return SecretStr((folder / name).read_text("utf-8").strip())
    except OSError as error:
        raise ConfigurationError(
            f"CREDMATE_ROLE_PASSWORDS_DIR is {folder}, whose file {name} cannot be read: {error.strerror}."
        ) from error


def running_ledger(settings: Settings) -> Ledger:
    """The ledger of a system that is up. Raises ConfigurationError where the embedded server is not running."""
    if settings.database_url is None and not is_embedded_running(settings.home):
        raise ConfigurationError(
            f"No PostgreSQL is running over {settings.home.resolve()} (CREDMATE_HOME); "
            "start the system with: credmate up"
        )
    return open_ledger(database_url(settings))


def open_uploads(settings: Settings) -> UploadStore:
    """The uploads of this environment."""
    if settings.uploads == "local":
        from credmate_pipeline.uploads.local_folder import LocalUploads

        return LocalUploads(settings.uploads_folder, settle_seconds=settings.settle_seconds)
    from credmate_pipeline.uploads.s3 import S3Uploads, open_s3_client

    bucket = _bucket(settings)
    client = open_s3_client(region=settings.s3_region, endpoint_url=settings.s3_endpoint_url)
    rest = timedelta(minutes=settings.listing_minutes) if settings.sqs_queue_url else timedelta(0)
    return S3Uploads(client, bucket, rest_between_rounds=rest)


def open_notices(settings: Settings) -> NoticeGateway | None:
    """The queue that tells of new uploads; None where no setting names one."""
    if not settings.sqs_queue_url:
        return None
    if settings.uploads != "s3":
        raise ConfigurationError(
            "CREDMATE_SQS_QUEUE_URL names a queue but CREDMATE_UPLOADS is local; a queue tells of a bucket's uploads."
        )
    from credmate_pipeline.uploads.sqs import SqsNotices, open_sqs_client

    client = open_sqs_client(region=settings.s3_region, endpoint_url=settings.sqs_endpoint_url)
    return NoticeGateway(SqsNotices(client, settings.sqs_queue_url), _bucket(settings))


def open_artifacts(settings: Settings) -> ArtifactStore:
    """The artifacts of this environment, beside its uploads."""
    if settings.uploads == "local":
        from credmate_pipeline.uploads.local_artifacts import LocalArtifacts

        return LocalArtifacts(settings.artifacts_folder)
    from credmate_pipeline.uploads.s3 import S3Artifacts, open_s3_client

    bucket = _bucket(settings)
    client = open_s3_client(region=settings.s3_region, endpoint_url=settings.s3_endpoint_url)
    return S3Artifacts(client, bucket, settings.artifacts_prefix)


def check_gateways(settings: Settings) -> None:
    """Makes local folders and reaches every gateway once.

    Raises `ConfigurationError` naming the setting that is wrong, or the gateway's own error.
    """
    check_engines(settings)
    if settings.uploads == "local":
        from credmate_pipeline.uploads.local_folder import LocalUploads

        LocalUploads(settings.uploads_folder, settle_seconds=settings.settle_seconds).prepare()
        settings.artifacts_folder.mkdir(parents=True, exist_ok=True)
    open_uploads(settings).list_new(None, at_most=1)


def check_engines(settings: Settings) -> None:
    """Raises `ConfigurationError` where an engine that reads pages is missing; asks nothing of the cloud."""
    from credmate_pipeline.ocr.rapid import require_rapid
    from credmate_pipeline.ocr.tesseract import open_tesseract

    choice = engine_choice(settings)
    if choice.first == choice.second:
        raise same_engine(choice)
    if "tesseract" in (choice.first, choice.second):
        open_tesseract(choice.language)
    if choice.second == "rapidocr":
        require_rapid()
    if settings.enable_bedrock:
        _prices(settings)
        _open_model(settings)


def reach_engines(settings: Settings, ledger: Ledger) -> None:
    """As `check_engines`, and asks each engine of the cloud once, for nothing or next to nothing; what the model costs
    is counted.

    Raises ConfigurationError where a setting or the credentials do not do, EngineFailure where nothing answers, and
    SpendLimitReached where the model may not be asked today.
    """
    from credmate_pipeline.extraction.bedrock.reader import reach_model
    from credmate_pipeline.ocr.textract import open_textract, reach_textract

    check_engines(settings)
    if settings.enable_bedrock:
        reach_model(_open_model(settings), _prices(settings), spend_book(settings, ledger), now=datetime.now(UTC))
    choice = engine_choice(settings)
    if choice.first == "textract":
        reach_textract(open_textract(region=choice.region, endpoint_url=choice.textract_endpoint_url, job_seconds=0))


def second_readers(settings: Settings, ledger: Ledger, clock: Callable[[], datetime]) -> "SecondReaders | None":
    """What asks a language model beside the rules; None where that is off.

    Raises ConfigurationError where it is on and a setting it needs is not there.
    """
    if not settings.enable_bedrock:
        return None
    from credmate_pipeline.extraction.bedrock.reader import BedrockReader
    from credmate_pipeline.extraction.second_reader import Scope
    from credmate_pipeline.second_reading import SecondReaders

    model, prices, book = _open_model(settings), _prices(settings), spend_book(settings, ledger)
    return SecondReaders(
        Scope(settings.bedrock_fields),
        lambda key: BedrockReader(model, prices, book, key, clock, lambda: token_hex(8)),
        lambda key: AlertBook(ledger.engine).signal(AlertKind.SPEND_LIMIT, key, now=clock()),
        settings.lanes,
    )


def spend_book(settings: Settings, ledger: Ledger) -> SpendBook:
    """What the model has cost, and the limits of that."""
    limits = SpendLimits(_usd(settings.bedrock_daily_usd), _usd(settings.bedrock_document_usd))
    return SpendBook(ledger.engine, limits)


def _open_model(settings: Settings) -> "BedrockModel":
    from credmate_pipeline.extraction.bedrock.model import open_model

    if not settings.bedrock_model_id:
        raise ConfigurationError("ENABLE_BEDROCK is true but CREDMATE_BEDROCK_MODEL_ID is empty; name the model.")
    return open_model(
        settings.bedrock_model_id,
        region=settings.bedrock_region or settings.s3_region,
        endpoint_url=settings.bedrock_endpoint_url,
    )


def _prices(settings: Settings) -> "Prices":
    from credmate_pipeline.extraction.bedrock.reader import Prices

    if settings.bedrock_input_usd is None or settings.bedrock_output_usd is None:
        raise ConfigurationError(
            "ENABLE_BEDROCK is true but CREDMATE_BEDROCK_INPUT_USD or CREDMATE_BEDROCK_OUTPUT_USD is empty; set the "
            "model's prices for a million tokens, by which its spending is limited."
        )
    return Prices(_usd(settings.bedrock_input_usd), _usd(settings.bedrock_output_usd))


def _usd(amount: float) -> Decimal:
    return Decimal(str(amount))


def engine_choice(settings: Settings) -> EngineChoice:
    """The engines that read pages."""
    return EngineChoice(
        settings.ocr_engine,
        settings.second_engine,
        settings.ocr_language,
        settings.s3_region,
        settings.textract_endpoint_url,
        _JOB_SHARE * settings.document_timeout_seconds,
    )


def lane_engines(settings: Settings) -> tuple[EngineChoice]:
    """What lanes are prepared with."""
    return (engine_choice(settings),)


def limits(settings: Settings) -> Limits:
    """What is refused or scaled down before decoding."""
    return Limits(max_bytes=settings.max_bytes, max_pages=settings.max_pages, max_page_pixels=settings.max_page_pixels)


def lane_limits(settings: Settings) -> LaneLimits:
    """How many lanes, and what each may use."""
    return LaneLimits(
        settings.lanes,
        settings.document_timeout_seconds,
        settings.lane_memory_mb * 1024 * 1024,
        has_network=engine_choice(settings).needs_network,
    )


def _bucket(settings: Settings) -> str:
    if not settings.s3_bucket:
        raise ConfigurationError("CREDMATE_UPLOADS is s3 but CREDMATE_S3_BUCKET is empty; name the bucket.")
    return settings.s3_bucket
