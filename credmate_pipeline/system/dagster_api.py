"""What a running Dagster webserver says, asked over its GraphQL interface on loopback."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from credmate_pipeline.errors import TransientError

_TIMEOUT_SECONDS = 20
CODE_VERSION = "code_version"
"""Label of the journey's metadata that names the code it runs."""

_HEALTH = """{
  workspaceOrError { ... on Workspace { locationEntries { loadStatus locationOrLoadError {
    __typename ... on PythonError { message } } } } }
  instance { daemonHealth { allDaemonStatuses { daemonType healthy } } }
}"""

_PARTITIONS = """query($keys: [AssetKeyInput!]) { assetNodes(assetKeys: $keys) {
  assetKey { path }
  assetPartitionStatuses { ... on DefaultPartitionStatuses { materializedPartitions } } } }"""


STATE = """query($asset: [AssetKeyInput!]) {
  workspaceOrError { ... on Workspace { locationEntries { name loadStatus locationOrLoadError {
    __typename
    ... on PythonError { message }
    ... on RepositoryLocation { repositories {
      jobs { name metadataEntries { label ... on TextMetadataEntry { text } } }
      sensors { name sensorState { status } }
      schedules { name scheduleState { status } } } } } } } }
  instance { daemonHealth { allDaemonStatuses { daemonType required healthy lastHeartbeatTime } } }
  assetNodes(assetKeys: $asset) { partitionStats { numPartitions numMaterialized } } }"""


@dataclass(frozen=True, slots=True)
class Daemon:
    """One of Dagster's daemons; `beat_at` is None where it never reported."""

    name: str
    is_healthy: bool
    beat_at: datetime | None


@dataclass(frozen=True, slots=True)
class DagsterState:
    """What the webserver knows of the deployed pipeline."""

    load_error: str | None
    """The first line of why its code cannot be loaded."""
    code_version: str | None
    sensors: Mapping[str, bool]
    """By name, whether it is on; the same for schedules."""
    schedules: Mapping[str, bool]
    daemons: tuple[Daemon, ...]
    partition_count: int
    validated_count: int
    """Partitions whose validation is materialized."""


class DagsterUnavailable(TransientError):
    """The webserver does not answer, or answers with an error."""


def code_problem(url: str) -> str | None:
    """Why the pipeline's code cannot be loaded, as its error's first line; None where there is no error."""
    for entry in ask(url, _HEALTH)["workspaceOrError"].get("locationEntries", []):
        outcome = entry["locationOrLoadError"] or {}
        if outcome.get("__typename") == "PythonError":
            return str(outcome["message"]).strip().splitlines()[0]
    return None


def is_ready(url: str) -> bool:
    """Whether the pipeline's code is loaded and the sensors' daemon reports."""
    answer = ask(url, _HEALTH)
    entries = answer["workspaceOrError"].get("locationEntries", [])
    is_loaded = bool(entries) and all(entry["loadStatus"] == "LOADED" for entry in entries)
    daemons = answer["instance"]["daemonHealth"]["allDaemonStatuses"]
    return is_loaded and any(daemon["daemonType"] == "SENSOR" and daemon["healthy"] for daemon in daemons)


def state(url: str) -> DagsterState:
    """All the doctor asks Dagster for, in one answer."""
    answer = ask(url, STATE, {"asset": [{"path": ["validation"]}]})
    locations = [entry["locationOrLoadError"] or {} for entry in answer["workspaceOrError"].get("locationEntries", [])]
    errors = [str(one["message"]).strip().splitlines()[0] for one in locations if one["__typename"] == "PythonError"]
    repositories = [repository for one in locations for repository in one.get("repositories", [])]
    stats = next((node["partitionStats"] for node in answer["assetNodes"] if node["partitionStats"]), {})
    return DagsterState(
        load_error=errors[0] if errors else None,
        code_version=_code_version(repositories),
        sensors={one["name"]: _is_on(one["sensorState"]) for each in repositories for one in each["sensors"]},
        schedules={one["name"]: _is_on(one["scheduleState"]) for each in repositories for one in each["schedules"]},
        daemons=tuple(map(_daemon, answer["instance"]["daemonHealth"]["allDaemonStatuses"])),
        partition_count=stats.get("numPartitions", 0),
        validated_count=stats.get("numMaterialized", 0),
    )


def _code_version(repositories: Iterable[Mapping[str, Any]]) -> str | None:
    entries = (entry for each in repositories for job in each["jobs"] for entry in job["metadataEntries"])
    return next((entry.get("text") for entry in entries if entry["label"] == CODE_VERSION), None)


def _is_on(instigation: Mapping[str, Any]) -> bool:
    return instigation["status"] == "RUNNING"


def _daemon(status: Mapping[str, Any]) -> Daemon:
    beat = status["lastHeartbeatTime"]
    beat_at = None if beat is None else datetime.fromtimestamp(float(beat), UTC)
    return Daemon(status["daemonType"], bool(status["healthy"]) or not status["required"], beat_at)


def materialized_partitions(url: str, assets: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The partitions each asset was materialized for."""
    nodes = ask(url, _PARTITIONS, {"keys": [{"path": [asset]} for asset in assets]})["assetNodes"]
    return {
        node["assetKey"]["path"][-1]: frozenset(node["assetPartitionStatuses"].get("materializedPartitions", ()))
        for node in nodes
    }


def ask(url: str, query: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The answer to a GraphQL query. Raises `DagsterUnavailable` where there is none."""
    body = json.dumps({"query": query, "variables": variables or {}}).encode()
    request = urllib.request.Request(f"{url}/graphql", data=body, headers={"Content-Type": "application/json"})  # noqa: S310  # loopback http
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
            content = json.load(answer)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise DagsterUnavailable(f"The Dagster webserver at {url} does not answer: {error}.") from error
    if content.get("data") is None:
        raise DagsterUnavailable(f"The Dagster webserver at {url} refuses: {content.get('errors', 'no reason')}.")
    return dict(content["data"])
