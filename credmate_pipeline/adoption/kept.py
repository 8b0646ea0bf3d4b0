"""What a kept decision of a person means for the reading that is made later: it is never overwritten."""

from dataclasses import replace

from credmate_pipeline.adoption.stated import HumanDecision, KeptDecision
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Outcome


def against_kept(outcome: Outcome, kept: KeptDecision) -> Outcome:
    """The outcome beside a person's earlier decision.

    A reading that would settle by itself does so only where it agrees with an approval; otherwise the person's
    decision and the reading go to a person together. Where nothing could be read the reasons say what was decided.
    """
    type_read = outcome.classification.document_type if outcome.classification else None
    differing = kept.differences(outcome.extraction, type_read)
    is_settled = outcome.status is DocumentStatus.COMPLETED
    if is_settled and kept.decision is HumanDecision.APPROVED and not differing:
        return outcome
    told = sentence(kept, differing)
    if outcome.status is DocumentStatus.UNREADABLE:
        return replace(outcome, reasons=(*outcome.reasons, told))
    status = DocumentStatus.REVIEW_PENDING if is_settled else outcome.status
    return replace(outcome, status=status, reasons=(told, *outcome.reasons))


def sentence(kept: KeptDecision, differing: tuple[str, ...] = ()) -> str:
    """What a person decided before, and on what; never a value."""
    how = "without a reading" if kept.is_without_a_reading else "on an earlier reading"
    said = f"A person {kept.decision.value} this document {how} before it was adopted"
    if kept.decision is HumanDecision.REJECTED:
        return f"{said}; decide on the reading there is now."
    if differing:
        return f"{said}; the reading differs in {', '.join(differing)}."
    return f"{said}."
