"""The field reader that asks a language model, within a spend limit, and keeps what is printed on the page."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.extraction.bedrock.answer import Form
from credmate_pipeline.extraction.bedrock.asked import METHOD, asked_fields
from credmate_pipeline.extraction.bedrock.grounding import grounded
from credmate_pipeline.extraction.bedrock.model import LanguageModel, ModelNotAsked, Usage, tool_input, usage_of
from credmate_pipeline.extraction.bedrock.request import (
    MOST_OUTPUT_TOKENS,
    Request,
    most_input_tokens,
    request_for,
)
from credmate_pipeline.extraction.document_type import DocumentType
from credmate_pipeline.extraction.fields import Item
from credmate_pipeline.extraction.instructions import without_instructions
from credmate_pipeline.ocr.reading import Reading

_MILLION = Decimal(1_000_000)


class Purse(Protocol):
    """Counts calls before they are made. The ledger's `SpendBook` is the real one."""

    def reserve(self, subject: str, model_id: str, usd: Decimal, *, now: datetime) -> int: ...

    def end(self, call_id: int, usd: Decimal, *, input_tokens: int, output_tokens: int, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens."""

    input_usd: Decimal
    output_usd: Decimal

    def of(self, usage: Usage) -> Decimal:
        """What the tokens cost."""
        return (self.input_usd * usage.input_tokens + self.output_usd * usage.output_tokens) / _MILLION


@dataclass(frozen=True, slots=True)
class BedrockReader:
    """A `FieldReader` for one document: `subject` is what its calls are counted under."""

    model: LanguageModel
    prices: Prices
    purse: Purse
    subject: str
    clock: Callable[[], datetime]
    mark: Callable[[], str]
    """A new secret for every call."""
    name: str = METHOD

    def read_items(self, reading: Reading, known: DocumentType) -> tuple[Item, ...]:
        """One item of all fields that can be asked for, or none.

        Raises `SpendLimitReached`, `AnswerRefused` or EngineFailure where the model gave nothing to be used.
        """
        return self.read_fields(reading, known, {field.name for field in asked_fields(known)})

    def read_fields(self, reading: Reading, known: DocumentType, names: Collection[str]) -> tuple[Item, ...]:
        """As `read_items`, asked for some fields alone."""
        fields = tuple(field for field in asked_fields(known) if field.name in names)
        pages = without_instructions(reading).pages
        if not fields or not any(page.words for page in pages):
            return ()
        form = Form(fields)
        quotes = form.read(self._asked(request_for(pages, known.title, form, self.mark())))
        asked = {field.name: field for field in fields}
        found = (grounded(pages, asked[name], quoted.quote, quoted.line) for name, quoted in quotes.items())
        kept = tuple(field for field in found if field is not None)
        return (Item(kept),) if kept else ()

    def _asked(self, request: Request) -> object:
        """The tool's input. What cannot be told to be free of charge stays counted as reserved."""
        most = self.prices.of(Usage(most_input_tokens(request), MOST_OUTPUT_TOKENS))
        call = self.purse.reserve(self.subject, self.model.model_id, most, now=self.clock())
        try:
            answer = self.model.converse(request)
        except (ModelNotAsked, ConfigurationError):
            self._end(call, Usage(0, 0))
            raise
        usage = usage_of(answer)
        if usage is not None:
            self._end(call, usage)
        return tool_input(answer)

    def _end(self, call: int, usage: Usage) -> None:
        self.purse.end(
            call,
            self.prices.of(usage),
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            now=self.clock(),
        )


def reach_model(model: LanguageModel, prices: Prices, purse: Purse, *, now: datetime) -> None:
    """Asks the model once for next to nothing, within the spend limit.

    Raises ConfigurationError where the credentials or the model's name do not do, EngineFailure where nothing answers.
    """
    request = {
        "messages": [{"role": "user", "content": [{"text": "Say yes."}]}],
        "inferenceConfig": {"maxTokens": 5},
    }
    most = prices.of(Usage(most_input_tokens(request), MOST_OUTPUT_TOKENS))
    call = purse.reserve("check", model.model_id, most, now=now)
    usage = usage_of(model.converse(request)) or Usage(0, 0)
    purse.end(call, prices.of(usage), input_tokens=usage.input_tokens, output_tokens=usage.output_tokens, now=now)
