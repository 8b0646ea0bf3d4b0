"""Asks the second field reader after a lane has read a document by the rules, and has a lane judge both together.

It is asked here, in the run's own process, which has the network and the ledger that counts what it costs: lanes open
files of strangers and have neither. What it found is judged in a lane again, as everything made of a document is.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from credmate_pipeline.errors import EngineFailure, SpendLimitReached
from credmate_pipeline.extraction.bedrock.answer import AnswerRefused
from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.extraction.second_reader import Asked, Question, Reply, Scope, questions
from credmate_pipeline.lane_work import complete
from credmate_pipeline.lanes import LaneJob, LaneResult, Lanes
from credmate_pipeline.ocr.reading import Reading
from credmate_pipeline.outcome import Circumstances, Outcome

if TYPE_CHECKING:
    from credmate_pipeline.extraction.bedrock.reader import BedrockReader

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What one document's second reader gave."""

    asked: Asked
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondReaders:
    """Opens a second reader for each document that needs one."""

    scope: Scope
    open_reader: "Callable[[str], BedrockReader]"
    """For one document, by what its calls are counted under."""
    tell_of_stop: Callable[[str], None]
    """Where a spend limit stopped a call for such a document."""
    at_once: int

    def read(self, key: str, reading: Reading, wanted: Sequence[Question]) -> SecondReading:
        """The replies, each asked for by one call; the first call that comes to nothing ends the asking."""
        reader, replies = self.open_reader(key), list[Reply]()
        try:
            for question in wanted:
                known = document_type(question.document_type)
                items = reader.read_fields(question.reading(reading), known, question.names)
                replies.extend(Reply(question, item.fields) for item in items)
        except SpendLimitReached:
            self.tell_of_stop(key)
            return SecondReading(Asked.SPEND_LIMIT)
        except AnswerRefused as error:
            _LOG.warning("Document %s: %s", key, error)
            return SecondReading(Asked.REFUSED)
        except EngineFailure as error:
            _LOG.warning("Document %s: %s", key, error)
            return SecondReading(Asked.NO_ANSWER)
        return SecondReading(Asked.ANSWERED, tuple(replies))


def _wanted(result: LaneResult, scope: Scope) -> tuple[Reading | None, tuple[Question, ...]]:
    """What a second reader is to be asked of a document that the rules have read, and its reading."""
    outcome: Outcome | None = result.value[0] if result.error is None else None
    if outcome is None or outcome.reading is None or outcome.classification is None:
        return None, ()
    if outcome.classification.document_type == UNSUPPORTED:
        return None, ()
    return outcome.reading, questions(outcome.reading, outcome.classification, outcome.extraction, scope)


def twice_read(
    results: Iterable[LaneResult],
    lanes: Lanes,
    readers: SecondReaders | None,
    circumstances: Callable[[str], Circumstances],
    counted_as: Callable[[LaneResult], str] = lambda result: result.key,
) -> Iterator[LaneResult]:
    """Each result of reading, whose value is an outcome and what goes with it; those that a second reader is asked
    about come last, when it has been heard. `counted_as` is what a document's calls are counted under.

    Raises LedgerUnavailable and ConfigurationError where asking meets them.
    """
    if readers is None:
        yield from results
        return
    with ThreadPoolExecutor(readers.at_once, thread_name_prefix="second-reader") as pool:
        waiting: dict[Future[SecondReading], LaneResult] = {}
        try:
            for result in results:
                reading, wanted = _wanted(result, readers.scope)
                if reading is not None and wanted:
                    waiting[pool.submit(readers.read, counted_as(result), reading, wanted)] = result
                else:
                    yield result
            beside = {result.key: result for result in waiting.values()}
            jobs = (_job(waiting[future], future.result(), circumstances) for future in as_completed(waiting))
            for result in lanes.run(jobs):
                yield _together(beside[result.key], result)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _job(read: LaneResult, second: SecondReading, circumstances: Callable[[str], Circumstances]) -> LaneJob:
    arguments: tuple[Any, ...] = (read.value[0], second.asked, second.replies, circumstances(read.key))
    return LaneJob(read.key, complete, arguments)


def _together(read: LaneResult, judged: LaneResult) -> LaneResult:
    """The judged outcome with what came with the first reading."""
    if judged.error is not None:
        return judged
    _, *rest = read.value
    return replace(judged, value=(judged.value, *rest), seconds=read.seconds + judged.seconds)
