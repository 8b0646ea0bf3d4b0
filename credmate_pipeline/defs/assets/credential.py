"""The `credential` asset: what is held true of the provider, made from approved documents."""

from collections.abc import Iterator

import dagster as dg

from credmate_pipeline.defs.assets.specs import stage_spec
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.facts import credential_facts
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.stages import Stage


@dg.multi_asset(
    name="file_credentials",
    specs=[stage_spec(Stage.CREDENTIAL)],
    backfill_policy=dg.BackfillPolicy.multi_run(max_partitions_per_run=25),
)
def credential(context: dg.AssetExecutionContext, pipeline: PipelineGateways) -> Iterator[dg.AssetMaterialization]:
    """Files the credential of every document that a person approved, or that is completed where that suffices."""
    ledger, settings = pipeline.open().ledger, pipeline.settings()
    enough = {DocumentStatus.REVIEW_APPROVED}
    if settings.auto_create_credentials:
        enough.add(DocumentStatus.COMPLETED)
    for document in ledger.documents_by_id(context.partition_keys):
        if document.status in enough and not document.is_canary:
            filed = ledger.create_credentials(document.document_id, actor="pipeline", now=ledger.now())
            yield dg.AssetMaterialization(
                Stage.CREDENTIAL.value,
                partition=document.document_id,
                metadata=credential_facts(filed),
            )
        else:
            context.log.info(f"Document {document.document_id} is {document.status.value}: no credential is filed.")
