"""Two readers of one document: where they differ, what only the second found, and where it was not heard."""

from collections.abc import Iterator

from credmate_pipeline.extraction.bedrock.asked import METHOD
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.extraction.second_reader import READERS_DIFFER, Asked
from credmate_pipeline.validation.catalog import finding
from credmate_pipeline.validation.finding import Finding

_BY_RULES = "the rules alone read this document."


def readers_differ(extraction: Extraction) -> Iterator[Finding]:
    """Independent readings that agree are worth more than one; where they do not, one is wrong."""
    for position, item in enumerate(extraction.items):
        for field in item.fields:
            if READERS_DIFFER in field.method:
                title = field.name.replace("_", " ")
                yield finding("readers-differ", f"Two readers read the {title} differently.", field.name, position)


def found_by_the_model_alone(extraction: Extraction) -> Iterator[Finding]:
    """What a model alone says is printed there, but may not mean what it was taken for."""
    for position, item in enumerate(extraction.items):
        names = [field.name.replace("_", " ") for field in item.fields if field.method.startswith(f"{METHOD}:")]
        if names:
            message = f"Found by the second reader alone: {', '.join(names)}."
            yield finding("second-reader-alone", message, item=position)


def second_reader_left(extraction: Extraction) -> Iterator[Finding]:
    """A reading by the rules alone, where a second one was wanted, says so."""
    match extraction.reader:
        case Asked.SPEND_LIMIT:
            told = f"The spend limit stopped the second reader; {_BY_RULES}"
            yield finding("second-reader-stopped", told, item=None)
        case Asked.NO_ANSWER:
            yield finding("second-reader-unanswered", f"The second reader did not answer; {_BY_RULES}", item=None)
        case Asked.REFUSED:
            told = f"The second reader's answer was of no use; {_BY_RULES}"
            yield finding("second-reader-refused", told, item=None)


READER_RULES = (readers_differ, found_by_the_model_alone, second_reader_left)
