"""The truth beside documents: `truth.jsonl`, a line a document. Writing it for synthetic ones is in `samples`."""

import json
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from credmate_pipeline.errors import ConfigurationError

TRUTH_FILE = "truth.jsonl"


def _as_several(statuses: object) -> object:
    return [statuses] if isinstance(statuses, str) else statuses or ()


class TruthItem(BaseModel):
    """One of the items of a transcript or packet."""

    model_config = ConfigDict(frozen=True)

    document_type: str | None = None
    """None where it is the document's."""
    fields: dict[str, str | list[str] | None] = {}


class TruthLine(BaseModel):
    """One document's line."""

    model_config = ConfigDict(frozen=True)

    file: str
    document_type: str | None
    """None where nothing can be read."""
    fields: dict[str, str | list[str] | None] = {}
    """None where the page does not print the field; a field left out is not judged."""
    items: tuple[TruthItem, ...] = ()
    """Of a document of several items, each; `fields` is then not judged."""
    kind: str = ""
    expected_status: Annotated[frozenset[str], BeforeValidator(_as_several)] = frozenset()


def read_truth(directory: Path) -> tuple[TruthLine, ...]:
    """The lines of the directory's `truth.jsonl`, whose documents are all there.

    Raises ConfigurationError naming the line that cannot be used.
    """
    path = directory / TRUTH_FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path} cannot be read; it holds a JSON line a document: file, document_type, fields."
        ) from error
    truths = tuple(_line(path, number, line) for number, line in enumerate(lines, start=1) if line.strip())
    missing = [truth.file for truth in truths if not (directory / truth.file).is_file()]
    if missing:
        raise ConfigurationError(f"{path} names {len(missing)} files that are not there, such as {missing[0]}.")
    return truths


def _line(path: Path, number: int, line: str) -> TruthLine:
    try:
        return TruthLine.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise ConfigurationError(f"Line {number} of {path} is not JSON: {error.msg}.") from error
    except ValidationError as error:
        fault = error.errors(include_input=False)[0]
        where = ".".join(map(str, fault["loc"])) or "the line"
        raise ConfigurationError(f"Line {number} of {path} cannot be used: {where}: {fault['msg']}.") from error
