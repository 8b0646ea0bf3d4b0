"""What the rules say of an extraction. Missing and poorly read fields are the decision's business."""

from dataclasses import replace

from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.validation.finding import Finding, RuleContext, Severity
from credmate_pipeline.validation.rules.readers import READER_RULES
from credmate_pipeline.validation.rules.whole_document import DOCUMENT_RULES

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def validate(extraction: Extraction, context: RuleContext) -> tuple[Finding, ...]:
    """The findings of the types' rules on every item and of the rules on all together, errors first; `KeyError` for an
    unknown type."""
    findings = [
        replace(finding, item=number)
        for number, item in enumerate(extraction.items)
        for rule in document_type(extraction.type_of(item)).rules
        for finding in rule(item, context)
    ]
    findings += [finding for rule in (*DOCUMENT_RULES, *READER_RULES) for finding in rule(extraction)]
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: _ORDER[finding.severity]))
