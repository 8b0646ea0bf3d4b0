"""The oversight asset that shows which credentials expire soon."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import dagster as dg

from credmate_pipeline.defs.assets.specs import oversight
from credmate_pipeline.defs.links import partition_link
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.markdown import markdown_table
from credmate_pipeline.oversight.expiring import WINDOWS, ExpiringCredential, by_type, expired_count, window_counts
from credmate_pipeline.stages import Stage

SHOWN = 200


@dg.asset(
    **oversight("work"),
    kinds={"postgres"},
    deps=[Stage.CREDENTIAL.value],
    description=(
        "Which credentials expire soon? Those on file that expire within 30, 60 and 90 days and that no later one "
        "renews, by type, with the provider's id and the document that proves them. Ask these providers for a renewal."
    ),
)
def expiring_credentials(pipeline: PipelineGateways) -> dg.MaterializeResult:
    """Counts by window and type, and the soonest one by one; no names."""
    today = datetime.now(UTC).date()
    found = pipeline.open().ledger.expiring_credentials(until=today + timedelta(days=WINDOWS[-1]))
    ahead = [one for one in found if one.expires_on >= today]
    return dg.MaterializeResult(
        metadata={
            **{f"within_{window}_days": count for window, count in window_counts(found, today).items()},
            "expired": expired_count(found, today),
            "providers": len({one.provider_id for one in ahead if one.provider_id is not None}),
            "by_type": dg.MetadataValue.md(_types(found, today)),
            "soonest": dg.MetadataValue.md(_soonest(ahead, today)),
        }
    )


def _types(found: Sequence[ExpiringCredential], today: date) -> str:
    columns = ["type", *(f"within {window} days" for window in WINDOWS), "expired and not renewed"]
    rows = [(name, *counts) for name, counts in by_type(found, today).items()]
    return markdown_table(columns, rows) if rows else "Nothing on file has expired or expires soon."


def _soonest(ahead: Sequence[ExpiringCredential], today: date) -> str:
    rows = [
        (
            one.expires_on.isoformat(),
            (one.expires_on - today).days,
            one.credential_type,
            f"`{one.provider_id}`" if one.provider_id is not None else "not known",
            partition_link(one.document_id, Stage.CREDENTIAL),
        )
        for one in ahead[:SHOWN]
    ]
    more = f"\n\nand {len(ahead) - SHOWN} more" if len(ahead) > SHOWN else ""
    table = markdown_table(["expires on", "days", "type", "provider", "proven by document"], rows)
    return table + more if rows else "Nothing expires soon."
