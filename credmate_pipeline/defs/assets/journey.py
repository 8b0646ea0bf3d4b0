"""The journey's step in Dagster: it walks a batch and says what ends. How documents are read is not known here."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import dagster as dg
from dagster._core.definitions.asset_checks.asset_check_evaluation import AssetCheckEvaluationTargetMaterializationData

from credmate_pipeline.batch import Batch, DocumentFailed, DocumentLeft, DocumentSettled, Progress, Request, StageEnded
from credmate_pipeline.defs.assets.specs import (
    EVIDENCED,
    READABLE,
    SETTLED,
    STEP_STAGES,
    check_specs,
    stage_spec,
)
from credmate_pipeline.defs.dead_claims import free_dead_claims
from credmate_pipeline.defs.resources import PipelineGateways
from credmate_pipeline.defs.run_tags import reopen_settled_before
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.facts import Facts, bullet_list
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.states import NEEDS_EXTRACTION, DocumentStatus
from credmate_pipeline.stages import Stage, earliest

Metadata = dict[str, dg.MetadataValue]
Event = dg.AssetMaterialization | dg.AssetCheckEvaluation
MARKDOWN_FACTS = frozenset({"fields_read", "findings", "reasons"})
DOCUMENTS_A_RUN = 25


@dg.multi_asset(
    name="walk_documents",
    specs=[stage_spec(stage) for stage in STEP_STAGES],
    check_specs=check_specs(),
    can_subset=True,
    backfill_policy=dg.BackfillPolicy.multi_run(max_partitions_per_run=DOCUMENTS_A_RUN),
    pool="reading",
)
def journey(context: dg.AssetExecutionContext, pipeline: PipelineGateways) -> Iterator[Event]:
    """Walks the run's documents through their stages and fails at the end, naming those that failed."""
    gateways = pipeline.open()
    request = _request(context)
    held = free_dead_claims(gateways.ledger, context.instance, request.document_ids, settings=pipeline.settings())
    others = frozenset(document_id for document_id, run_id in held.items() if run_id != request.run_id)
    request = replace(request, held_by_others=others)
    failed: list[DocumentFailed] = []
    batch = Batch(request, gateways, pipeline.settings(), clock=gateways.ledger.now)
    for progress in batch.walk():
        if isinstance(progress, DocumentFailed):
            failed.append(progress)
        yield from _events(context, gateways, progress)
    if failed:
        raise _failure(failed, of=len(request.document_ids))


def _request(context: dg.AssetExecutionContext) -> Request:
    selected = frozenset(Stage(key.to_user_string()) for key in context.selected_asset_keys)
    return Request(
        run_id=context.run.run_id,
        document_ids=tuple(DocumentId(key) for key in context.partition_keys),
        first=earliest(selected),
        reopen_settled_before=reopen_settled_before(context.instance, context.run),
    )


def _events(context: dg.AssetExecutionContext, gateways: Gateways, progress: Progress) -> Iterator[Event]:
    match progress:
        case StageEnded():
            if not (progress.is_recalled and _last_materialization(context, progress.stage, progress.document_id)):
                yield dg.AssetMaterialization(
                    progress.stage.value, partition=progress.document_id, metadata=_metadata(progress.facts)
                )
        case DocumentSettled():
            context.log.info(f"Document {progress.document_id} is {progress.status.value}.")
            yield from _checks(context, gateways, progress)
        case DocumentFailed():
            context.log.error(f"Document {progress.document_id} failed at {progress.stage.value}: {progress.message}")
        case DocumentLeft():
            context.log.info(f"Document {progress.document_id} is left alone: {progress.why}.")


def _metadata(facts: Facts) -> dict[str, dg.MetadataValue]:
    return {
        name: dg.MetadataValue.md(str(fact)) if name in MARKDOWN_FACTS else _plain(fact) for name, fact in facts.items()
    }


def _plain(fact: float | str) -> dg.MetadataValue:
    if isinstance(fact, int):
        return dg.MetadataValue.int(fact)
    return dg.MetadataValue.float(fact) if isinstance(fact, float) else dg.MetadataValue.text(fact)


def _checks(
    context: dg.AssetExecutionContext, gateways: Gateways, settled: DocumentSettled
) -> Iterator[dg.AssetCheckEvaluation]:
    """What the ledger holds of the document, as pass or fail beside the stage it speaks of."""
    reasons: Metadata = {"reasons": dg.MetadataValue.md(bullet_list(settled.reasons))} if settled.reasons else {}
    is_readable = settled.status is not DocumentStatus.UNREADABLE
    yield from _evaluation(
        context, (Stage.DOCUMENT, READABLE), settled, {} if is_readable else reasons, has_passed=is_readable
    )
    if settled.status in NEEDS_EXTRACTION:
        is_evidenced = gateways.ledger.has_evidenced_extraction(settled.document_id)
        yield from _evaluation(context, (Stage.EXTRACTION, EVIDENCED), settled, {}, has_passed=is_evidenced)
        is_settled = settled.status is not DocumentStatus.REVIEW_PENDING
        yield from _evaluation(context, (Stage.VALIDATION, SETTLED), settled, reasons, has_passed=is_settled)


def _evaluation(
    context: dg.AssetExecutionContext,
    check: tuple[Stage, str],
    settled: DocumentSettled,
    metadata: Metadata,
    *,
    has_passed: bool,
) -> Iterator[dg.AssetCheckEvaluation]:
    """An evaluation tied to the stage's last materialization: without one, Dagster does not show it."""
    stage, name = check
    for record in _last_materialization(context, stage, settled.document_id):
        yield dg.AssetCheckEvaluation(
            asset_key=dg.AssetKey(stage.value),
            check_name=name,
            partition=settled.document_id,
            passed=has_passed,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={"status": settled.status.value, **metadata},
            target_materialization_data=AssetCheckEvaluationTargetMaterializationData(
                storage_id=record.storage_id, run_id=record.run_id, timestamp=record.timestamp
            ),
        )


def _last_materialization(
    context: dg.AssetExecutionContext, stage: Stage, document_id: DocumentId
) -> Sequence[dg.EventLogRecord]:
    """The newest materialization of one document's stage, if there is one."""
    chosen = dg.AssetRecordsFilter(asset_key=dg.AssetKey(stage.value), asset_partitions=[document_id])
    return context.instance.fetch_materializations(chosen, limit=1).records


def _failure(failed: list[DocumentFailed], *, of: int) -> dg.Failure:
    table = [
        dg.TableRecord(
            {
                "document": failure.document_id,
                "stage": failure.stage.value,
                "reason": failure.reason.value,
                "message": failure.message,
                "now": failure.status.value,
            }
        )
        for failure in failed
    ]
    return dg.Failure(
        f"{len(failed)} of {of} documents failed{'; the others are settled' if len(failed) < of else ''}. "
        f"{_causes(failed)}",
        allow_retries=False,
        metadata={"failed_documents": dg.MetadataValue.table(table)},
    )


def _causes(failed: list[DocumentFailed]) -> str:
    """Why they failed, the commonest cause first, so that a run's first line already says it."""
    counts = Counter(failure.message for failure in failed)
    return " ".join(f"{message} ({count} ×)" if count > 1 else message for message, count in counts.most_common(3))
