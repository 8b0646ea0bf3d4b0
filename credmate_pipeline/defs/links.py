"""Links from Markdown to other pages of Dagster's UI."""

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.stages import Stage


def partition_link(document_id: DocumentId, stage: Stage = Stage.VALIDATION) -> str:
    """The document's id, leading to its partition's page of that stage."""
    return f"[{document_id}](/assets/{stage.value}?view=partitions&partition={document_id})"
