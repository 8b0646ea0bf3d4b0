"""Settle a document or send it to a person, with the reasons."""

from dataclasses import dataclass

from credmate_pipeline.ledger.states import DocumentStatus


@dataclass(frozen=True, slots=True)
class Decision:
    """The state a read document ends in and why, most important reason first, in plain words."""

    status: DocumentStatus
    reasons: tuple[str, ...] = ()
