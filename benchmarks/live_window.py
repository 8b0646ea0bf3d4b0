"""How many live partitions are comfortable: `python benchmarks/live_window.py`.

Starts the real system (PostgreSQL, code server, webserver, daemon) over a ledger and a Dagster filled with that many
live documents. Measures the sensor's tick, the page of an asset's partitions as the UI asks for it (just after a new
key, and again), and how long it takes until a backfill of 50 documents has its two runs; the daemon looks for
backfills every 30 seconds.
"""

import argparse
import json
import os
import tempfile
import urllib.request
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import dagster as dg
from large_ledger import fill_dagster, fill_ledger

from credmate_pipeline.definitions import defs
from credmate_pipeline.defs.assets.specs import STEP_STAGES
from credmate_pipeline.defs.partitions import DOCUMENTS
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.sensors.new_uploads import new_uploads
from credmate_pipeline.ledger.ledger import open_ledger
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage
from credmate_pipeline.system.ports import choose_port
from credmate_pipeline.system.supervisor import running_system

BACKFILLED = 50
_WAIT_SECONDS = 600

_PAGE = """query($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
  partitionKeysByDimension { name type partitionKeys }
  partitionStats { numMaterialized numFailed numPartitions numMaterializing }
  assetPartitionStatuses { ... on DefaultPartitionStatuses {
    materializedPartitions materializingPartitions failedPartitions unmaterializedPartitions } } } } }"""

_BACKFILL = """mutation($params: LaunchBackfillParams!) { launchPartitionBackfill(backfillParams: $params) {
  __typename ... on LaunchBackfillSuccess { backfillId } ... on PythonError { message } } }"""


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="credmate-window-") as name:
        home = Path(name)
        os.environ.update({"CREDMATE_HOME": str(home), "CREDMATE_SETTLE_SECONDS": "0"})
        with running_system(Settings(), port=choose_port(3200, is_insisted=False)) as system:
            os.environ["DATABASE_URL"] = system.database_url
            ledger = open_ledger(system.database_url)
            fill_ledger(ledger.engine, count=max(arguments.sizes), live=max(arguments.sizes))
            print("| live keys | tick | page after a new key | page again | page size | backfill submitted |")
            print("| ---: | ---: | ---: | ---: | ---: | ---: |")
            with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
                for size in sorted(arguments.sizes):
                    keys = fill_dagster(instance, ledger.engine, live=size, stages=STEP_STAGES)
                    _measure(instance, system.url, keys)
            ledger.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The tick, the UI and backfills by the number of live partitions.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 50_000, 100_000])
    return parser.parse_args()


def _measure(instance: dg.DagsterInstance, url: str, keys: list[str]) -> None:
    """One line of the table."""
    tick = min(_tick(instance) for _ in range(3))
    instance.add_dynamic_partitions(str(DOCUMENTS.name), [f"new-key-{len(keys)}"])
    after, size = _page(url)
    again, _size = _page(url)
    submission = _backfill(instance, url)
    print(
        f"| {len(keys):,} | {tick:.2f} s | {after:.1f} s | {again:.1f} s | {size / 1e6:.1f} MB | {submission:.1f} s |",
        flush=True,
    )


def _tick(instance: dg.DagsterInstance) -> float:
    context = dg.build_sensor_context(instance=instance, definitions=defs)
    started = perf_counter()
    new_uploads(context, pipeline=PipelineGateways())
    return perf_counter() - started


def _page(url: str) -> tuple[float, int]:
    """Seconds and bytes of all that an asset's page of partitions asks for."""
    started = perf_counter()
    answer = _ask(url, _PAGE, {"key": {"path": [Stage.VALIDATION.value]}})
    return perf_counter() - started, len(answer)


def _backfill(instance: dg.DagsterInstance, url: str) -> float:
    """Seconds from asking for a backfill of the oldest keys until its runs are there."""
    chosen = list(instance.get_dynamic_partitions(str(DOCUMENTS.name)))[:BACKFILLED]
    assets = [{"path": [stage.value]} for stage in STEP_STAGES]
    started = perf_counter()
    params = {"assetSelection": assets, "partitionNames": chosen}
    launched = json.loads(_ask(url, _BACKFILL, {"params": params}))["data"]["launchPartitionBackfill"]
    if "backfillId" not in launched:
        raise RuntimeError(f"The backfill was refused: {launched}")
    of_backfill = dg.RunsFilter(tags={"dagster/backfill": launched["backfillId"]})
    wanted = -(-BACKFILLED // 25)
    while len(instance.get_runs(of_backfill)) < wanted:
        if perf_counter() - started > _WAIT_SECONDS:
            raise TimeoutError("The backfill's runs did not come.")
        sleep(0.5)
    return perf_counter() - started


def _ask(url: str, query: str, variables: dict[str, Any]) -> bytes:
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(f"{url}/graphql", data=body, headers={"Content-Type": "application/json"})  # noqa: S310  # loopback http
    with urllib.request.urlopen(request, timeout=_WAIT_SECONDS) as answer:  # noqa: S310
        return bytes(answer.read())


if __name__ == "__main__":
    main()
