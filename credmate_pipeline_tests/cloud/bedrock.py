"""Plays a model on Bedrock: answers with the quotes a test wants, on the lines where the request shows them."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from credmate_pipeline_tests.cloud.server import Json

USAGE = {"inputTokens": 1200, "outputTokens": 150, "totalTokens": 1350}


def shown_lines(request: Json) -> dict[int, str]:
    """The document's lines as the request shows them."""
    text = request["messages"][0]["content"][0]["text"]
    return {int(number): line for number, line in re.findall(r"^(\d+): (.*)$", text, re.MULTILINE)}


def asked_names(request: Json) -> set[str]:
    return set(request["toolConfig"]["tools"][0]["toolSpec"]["inputSchema"]["json"]["properties"])


def calling(tool_input: object, *, stop: str = "tool_use", usage: Json | None = None) -> Json:
    """An answer that gives the tool this."""
    call = {"toolUse": {"toolUseId": "t1", "name": "record_fields", "input": tool_input}}
    return {
        "output": {"message": {"role": "assistant", "content": [{"text": "I record."}, call]}},
        "stopReason": stop,
        "usage": USAGE if usage is None else usage,
        "metrics": {"latencyMs": 20},
    }


def quoting(quotes: Mapping[str, str]) -> Callable[[Json], Json]:
    """A model that quotes what it is asked for and knows, each from the first line that shows its first word."""

    def answer(request: Json) -> Json:
        return calling(quoted(request, quotes))

    return answer


def quoted(request: Json, quotes: Mapping[str, str]) -> dict[str, Any]:
    lines, names = shown_lines(request), asked_names(request)
    return {name: {"quote": quote, "line": _line_of(lines, quote)} for name, quote in quotes.items() if name in names}


def _line_of(lines: Mapping[int, str], quote: str) -> int:
    whole = (number for number, line in lines.items() if quote in line)
    begun = (number for number, line in lines.items() if quote.split(maxsplit=1)[0] in line)
    return next(whole, next(begun, 1))
