"""Opens the gateways to the outside that the settings name. The only place where settings choose code."""

from dataclasses import dataclass

from credmate_pipeline.documents.document import Limits
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.lanes import LaneLimits
from credmate_pipeline.ledger.connection import normalize_url
from credmate_pipeline.ledger.embedded import start_embedded
from credmate_pipeline.ledger.ledger import Ledger, open_ledger
from credmate_pipeline.settings import Settings
from credmate_pipeline.uploads.store import ArtifactStore, UploadStore


@dataclass(frozen=True, slots=True)
class Gateways:
    """Where bytes and rows live in this environment."""

    ledger: Ledger
    uploads: UploadStore
    artifacts: ArtifactStore


def open_gateways(settings: Settings) -> Gateways:
    """All gateways of this environment; raises `ConfigurationError` naming the setting that is wrong."""
    return Gateways(open_ledger(database_url(settings)), open_uploads(settings), open_artifacts(settings))


def database_url(settings: Settings) -> str:
    """The PostgreSQL of this environment: `DATABASE_URL`, or the embedded server, started where it is not running."""
    if settings.database_url is None:
        return start_embedded(settings.home)
    return normalize_url(settings.database_url.get_secret_value())


def open_uploads(settings: Settings) -> UploadStore:
    """The uploads of this environment."""
    if settings.uploads == "local":
        from credmate_pipeline.uploads.local_folder import LocalUploads

        return LocalUploads(settings.uploads_folder, settle_seconds=settings.settle_seconds)
    from credmate_pipeline.uploads.s3 import S3Uploads, open_s3_client

    client = open_s3_client(region=settings.s3_region, endpoint_url=settings.s3_endpoint_url)
    return S3Uploads(client, _bucket(settings))


def open_artifacts(settings: Settings) -> ArtifactStore:
    """The artifacts of this environment, beside its uploads."""
    if settings.uploads == "local":
        from credmate_pipeline.uploads.local_artifacts import LocalArtifacts

        return LocalArtifacts(settings.artifacts_folder)
    from credmate_pipeline.uploads.s3 import S3Artifacts, open_s3_client

    client = open_s3_client(region=settings.s3_region, endpoint_url=settings.s3_endpoint_url)
    return S3Artifacts(client, _bucket(settings), settings.artifacts_prefix)


def limits(settings: Settings) -> Limits:
    """What is refused or scaled down before decoding."""
    return Limits(max_bytes=settings.max_bytes, max_pages=settings.max_pages, max_page_pixels=settings.max_page_pixels)


def lane_limits(settings: Settings) -> LaneLimits:
    """How many lanes, and what each may use."""
    return LaneLimits(settings.lanes, settings.document_timeout_seconds, settings.lane_memory_mb * 1024 * 1024)


def _bucket(settings: Settings) -> str:
    if not settings.s3_bucket:
        raise ConfigurationError("CREDMATE_UPLOADS is s3 but CREDMATE_S3_BUCKET is empty; name the bucket.")
    return settings.s3_bucket
