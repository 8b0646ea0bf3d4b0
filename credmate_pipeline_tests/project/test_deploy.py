"""What production needs agrees with the code: settings that exist, files that are there, a Dagster that loads."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import dagster as dg
import pytest
import yaml
from dagster._daemon.types import DaemonHeartbeat
from dagster_aws.ecs import EcsRunLauncher
from dagster_aws.s3 import S3ComputeLogManager

from credmate_pipeline.doctor.dagster_checks import DAGSTER_SCHEMA
from credmate_pipeline.doctor.shown_settings import setting_names
from credmate_pipeline.ledger.ledger import open_ledger
from credmate_pipeline.ledger.vitals import Vitals
from credmate_pipeline.settings import Settings
from credmate_pipeline_tests.aws import aws_services

SETTINGS = {name for field_name, field in Settings.model_fields.items() for name in setting_names(field_name, field)}
BEAT = datetime(2026, 5, 4, 10, tzinfo=UTC)
OF_DAGSTER_ON_AWS = {"CREDMATE_RUN_TASK_DEFINITION"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((Path(__file__).parents[2] / "deploy/compose.yaml").read_text())


def test_every_setting_that_deployment_names_exists(project: Path) -> None:
    for path in (project / "deploy").rglob("*"):
        if path.is_file():
            named = set(re.findall(r"\b(?:CREDMATE_[A-Z0-9_]+|DATABASE_URL)\b", path.read_text("utf-8")))
            assert named - SETTINGS - OF_DAGSTER_ON_AWS == set(), path


def test_every_file_the_image_copies_is_there(project: Path) -> None:
    copies = re.findall(r"^COPY (?!--from)(.+) \S+$", (project / "deploy/Dockerfile").read_text(), re.MULTILINE)
    files = [name for line in copies for name in line.split()]
    assert "uv.lock" in files
    assert [name for name in files if not (project / name).exists()] == []


def test_the_image_takes_the_pinned_uv_and_runs_as_nobody_special(project: Path) -> None:
    text = (project / "deploy/Dockerfile").read_text()
    [version] = re.findall(r'^version = "(.+)"', (project / "tools/pins.toml").read_text(), re.MULTILINE)
    assert f"uv=={version}" in text
    assert text.index("\nUSER credmate") < text.index("\nENTRYPOINT")


def test_every_lasting_service_has_a_health_check_and_what_it_waits_for_is_there(compose: dict[str, Any]) -> None:
    services = compose["services"]
    lasting = {name for name, one in services.items() if one.get("restart") != "no" and name != "watch"}
    assert {name for name in lasting if "healthcheck" not in services[name]} == set()
    assert "health" in services["daemon"]["healthcheck"]["test"]
    for one in services.values():
        for name, condition in one.get("depends_on", {}).items():
            needs_check = condition["condition"] == "service_healthy"
            assert "healthcheck" in services[name] or not needs_check


def test_nothing_but_the_ui_on_loopback_is_reachable_from_outside(compose: dict[str, Any]) -> None:
    ports = {name: one["ports"] for name, one in compose["services"].items() if "ports" in one}
    assert ports == {"webserver": ["127.0.0.1:3000:3000"]}


def test_the_workspace_names_the_code_server_where_compose_has_it(project: Path, compose: dict[str, Any]) -> None:
    [entry] = yaml.safe_load((project / "deploy/workspace.yaml").read_text())["load_from"]
    server = entry["grpc_server"]
    command = compose["services"][server["host"]]["command"]
    assert str(server["port"]) in command
    assert server["location_name"] in command


def test_compose_asks_for_every_secret_and_holds_none(project: Path) -> None:
    text = (project / "deploy/compose.yaml").read_text()
    named = re.findall(r"(PASSWORD|SECRET_ACCESS_KEY|ROOT_PASSWORD): (.+)", text)
    assert named
    assert all(value.startswith("${") and ":?" in value for _, value in named)


@pytest.mark.parametrize("name", ["task-role", "launcher-role", "queue-policy"])
def test_policies_allow_named_actions_on_named_resources_only(project: Path, name: str) -> None:
    policy = json.loads((project / f"deploy/aws/{name}.json").read_text())
    for statement in policy["Statement"]:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        assert all("*" not in action for action in actions)
        if statement["Resource"] == "*":
            assert all(action.split(":")[1].startswith("Describe") for action in actions)


def test_the_task_role_allows_what_the_code_asks_of_aws(project: Path) -> None:
    policy = json.loads((project / "deploy/aws/task-role.json").read_text())
    allowed = {action.split(":")[1] for statement in policy["Statement"] for action in statement["Action"]}
    permissions = {
        "list_objects_v2": {"ListBucket"},
        "get_paginator": {"ListBucketVersions"},
        "head_bucket": {"ListBucket"},
        "head_object": {"GetObject"},
        "get_object": {"GetObject"},
        "put_object": {"PutObject"},
        "delete_object": {"DeleteObject", "DeleteObjectVersion"},
        "receive_message": {"ReceiveMessage"},
        "delete_message_batch": {"DeleteMessage"},
        "get_queue_attributes": {"GetQueueAttributes"},
        "publish": {"Publish"},
    }
    for path in ("uploads/s3.py", "uploads/sqs.py", "alerts/sns.py"):
        called = set(re.findall(r"client\.([a-z_0-9]+)\(", (project / "credmate_pipeline" / path).read_text()))
        for call in called - {"close"}:
            assert permissions[call] <= allowed


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Simulated AWS services, and a task definition for runs."""
    with aws_services() as address:
        for name, value in {
            "AWS_ENDPOINT_URL": address,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "CREDMATE_RUN_TASK_DEFINITION": "credmate-run",
            "CREDMATE_S3_BUCKET": "documents",
        }.items():
            monkeypatch.setenv(name, value)
        boto3.client("s3").create_bucket(Bucket="documents")
        boto3.client("ecs").register_task_definition(
            family="credmate-run", containerDefinitions=[{"name": "run", "image": "credmate", "memory": 6144}]
        )
        yield address


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_dagsters_settings_for_aws_load_with_their_launcher_storage_and_logs(
    project: Path, tmp_path: Path, aws: str, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert aws
    monkeypatch.setenv("DATABASE_URL", database_url)
    (tmp_path / "dagster.yaml").write_text((project / "deploy/aws/dagster.yaml").read_text())
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        assert isinstance(instance.run_launcher, EcsRunLauncher)
        assert "credmate-run" in str(instance.run_launcher.task_definition)
        assert isinstance(instance.compute_log_manager, S3ComputeLogManager)
        assert instance.get_runs() == []
        assert instance.run_retries_enabled
        with closing(open_ledger(database_url)) as ledger:
            assert Vitals(ledger.engine).dagster_beat(DAGSTER_SCHEMA) is None
            instance.add_daemon_heartbeat(DaemonHeartbeat(BEAT.timestamp(), "SENSOR", "daemon", []))
            assert Vitals(ledger.engine).dagster_beat(DAGSTER_SCHEMA) == BEAT
