"""Every setting with its source; no secret is shown, not even inside an address."""

from pathlib import Path

from credmate_pipeline.doctor.shown_settings import ShownSetting, shown_settings
from credmate_pipeline.settings import Settings


def shown(environment: dict[str, str], env_file: Path) -> dict[str, ShownSetting]:
    by_field = {name.lower().removeprefix("credmate_"): value for name, value in environment.items()}
    known = {
        name: value for name, value in by_field.items() if name in Settings.model_fields and name != "database_url"
    }
    settings = Settings(_env_file=env_file, **known, DATABASE_URL=environment.get("DATABASE_URL"))
    return {one.name: one for one in shown_settings(settings, environment, env_file)}


def test_a_setting_says_whether_it_is_the_default_from_the_environment_or_from_the_file(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("CREDMATE_LANES=3\nCREDMATE_MAX_PAGES=10\n")
    found = shown({"CREDMATE_MAX_PAGES": "20"}, env_file)
    assert (found["CREDMATE_LANES"].value, found["CREDMATE_LANES"].source) == ("3", ".env")
    assert (found["CREDMATE_MAX_PAGES"].value, found["CREDMATE_MAX_PAGES"].source) == ("20", "environment")
    assert (found["CREDMATE_ATTEMPTS"].value, found["CREDMATE_ATTEMPTS"].source) == ("3", "default")
    assert set(found) >= {"DATABASE_URL", "AUTO_CREATE_CREDENTIALS"}


def test_no_secret_is_shown_not_even_inside_an_address(tmp_path: Path) -> None:
    secrets = {
        "DATABASE_URL": "postgresql://credmate:hunter2@db.internal:5432/credmate?sslpassword=hunter2",
        "CREDMATE_ALERT_SMTP_URL": "smtp+starttls://user:hunter2@mail.example.org:587",
        "CREDMATE_ALERT_SLACK_URL": "https://hooks.slack.com/services/hunter2",
        "CREDMATE_ALERT_WEBHOOK_URL": "https://alerts.example.org/in?key=hunter2",
        "CREDMATE_ALERT_WEBHOOK_SECRET": "hunter2",
        "CREDMATE_S3_ENDPOINT_URL": "http://minio:hunter2@minio.internal:9000",
    }
    found = shown(secrets, tmp_path / "none")
    assert "hunter2" not in str(found)
    assert found["CREDMATE_ALERT_SMTP_URL"].value == "smtp+starttls://mail.example.org:587/***"
    assert "db.internal:5432/credmate" in found["DATABASE_URL"].value
    assert found["CREDMATE_ALERT_WEBHOOK_SECRET"].value == "***"
    assert found["CREDMATE_S3_ENDPOINT_URL"].value == "http://minio:***@minio.internal:9000"
