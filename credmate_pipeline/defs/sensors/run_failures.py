"""What follows a failed run: its documents are given back, and the failure is recorded with each of them."""

import dagster as dg

from credmate_pipeline.alerts.condition import AlertKind
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.reconciliation.reconcile import DEAD_RUN_MESSAGE


@dg.run_failure_sensor(
    minimum_interval_seconds=10,
    default_status=dg.DefaultSensorStatus.RUNNING,
    monitor_all_code_locations=False,
    description=(
        "After a run has failed or died: documents it still held get the failure in their trail and are due again, "
        "or `failed` when their attempts are spent."
    ),
)
def run_failures(context: dg.RunFailureSensorContext, pipeline: PipelineGateways) -> None:
    """Gives back what the failed run still held."""
    run_id = context.dagster_run.run_id
    gateways = pipeline.open()
    now = gateways.ledger.now()
    gateways.alerts.signal(AlertKind.RUN_FAILED, run_id, now=now)
    given_back = gateways.ledger.give_back(
        run_id,
        reason=ReasonCode.INTERNAL_ERROR,
        message=DEAD_RUN_MESSAGE,
        attempts_allowed=pipeline.settings().attempts,
        now=now,
    )
    context.log.info(f"Run {run_id} failed; {len(given_back)} documents it held were given back.")
