"""All settings in one typed class, read from the environment and `.env`; documented in `docs/settings.md`."""

from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from credmate_pipeline.engines import EngineName, SecondEngineName
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.evaluation.floors import Floors

PositiveInt = Annotated[int, Field(gt=0)]
PositiveFloat = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class Settings(BaseSettings):
    """Names are prefixed `CREDMATE_`, but for those the product already uses.

    Raises `ConfigurationError` naming every setting that is wrong, with its value unless that is a secret.
    """

    model_config = SettingsConfigDict(
        env_prefix="CREDMATE_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = Path("var")
    """Folder of everything local: embedded PostgreSQL, uploads, artifacts, logs."""
    database_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL", "CREDMATE_DATABASE_URL")
    )
    """PostgreSQL 15 or newer; empty starts the embedded server below `home`."""

    role_prefix: Annotated[str, Field(pattern="^[a-z_][a-z0-9_]{0,40}$")] = "credmate"
    """Names the database's roles: `<prefix>_owner`, `<prefix>_writer`, `<prefix>_reader`."""
    role_passwords_dir: Path | None = None
    """Folder of secret files `owner`, `writer`, `reader`."""
    owner_password: SecretStr | None = None
    writer_password: SecretStr | None = None
    reader_password: SecretStr | None = None

    uploads: Literal["local", "s3"] = "local"
    uploads_dir: Path | None = None
    """Local uploads; default `<home>/uploads`. Files lie at `documents/<owner>/<name>` below it."""
    settle_seconds: Annotated[float, Field(ge=0)] = 2.0
    """A local file is picked up once it has not changed for so long."""
    s3_bucket: str | None = None
    s3_endpoint_url: str | None = None
    s3_region: str = "us-east-1"
    sqs_queue_url: str | None = None
    """A queue that gets the bucket's notices about new objects; empty finds uploads by listing alone."""
    sqs_endpoint_url: str | None = None
    listing_minutes: PositiveFloat = 60.0
    """With a queue, the bucket is listed as a safety net at most so often."""
    artifacts_dir: Path | None = None
    """Local artifacts; default `<home>/artifacts`."""
    artifacts_prefix: str = "artifacts"
    """Artifacts' folder in the bucket, when uploads are in S3."""

    ocr_engine: EngineName = "tesseract"
    ocr_language: str = "eng"
    textract_endpoint_url: str | None = None
    second_engine: SecondEngineName = "none"
    """Also looks at pages whose required fields the first engine left missing or doubtful."""
    enable_bedrock: bool = Field(
        default=False, validation_alias=AliasChoices("ENABLE_BEDROCK", "CREDMATE_ENABLE_BEDROCK")
    )
    """Whether a language model on Amazon Bedrock reads fields beside the rules."""
    bedrock_model_id: str = ""
    bedrock_region: str | None = None
    """The region the model is asked in; default `s3_region`."""
    bedrock_endpoint_url: str | None = None
    bedrock_fields: Literal["missing", "all"] = "missing"
    """What the model is asked for: what the rules did not find, or everything."""
    bedrock_input_usd: PositiveFloat | None = None
    """Price of a million tokens sent, in US dollars."""
    bedrock_output_usd: PositiveFloat | None = None
    """Price of a million tokens answered, in US dollars."""
    bedrock_daily_usd: PositiveFloat = 5.0
    """What calls may cost in a UTC day."""
    bedrock_document_usd: PositiveFloat = 0.25
    """What calls for one document may cost."""
    lanes: PositiveInt = 2
    """Documents read at the same time in one run."""
    lane_memory_mb: PositiveInt = 2048
    """Address space a lane may use."""
    document_timeout_seconds: PositiveFloat = 300.0
    max_bytes: PositiveInt = 50_000_000
    max_pages: PositiveInt = 300
    max_page_pixels: PositiveInt = 40_000_000

    attempts: PositiveInt = 3
    """Attempts before an unexpected or outside error makes a document `failed`."""
    claim_minutes: PositiveFloat = 30.0
    """Lease of a run's claim on a document."""
    patience_minutes: PositiveFloat = 15.0
    """Age after which an unsettled document without a live claim is stuck."""
    batch_size: Annotated[int, Field(gt=0, le=25)] = 25
    """Documents a run; bulk arrivals are cut into runs of so many."""
    live_days: PositiveInt = 90
    """Days after which a settled document's partition retires from Dagster."""
    run_history_days: PositiveInt = 90
    """Days after which Dagster's finished runs and their events are deleted."""
    rehash_count: Annotated[int, Field(ge=0)] = 50
    """Documents whose bytes each reconciliation hashes again."""
    audit_share: Share = 0.02
    """Share of the documents settled without a person that is drawn for an audit."""
    floor_type: Share = 0.99
    """Of the labelled set at least this share must be taken for what it is."""
    floor_required: Share = 0.9
    """Of its required fields at least this share must be right."""
    floor_settled: Share = 0.99
    """Of its documents settled without a person at least this share must be fully right."""
    auto_create_credentials: bool = Field(
        default=False,
        validation_alias=AliasChoices("AUTO_CREATE_CREDENTIALS", "CREDMATE_AUTO_CREATE_CREDENTIALS"),
    )

    webserver_url: str = "http://127.0.0.1:3000"
    """Where `credmate doctor` finds the Dagster webserver."""

    alert_window_minutes: PositiveFloat = 60.0
    """At most one message a kind of alert in so long, while it lasts."""
    alert_smtp_url: SecretStr | None = None
    """`smtp://`, `smtp+starttls://` or `smtps://`, with user and password where the server wants them."""
    alert_email_from: str = "credmate@localhost"
    alert_email_to: str = ""
    """Addresses, separated by commas."""
    alert_slack_url: SecretStr | None = None
    alert_webhook_url: SecretStr | None = None
    alert_webhook_secret: SecretStr | None = None
    alert_sns_topic_arn: str | None = None
    alert_sns_endpoint_url: str | None = None
    backlog_minutes: PositiveFloat = 5.0
    """Where documents have waited for so long and nothing settled meanwhile, reading has stopped."""
    canary_minutes: PositiveFloat | None = None
    """Minutes between canary documents; empty sends none."""
    canary_deadline_minutes: PositiveFloat = 10.0
    """Minutes in which a canary document must have come through."""
    daemon_silence_seconds: PositiveFloat = 120.0
    """The sensors tick every few seconds; silent for so long, they have stopped."""

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except ValidationError as error:
            wrong = "; ".join(_told(fault) for fault in error.errors())
            raise ConfigurationError(f"A setting is wrong: {wrong}. See docs/settings.md.") from None

    @property
    def floors(self) -> Floors:
        """What a measurement of the labelled set must reach."""
        return Floors(self.floor_type, self.floor_required, self.floor_settled)

    @property
    def uploads_folder(self) -> Path:
        return (self.uploads_dir or self.home / "uploads").resolve()

    @property
    def artifacts_folder(self) -> Path:
        return (self.artifacts_dir or self.home / "artifacts").resolve()


def _told(fault: ErrorDetails) -> str:
    place = str(fault["loc"][0]) if fault["loc"] else "?"
    name = place if place.isupper() else f"CREDMATE_{place.upper()}"
    value = "" if _is_secret(place) else f"={fault['input']}"
    return f"{name}{value}: {fault['msg']}"


def _is_secret(place: str) -> bool:
    """Whether the field, named by itself or by an alias, holds a secret; what is not known may."""
    for name, field in Settings.model_fields.items():
        aliases = field.validation_alias.choices if isinstance(field.validation_alias, AliasChoices) else ()
        if place == name or place in aliases:
            return SecretStr in (field.annotation, *get_args(field.annotation))
    return True
