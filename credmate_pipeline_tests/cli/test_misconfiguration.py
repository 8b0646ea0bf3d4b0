"""A wrong setting ends every command with one sentence that names it, never with a traceback."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from credmate_pipeline_tests.aws import aws_services
from credmate_pipeline_tests.cli.conftest import Credmate, Said


def assert_one_sentence(said: Said, code: int, *parts: str) -> None:
    assert said.code == code
    assert len(said.err.strip().splitlines()) == 1, said.err
    assert "Traceback" not in said.out + said.err
    for part in parts:
        assert part in said.err


def test_an_unreachable_database_is_named(credmate: Credmate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:secret@127.0.0.1:1/credmate")
    said = credmate("status")
    assert_one_sentence(said, 3, "DATABASE_URL", "127.0.0.1:1")
    assert "secret" not in said.err


def test_starting_over_an_unreachable_database_starts_nothing(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:secret@127.0.0.1:1/credmate")
    assert_one_sentence(credmate("up"), 3, "DATABASE_URL", "127.0.0.1:1")
    assert not (tmp_path / "home" / "logs").exists()


def test_what_is_no_postgresql_url_is_refused(credmate: Credmate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://127.0.0.1/credmate")
    assert_one_sentence(credmate("status"), 2, "DATABASE_URL", "mysql://127.0.0.1/credmate")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("nonsense", "'nonsense'"),
        ("postgresql//someone:secret@127.0.0.1/credmate", "'***@127.0.0.1/credmate'"),
        ("postgresql://someone:secret@127.0.0.1:port/credmate", "'postgresql://***@127.0.0.1:port/credmate'"),
        ("postgresql://someone:secret/credmate", "'postgresql://someone:***/credmate'"),
        ("someone:secret/credmate", "'someone:***/credmate'"),
        ("host=127.0.0.1 password=secret dbname=credmate", "'host=127.0.0.1 password=*** dbname=credmate'"),
    ],
)
def test_what_is_no_url_is_shown_without_its_password(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, address: str, shown: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    said = credmate("status")
    assert_one_sentence(said, 2, "DATABASE_URL", shown)
    assert "secret" not in said.err + credmate("doctor").out


def test_a_system_that_is_not_up_is_not_started_by_asking_for_its_status(credmate: Credmate, tmp_path: Path) -> None:
    assert_one_sentence(credmate("status"), 2, str(tmp_path / "home"), "credmate up")


def test_uploads_in_s3_need_a_bucket(credmate: Credmate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CREDMATE_UPLOADS", "s3")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    assert_one_sentence(credmate("upload", tmp_path / "a.pdf"), 2, "CREDMATE_S3_BUCKET")


@pytest.fixture
def cloud_uploads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file to upload to S3."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "CREDMATE_UPLOADS": "s3",
        "CREDMATE_S3_BUCKET": "documents",
    }.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    return tmp_path / "a.pdf"


@pytest.mark.parametrize("bucket", ["bad bucket", "s3://documents", "documents/uploads"])
def test_what_cannot_be_a_buckets_name_is_refused(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, cloud_uploads: Path, bucket: str
) -> None:
    monkeypatch.setenv("CREDMATE_S3_BUCKET", bucket)
    assert_one_sentence(credmate("upload", cloud_uploads), 2, f"CREDMATE_S3_BUCKET={bucket} ")


def test_what_cannot_be_a_region_is_refused(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, cloud_uploads: Path
) -> None:
    monkeypatch.setenv("CREDMATE_S3_REGION", "us east")
    assert_one_sentence(credmate("upload", cloud_uploads), 2, "CREDMATE_S3_REGION=us east")


@pytest.mark.parametrize("setting", ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"])
def test_a_profile_that_is_not_there_is_named(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, cloud_uploads: Path, setting: str
) -> None:
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    monkeypatch.setenv(setting, "nobody-has-this")
    assert_one_sentence(credmate("upload", cloud_uploads), 2, f"{setting}=nobody-has-this")


def test_a_missing_tesseract_stops_the_start(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert_one_sentence(credmate("up"), 2, "CREDMATE_OCR_ENGINE", "tesseract-ocr")


def test_a_missing_language_stops_the_start(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("CREDMATE_OCR_LANGUAGE", "xyz")
    assert_one_sentence(credmate("up"), 2, "CREDMATE_OCR_LANGUAGE", "xyz")


def test_a_folder_without_tesseracts_data_is_named(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    said = credmate("up")
    assert_one_sentence(said, 2, "CREDMATE_OCR_LANGUAGE", f"TESSDATA_PREFIX={tmp_path}")
    assert "apt-get" not in said.err


def test_a_value_that_is_no_number_is_named_without_a_traceback(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDMATE_LANES", "many")
    assert_one_sentence(credmate("status"), 2, "CREDMATE_LANES=many")


def test_a_busy_port_that_was_asked_for_is_refused(credmate: Credmate) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert_one_sentence(credmate("up", "--port", port), 2, f"Port {port}")


def test_a_home_that_cannot_be_written_is_named(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CREDMATE_HOME", str(tmp_path / "file" / "home"))
    assert_one_sentence(credmate("up"), 2, "CREDMATE_HOME", str(tmp_path / "file" / "home"))


@pytest.fixture
def s3_address() -> Iterator[str]:
    """An S3 endpoint on loopback without any bucket."""
    with aws_services() as address:
        yield address


def test_a_bucket_that_is_not_there_stops_the_start(
    credmate: Credmate, monkeypatch: pytest.MonkeyPatch, database_url: str, s3_address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("CREDMATE_UPLOADS", "s3")
    monkeypatch.setenv("CREDMATE_S3_ENDPOINT_URL", s3_address)
    monkeypatch.setenv("CREDMATE_S3_BUCKET", "nowhere")
    assert_one_sentence(credmate("up"), 2, "CREDMATE_S3_BUCKET", "nowhere")
