"""Uploads and artifacts in an S3 bucket.

A listing walks through the bucket in rounds, a bounded number of pages a call: an object whose key lies before the
walk's place is found in the next round. An upload's version is its ETag; an object overwritten with other
bytes is listed again, and only its new bytes can be read.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
)

from credmate_pipeline.aws import making_client
from credmate_pipeline.errors import (
    ConfigurationError,
    PermanentError,
    ReasonCode,
    StorageUnavailable,
    UnreadableDocument,
)
from credmate_pipeline.shared_clients import shared
from credmate_pipeline.uploads.bucket_cursor import BucketCursor
from credmate_pipeline.uploads.keys import UPLOADS_PREFIX, checked_key, checked_upload_key, free_keys
from credmate_pipeline.uploads.local_folder import now_utc
from credmate_pipeline.uploads.store import Listing, Upload

S3Client = Any
"""boto3 makes its clients' classes at run time."""

_PAGE_KEYS = 1000  # S3 returns at most so many keys a page.
_CHUNK_BYTES = 1_048_576

_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
_REPLACED = frozenset({"412", "PreconditionFailed"})
_TAKEN = frozenset({"412", "PreconditionFailed", "409", "ConditionalRequestConflict"})
_REFUSED = frozenset(
    {"403", "AccessDenied", "Forbidden", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AllAccessDisabled"}
)


@shared
def open_s3_client(region: str, endpoint_url: str | None = None) -> S3Client:
    """A client that gives up on a silent server within half a minute; retries thrice. Connects on first use."""
    config = Config(
        connect_timeout=5,
        read_timeout=30,
        retries={"mode": "standard", "max_attempts": 4},
        s3={"addressing_style": "path" if endpoint_url else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    with making_client(f"CREDMATE_S3_ENDPOINT_URL={endpoint_url or ''} or CREDMATE_S3_REGION={region}"):
        return boto3.Session().client("s3", region_name=region, endpoint_url=endpoint_url, config=config)


class S3Uploads:
    """An `UploadStore` over a bucket; one listing reads at most `pages_a_call` pages of 1,000 keys.

    A new round through the bucket begins `rest_between_rounds` after the last one began, or later.
    """

    def __init__(
        self,
        client: S3Client,
        bucket: str,
        prefix: str = UPLOADS_PREFIX,
        *,
        pages_a_call: int = 5,
        rest_between_rounds: timedelta = timedelta(0),
    ) -> None:
        self._bucket = _Bucket(client, bucket)
        self._prefix = prefix
        self._pages_a_call = pages_a_call
        self._rest = rest_between_rounds

    def list_new(self, cursor: str | None, *, at_most: int) -> Listing:
        memory = BucketCursor.from_text(cursor)
        if memory.is_resting(now_utc(), self._rest):
            return Listing((), memory.to_text(), is_complete=True)
        memory.begin(now_utc())
        uploads: list[Upload] = []
        for _ in range(self._pages_a_call):
            page = self._bucket.page(self._prefix, memory.after)
            for upload in self._uploads(page):
                if memory.is_new(upload):
                    if len(uploads) >= max(1, at_most):
                        return Listing(tuple(uploads), memory.to_text(), is_complete=False)
                    uploads.append(upload)
                    memory.note_listed(upload)
                memory.after = upload.key
            if not page.get("IsTruncated", False):
                memory.end()
                return Listing(tuple(uploads), memory.to_text(), is_complete=True)
            memory.after = page["Contents"][-1]["Key"]
        return Listing(tuple(uploads), memory.to_text(), is_complete=False)

    def list_all(self) -> Iterable[Upload]:
        after, is_truncated = "", True
        while is_truncated:
            page = self._bucket.page(self._prefix, after)
            yield from self._uploads(page)
            is_truncated = page.get("IsTruncated", False)
            after = page["Contents"][-1]["Key"] if is_truncated else ""

    def uri_of(self, key: str) -> str:
        return self._bucket.uri_of(key)

    def clock(self) -> datetime:
        """S3's own time, to the second."""
        with self._bucket.errors():
            answer = self._bucket.client.head_bucket(Bucket=self._bucket.name)
        return parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])

    def stat(self, uri: str) -> Upload:
        key = self._bucket.key_of(uri)
        try:
            with self._bucket.errors(asked_for_object=True):
                head = self._bucket.client.head_object(Bucket=self._bucket.name, Key=key)
        except _Missing:
            self._bucket.check_present()
            raise _gone() from None
        return self._upload(key, head["ETag"], head["ContentLength"], head["LastModified"])

    def read(self, uri: str, *, version: str | None = None) -> bytes:
        content = BytesIO()
        self._copy(uri, content, version)
        return content.getvalue()

    def fetch(self, uri: str, to: Path, *, version: str | None = None) -> None:
        partial = to.with_name(f".{token_hex(8)}.part")
        try:
            with partial.open("wb") as file:
                self._copy(uri, file, version)
            partial.replace(to)
        finally:
            partial.unlink(missing_ok=True)

    def put(self, key: str, content: bytes) -> Upload:
        for free_key in free_keys(checked_upload_key(key)):
            try:
                with self._bucket.errors(taken=_TAKEN):
                    self._bucket.client.put_object(
                        Bucket=self._bucket.name, Key=free_key, Body=content, IfNoneMatch="*"
                    )
            except _Taken:
                continue
            return self.stat(self._bucket.uri_of(free_key))
        raise StorageUnavailable("No free name was found in the bucket; give the file another name.")

    def remove(self, uri: str, *, version: str) -> None:
        self._bucket.remove(self._bucket.key_of(uri), etag=version)

    def _uploads(self, page: dict[str, Any]) -> Iterator[Upload]:
        """A page's objects, without the empty ones that consoles make to stand for folders."""
        for entry in page.get("Contents", []):
            if not entry["Key"].endswith("/"):
                yield self._upload(entry["Key"], entry["ETag"], entry["Size"], entry["LastModified"])

    def _upload(self, key: str, etag: str, byte_count: int, stored_at: datetime) -> Upload:
        return Upload(self._bucket.uri_of(key), key, etag.strip('"'), byte_count, stored_at)

    def _copy(self, uri: str, to: BinaryIO, version: str | None) -> None:
        pinned = {} if version is None else {"IfMatch": f'"{version}"'}
        try:
            with self._bucket.errors(asked_for_object=True, taken=_REPLACED):
                answer = self._bucket.client.get_object(
                    Bucket=self._bucket.name, Key=self._bucket.key_of(uri), **pinned
                )
                for chunk in answer["Body"].iter_chunks(_CHUNK_BYTES):
                    to.write(chunk)
        except _Missing:
            raise _gone() from None
        except _Taken:
            raise UnreadableDocument(
                ReasonCode.FILE_MISSING,
                "The file was replaced before it was read; the file now there is a document of its own.",
            ) from None


class S3Artifacts:
    """An `ArtifactStore` over a bucket, below `prefix`."""

    def __init__(self, client: S3Client, bucket: str, prefix: str) -> None:
        self._bucket = _Bucket(client, bucket)
        self._prefix = prefix.strip("/") + "/"

    def put(self, key: str, content: bytes) -> str:
        full_key = self._prefix + checked_key(key)
        with self._bucket.errors():
            self._bucket.client.put_object(Bucket=self._bucket.name, Key=full_key, Body=content)
        return self._bucket.uri_of(full_key)

    def read(self, key: str) -> bytes:
        full_key = self._prefix + checked_key(key)
        try:
            with self._bucket.errors(asked_for_object=True):
                return self._bucket.client.get_object(Bucket=self._bucket.name, Key=full_key)["Body"].read()
        except _Missing:
            raise PermanentError(
                f"The artifact {key} is missing; run the document again from its first stage."
            ) from None

    def exists(self, key: str) -> bool:
        full_key = self._prefix + checked_key(key)
        try:
            with self._bucket.errors(asked_for_object=True):
                self._bucket.client.head_object(Bucket=self._bucket.name, Key=full_key)
        except _Missing:
            self._bucket.check_present()
            return False
        return True

    def remove_all(self, folder: str) -> None:
        prefix = self._prefix + checked_key(folder) + "/"
        for key in {entry["Key"] for entry in self._bucket.versions(prefix)}:
            self._bucket.remove(key)

    def keys_between(self, after: str, last: str) -> Iterator[str]:
        # "0" follows "/": everything in the folder `after` itself is passed over.
        start, is_truncated = (f"{self._prefix}{after}0" if after else ""), True
        while is_truncated:
            page = self._bucket.page(self._prefix, start)
            for entry in page.get("Contents", []):
                key = str(entry["Key"]).removeprefix(self._prefix)
                if key.split("/")[0] > last:
                    return
                yield key
            is_truncated = page.get("IsTruncated", False)
            start = page["Contents"][-1]["Key"] if is_truncated else ""


class _Missing(Exception):
    """S3 has no such object."""


class _Taken(Exception):
    """S3 refused a condition: the name is taken, or the bytes are not the pinned ones."""


class _Bucket:
    """A bucket whose errors are ours."""

    def __init__(self, client: S3Client, name: str) -> None:
        self.client = client
        self.name = name

    def uri_of(self, key: str) -> str:
        return f"s3://{self.name}/{key}"

    def key_of(self, uri: str) -> str:
        """The key in `uri`, which is taken as it is: S3 URIs are not quoted."""
        start = self.uri_of("")
        if not uri.startswith(start) or uri == start:
            raise ConfigurationError(f"The upload's URI is not in the bucket of CREDMATE_S3_BUCKET={self.name}.")
        return uri.removeprefix(start)

    def page(self, prefix: str, after: str) -> dict[str, Any]:
        with self.errors():
            return self.client.list_objects_v2(Bucket=self.name, Prefix=prefix, StartAfter=after, MaxKeys=_PAGE_KEYS)

    def versions(self, prefix: str) -> Iterator[dict[str, Any]]:
        """Every version and delete marker of the objects whose keys begin so; without versioning, the objects."""
        with self.errors():
            for page in self.client.get_paginator("list_object_versions").paginate(Bucket=self.name, Prefix=prefix):
                yield from (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))

    def remove(self, key: str, *, etag: str | None = None) -> None:
        """Removes every version of the object, or those of `etag`; and its name, where nothing else bears it."""
        found = [entry for entry in self.versions(key) if entry["Key"] == key]
        chosen = [entry for entry in found if etag is None or entry.get("ETag", "").strip('"') == etag]
        left = [entry for entry in found if entry not in chosen]
        if all("ETag" not in entry for entry in left):
            chosen = found
        for entry in chosen:
            with self.errors():
                self.client.delete_object(Bucket=self.name, Key=key, VersionId=entry["VersionId"])

    def check_present(self) -> None:
        """Raises `ConfigurationError` where the bucket is missing; S3's answers to HEAD do not tell."""
        with self.errors():
            self.client.head_bucket(Bucket=self.name)

    @contextmanager
    def errors(self, *, asked_for_object: bool = False, taken: frozenset[str] = frozenset()) -> Iterator[None]:
        """Raises what S3 and the way there say as our errors; `_Missing` (only where an object was asked for)
        and `_Taken` (the codes given) are for the caller."""
        try:
            yield
        except ClientError as error:
            raise self._translated(error, asked_for_object, taken) from error
        except (NoCredentialsError, PartialCredentialsError) as error:
            raise ConfigurationError(
                "No AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
                "or give the machine a role."
            ) from error
        except ParamValidationError as error:
            # Keys are checked before; what is left to refuse is the bucket.
            raise ConfigurationError(
                f"CREDMATE_S3_BUCKET={self.name} cannot be a bucket's name; give the name alone, without s3:// or /."
            ) from error
        except (BotoCoreError, ConnectionError, TimeoutError) as error:
            raise StorageUnavailable(
                f"S3 did not answer ({type(error).__name__}) for CREDMATE_S3_BUCKET={self.name}; "
                "check the network and CREDMATE_S3_ENDPOINT_URL."
            ) from error

    def _translated(self, error: ClientError, asked_for_object: bool, taken: frozenset[str]) -> Exception:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in taken:
            return _Taken()
        if code in _MISSING and asked_for_object:
            return _Missing()
        if code in _MISSING or code == "NoSuchBucket":
            return self._missing()
        if code in _REFUSED:
            return ConfigurationError(
                f"S3 refuses access ({code}) to CREDMATE_S3_BUCKET={self.name}; check the credentials and the policy."
            )
        return StorageUnavailable(f"S3 answered {code or 'with an error'} for CREDMATE_S3_BUCKET={self.name}.")

    def _missing(self) -> ConfigurationError:
        return ConfigurationError(
            f"The bucket CREDMATE_S3_BUCKET={self.name} does not exist; create it or correct the setting."
        )


def _gone() -> UnreadableDocument:
    return UnreadableDocument(
        ReasonCode.FILE_MISSING, "The file is no longer in the bucket; ask for it to be uploaded again."
    )
