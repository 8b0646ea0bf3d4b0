"""The `credential` asset: what is held true of the provider, shown of approved documents."""

from collections.abc import Iterator

import dagster as dg

from credmate_pipeline.defs.assets.specs import stage_spec
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.facts import credential_facts
from credmate_pipeline.ledger.records import OnFile
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.stages import Stage


@dg.multi_asset(
    name="file_credentials",
    specs=[stage_spec(Stage.CREDENTIAL)],
    backfill_policy=dg.BackfillPolicy.multi_run(max_partitions_per_run=25),
)
def credential(context: dg.AssetExecutionContext, pipeline: PipelineGateways) -> Iterator[dg.AssetMaterialization]:
    """Files completed documents where that suffices, and shows what is on file of those ever approved."""
    ledger, settings = pipeline.open().ledger, pipeline.settings()
    enough = {DocumentStatus.REVIEW_APPROVED}
    if settings.auto_create_credentials:
        enough.add(DocumentStatus.COMPLETED)
    for document in ledger.documents_by_id(context.partition_keys):
        if document.status in enough and not document.is_canary:
            ledger.create_credentials(document.document_id, actor="pipeline", now=ledger.now())
    filed = {one.document_id: one for one in ledger.on_file(context.partition_keys)}
    for key in context.partition_keys:
        if key not in filed:
            context.log.info(f"Document {key} was never approved: no credential of it is on file.")
    yield from map(on_file, filed.values())


def on_file(filed: OnFile) -> dg.AssetMaterialization:
    """What Dagster is told of what a document proves."""
    return dg.AssetMaterialization(
        Stage.CREDENTIAL.value, partition=filed.document_id, metadata=credential_facts(filed)
    )
