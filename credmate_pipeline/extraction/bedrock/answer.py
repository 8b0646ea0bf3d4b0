"""The form of the model's answer, made from the fields it is asked for, and what does not have it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from credmate_pipeline.errors import TransientError
from credmate_pipeline.extraction.bedrock.asked import AskedField

TOOL = "record_fields"
LONGEST_QUOTE = 400
"""Characters."""
_MOST_LINES = 1_000_000


class AnswerRefused(TransientError):
    """The model's answer is not of the form it was asked for; another time it may be."""


class QuotedField(BaseModel):
    """Words of the document, as printed, and the number of the line they begin on."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    quote: Annotated[str, Field(min_length=1, max_length=LONGEST_QUOTE)]
    line: Annotated[int, Field(ge=1, le=_MOST_LINES)]


@dataclass(frozen=True, slots=True)
class Form:
    """What may be answered, as a schema for the model and as a check of its answer."""

    fields: tuple[AskedField, ...]

    @property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of the tool's input, without references: not every model follows them."""
        return {
            "type": "object",
            "properties": {field.name: _quoted_schema(field.meaning) for field in self.fields},
            "additionalProperties": False,
        }

    def read(self, answer: object) -> Mapping[str, QuotedField]:
        """The quotes by field; a field may be absent or null. Raises `AnswerRefused`, which quotes nothing."""
        try:
            checked = _model(tuple(field.name for field in self.fields)).model_validate(answer)
        except ValidationError as error:
            kinds = ", ".join(sorted({str(fault["type"]) for fault in error.errors(include_input=False)}))
            raise AnswerRefused(f"The model's answer has not the form asked for ({kinds}).") from None
        found = {field.name: getattr(checked, field.name) for field in self.fields}
        return {name: quoted for name, quoted in found.items() if quoted is not None}


def _quoted_schema(meaning: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": meaning,
        "properties": {
            "quote": {"type": "string", "minLength": 1, "maxLength": LONGEST_QUOTE},
            "line": {"type": "integer", "minimum": 1},
        },
        "required": ["quote", "line"],
        "additionalProperties": False,
    }


@cache
def _model(names: tuple[str, ...]) -> type[BaseModel]:
    columns: dict[str, Any] = dict.fromkeys(names, (QuotedField | None, None))
    return create_model("Answer", __config__=ConfigDict(extra="forbid", strict=True), **columns)
