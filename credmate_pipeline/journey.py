"""A document's way from file to decision, as one plain function: read this first.

The assets, the command line and the tests all call these steps. Nothing here stores anything.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.classification.classify import classify
from credmate_pipeline.confidence.probabilities import with_probabilities
from credmate_pipeline.documents.document import Arrival
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.errors import ReasonCode, UnreadableDocument
from credmate_pipeline.extraction.bedrock.asked import METHOD
from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline.extraction.extract import extract
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.extraction.second_reader import Asked, Reply, combined
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.engine import OcrEngine
from credmate_pipeline.ocr.read import read_again, read_pages
from credmate_pipeline.ocr.reading import Reading
from credmate_pipeline.outcome import Circumstances, Outcome
from credmate_pipeline.second_look import clearest, doubtful_pages
from credmate_pipeline.validation.decide import decide
from credmate_pipeline.validation.finding import RuleContext
from credmate_pipeline.validation.validate import validate


def read_document(
    path: Path, *, engine: OcrEngine, circumstances: Circumstances, more_engines: tuple[OcrEngine, ...] = ()
) -> Outcome:
    """The whole journey of the file at `path`. `more_engines` help where a page must be looked at again.

    A file no reader can help ends as an `unreadable` outcome; errors of the world are raised
    (`TransientError`), because running again may help.
    """
    try:
        arrival = inspect_file(path, circumstances.limits)
    except UnreadableDocument as error:
        return unreadable(error)
    return read_arrived(path, arrival, engine=engine, circumstances=circumstances, more_engines=more_engines)


def read_arrived(
    path: Path,
    arrival: Arrival,
    *,
    engine: OcrEngine,
    circumstances: Circumstances,
    more_engines: tuple[OcrEngine, ...] = (),
    stored_at: str | None = None,
) -> Outcome:
    """The journey of a file already inspected: reading, then understanding, with a second look where it can help.

    `stored_at` is where an engine that reads stored files finds the same bytes.
    """
    started = perf_counter()
    try:
        reading = read_pages(path, arrival, engine=engine, limits=circumstances.limits, stored_at=stored_at)
    except UnreadableDocument as error:
        return unreadable(error, arrival)
    seconds = perf_counter() - started
    outcome = understand(reading, circumstances)
    if pages := doubtful_pages(outcome):
        started = perf_counter()
        looks = read_again(path, arrival, reading, pages, engines=(engine, *more_engines), limits=circumstances.limits)
        outcome = clearest(outcome, looks, lambda seen: understand(seen, circumstances))
        seconds += perf_counter() - started
    return replace(outcome, arrival=arrival, seconds={**outcome.seconds, "ocr": seconds})


def understand(reading: Reading, circumstances: Circumstances) -> Outcome:
    """The journey after reading: classification, extraction, validation, decision."""
    started = perf_counter()
    classification = classify(reading)
    seconds = perf_counter() - started
    outcome = interpret(reading, classification, circumstances)
    return replace(outcome, seconds={"classification": seconds, **outcome.seconds})


def interpret(reading: Reading, classification: Classification, circumstances: Circumstances) -> Outcome:
    """The journey after classification: extraction, validation, decision."""
    started = perf_counter()
    extraction = None
    if classification.document_type != UNSUPPORTED:
        extraction = with_probabilities(extract(reading, classification), reading, classification)
    seconds = perf_counter() - started
    outcome = judge(reading, classification, extraction, circumstances)
    return replace(outcome, seconds={"extraction": seconds, **outcome.seconds})


def judge(
    reading: Reading,
    classification: Classification,
    extraction: Extraction | None,
    circumstances: Circumstances,
) -> Outcome:
    """The journey's end: what the rules say of the fields, and the decision."""
    if extraction is not None and extraction.field_count == 0:
        return _nothing_found(reading, classification)
    started = perf_counter()
    context = RuleContext(circumstances.today, circumstances.known_names, reading.text)
    findings = validate(extraction, context) if extraction is not None else ()
    decision = decide(reading, classification, extraction, findings)
    return Outcome(
        status=decision.status,
        reasons=decision.reasons,
        reading=reading,
        classification=classification,
        extraction=extraction,
        findings=findings,
        seconds={"validation": perf_counter() - started},
    )


def with_second_reading(
    outcome: Outcome, asked: Asked, replies: Sequence[Reply], circumstances: Circumstances
) -> Outcome:
    """The journey's end once more, with what a second field reader found; where it was not heard, that is said."""
    reading, classification, extraction = outcome.reading, outcome.classification, outcome.extraction
    if reading is None or classification is None:
        return outcome
    started = perf_counter()
    if asked is Asked.ANSWERED:
        both = combined(classification.document_type, extraction, replies)
        extraction = with_probabilities(both, reading, classification, of=lambda field: field.method.startswith(METHOD))
    elif extraction is not None:
        extraction = replace(extraction, reader=asked.value)
    else:
        return replace(outcome, reasons=(*outcome.reasons, f"Read by {asked.value}."))
    judged = judge(reading, classification, extraction, circumstances)
    seconds = {**outcome.seconds, "extraction": outcome.seconds.get("extraction", 0.0) + perf_counter() - started}
    return replace(judged, arrival=outcome.arrival, seconds={**seconds, **judged.seconds})


def unreadable(error: UnreadableDocument, arrival: Arrival | None = None) -> Outcome:
    """The outcome of a file no reader can help."""
    return Outcome(DocumentStatus.UNREADABLE, (error.message,), error.reason, arrival=arrival)


def _nothing_found(reading: Reading, classification: Classification) -> Outcome:
    title = classification.document_type.replace("_", " ")
    return Outcome(
        status=DocumentStatus.UNREADABLE,
        reasons=(f"The page looks like a {title}, but not one field could be read; ask for a clearer copy.",),
        reason_code=ReasonCode.NO_READABLE_FIELDS,
        reading=reading,
        classification=classification,
    )
