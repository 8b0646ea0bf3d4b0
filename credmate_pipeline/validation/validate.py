"""What the rules say of an extraction. Missing and poorly read fields are the decision's business."""

from dataclasses import replace

from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.validation.finding import Finding, RuleContext, Severity

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def validate(extraction: Extraction, context: RuleContext) -> tuple[Finding, ...]:
    """The findings of the type's rules on every item, errors first; `KeyError` for an unknown type."""
    findings = [
        replace(finding, item=number)
        for number, item in enumerate(extraction.items)
        for rule in document_type(extraction.type_of(item)).rules
        for finding in rule(item, context)
    ]
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: _ORDER[finding.severity]))
