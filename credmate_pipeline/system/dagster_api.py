"""What a running Dagster webserver says, asked over its GraphQL interface on loopback."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from typing import Any

from credmate_pipeline.errors import TransientError

_TIMEOUT_SECONDS = 20

_HEALTH = """{
  workspaceOrError { ... on Workspace { locationEntries { loadStatus locationOrLoadError {
    __typename ... on PythonError { message } } } } }
  instance { daemonHealth { allDaemonStatuses { daemonType healthy } } }
}"""

_PARTITIONS = """query($keys: [AssetKeyInput!]) { assetNodes(assetKeys: $keys) {
  assetKey { path }
  assetPartitionStatuses { ... on DefaultPartitionStatuses { materializedPartitions } } } }"""


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
