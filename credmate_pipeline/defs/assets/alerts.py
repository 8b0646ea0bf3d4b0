"""The oversight asset that shows what is wrong and whether somebody was told. The `alerts` sensor reports it too."""

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from credmate_pipeline.alerts.alarm import see
from credmate_pipeline.alerts.condition import MEANINGS, AlertKind, Condition
from credmate_pipeline.defs.assets.specs import oversight
from credmate_pipeline.defs.resources import PipelineGateways

ALERTS = dg.AssetKey("alerts")
ALL_WELL, DELIVERED = "all_is_well", "somebody_was_told"


@dg.asset(
    key=ALERTS,
    **oversight("health"),
    kinds={"postgres"},
    description=(
        "Is anything wrong, and was somebody told? The `alerts` sensor reports here whenever it has something to "
        "say; materialize it to look now. The report says what each kind means and what to do."
    ),
    check_specs=[
        dg.AssetCheckSpec(ALL_WELL, asset=ALERTS, description="Nothing is wrong that somebody must hear of."),
        dg.AssetCheckSpec(DELIVERED, asset=ALERTS, description="Every channel took what it was sent."),
    ],
)
def alerts_asset(pipeline: PipelineGateways) -> dg.MaterializeResult:
    """Looks, and sends nothing."""
    gateways = pipeline.open()
    conditions = see(gateways.alerts, pipeline.settings(), now=gateways.ledger.now())
    undelivered = [condition for condition in conditions if condition.kind is AlertKind.UNDELIVERED]
    failing = dict.fromkeys((name for condition in undelivered for name in condition.samples), "see `credmate alerts`")
    return dg.MaterializeResult(
        metadata=shown(conditions, failing),
        check_results=[
            dg.AssetCheckResult(check_name=ALL_WELL, passed=not conditions),
            dg.AssetCheckResult(check_name=DELIVERED, passed=not failing),
        ],
    )


def shown(conditions: Sequence[Condition], failing: Mapping[str, str]) -> dict[str, Any]:
    """The asset's metadata: what is wrong, and `failing` channels with the reason."""
    lines = [
        f"- **{one.kind.value}** ({one.count}): {MEANINGS[one.kind].sentence} {MEANINGS[one.kind].remedy}"
        for one in conditions
    ]
    undelivered = [f"- **{channel}** took nothing: {why}" for channel, why in sorted(failing.items())]
    return {
        "open": len(conditions),
        "channels_failing": len(failing),
        "report": dg.MetadataValue.md("\n".join([*lines, *undelivered]) or "All is well."),
    }
