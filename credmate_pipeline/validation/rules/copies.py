"""Certificate and wallet card in one file: two prints of the same facts."""

from collections.abc import Iterator

from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.finding import Finding, RuleContext

COPIES_DIFFER = "+copies-differ"
"""At the end of a field's method: the file prints the field twice, with different values."""


def copies_differ(item: Item, context: RuleContext) -> Iterator[Finding]:
    """Equal copies are one record; different ones need a person."""
    for field in item.fields:
        if field.method.endswith(COPIES_DIFFER):
            title = field.name.replace("_", " ")
            yield finding("copies-differ", f"The copies differ in the {title}.", field.name)
