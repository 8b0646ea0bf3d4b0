"""The gateway to the model: one call, its answer and what it cost. It is paid for once: only throttling is tried again.

A call that is not answered in time may have been paid for, so it is not made twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import SystemRandom
from time import sleep
from typing import Any, Protocol

from credmate_pipeline.aws import THROTTLED, AwsClient, AwsError, open_client, translated_calls
from credmate_pipeline.errors import ConfigurationError, EngineFailure
from credmate_pipeline.extraction.bedrock.answer import TOOL, AnswerRefused
from credmate_pipeline.extraction.bedrock.request import Request

_READ_SECONDS = 60.0
_ATTEMPTS = 5
_FIRST_WAIT_SECONDS = 1.0
_CHANCE = SystemRandom()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens a call was charged for."""

    input_tokens: int
    output_tokens: int


class ModelNotAsked(EngineFailure):
    """The service turned the call away, so that nothing was charged."""


class LanguageModel(Protocol):
    """A model that answers by calling the tool it is given."""

    @property
    def model_id(self) -> str: ...

    def converse(self, request: Request) -> Mapping[str, Any]:
        """The answer as the service gives it.

        Raises `ModelNotAsked` where nothing was charged, EngineFailure where that is not known.
        """
        ...


@dataclass(frozen=True, slots=True, eq=False)
class BedrockModel:
    """A model on Amazon Bedrock; opened by `open_model`."""

    client: AwsClient
    model_id: str
    pause: Callable[[float], None] = sleep

    def converse(self, request: Request) -> Mapping[str, Any]:
        for attempt in range(_ATTEMPTS):
            try:
                with translated_calls("Bedrock"):
                    return self.client.converse(modelId=self.model_id, **request)
            except AwsError as error:
                if error.code not in THROTTLED:
                    raise self._broken(error) from None
            if attempt + 1 < _ATTEMPTS:
                # By chance, so that lanes that were refused together do not come again together.
                self.pause(_CHANCE.uniform(0.5, 1.0) * _FIRST_WAIT_SECONDS * 2**attempt)
        raise ModelNotAsked("Bedrock asks to come again later; the account's quota for the model may be too small.")

    def _broken(self, error: AwsError) -> Exception:
        if error.code == "ResourceNotFoundException":
            return ConfigurationError(
                f"CREDMATE_BEDROCK_MODEL_ID={self.model_id} names no model that this account may ask in the region."
            )
        if error.code == "ValidationException":
            return ModelNotAsked(
                "Bedrock takes no such request: the document is too long for the model, or the model takes no tools "
                "(CREDMATE_BEDROCK_MODEL_ID)."
            )
        return EngineFailure(f"Bedrock answered {error.code or 'with an error'}.")


def open_model(model_id: str, *, region: str, endpoint_url: str | None) -> BedrockModel:
    """The model; connects on first use. Raises ConfigurationError for an address that is none."""
    client = open_client(
        "bedrock-runtime",
        region=region,
        endpoint_url=endpoint_url,
        setting="CREDMATE_BEDROCK_ENDPOINT_URL",
        read_seconds=_READ_SECONDS,
        attempts=1,
    )
    return BedrockModel(client, model_id)


def usage_of(answer: Mapping[str, Any]) -> Usage | None:
    """What the answer says it was charged for; None where it does not say."""
    used = answer.get("usage")
    if not isinstance(used, Mapping):
        return None
    counts = [used.get(name) for name in ("inputTokens", "outputTokens")]
    cached = [used.get(name) or 0 for name in ("cacheReadInputTokens", "cacheWriteInputTokens")]
    if not all(isinstance(count, int) and count >= 0 for count in (*counts, *cached)):
        return None
    return Usage(int(counts[0] or 0) + sum(map(int, cached)), int(counts[1] or 0))


def tool_input(answer: Mapping[str, Any]) -> object:
    """What the model gave the tool. Raises `AnswerRefused` where it did not call it once, or was cut off."""
    try:
        if answer["stopReason"] != "tool_use":
            raise AnswerRefused(f"The model ended with {answer['stopReason']} instead of the tool's call.")
        blocks = answer["output"]["message"]["content"]
        [call] = [block["toolUse"] for block in blocks if "toolUse" in block]
        if call["name"] != TOOL:
            raise AnswerRefused("The model called another tool than the one it was given.")
        return call["input"]
    except (KeyError, TypeError, ValueError) as error:
        raise AnswerRefused("The model's answer does not hold one call of the tool.") from error
