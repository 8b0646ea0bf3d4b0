"""Replaces the reading stage in every process that finds this on its PYTHONPATH, while a file says so.

`read` answers that documents are completed without having read anything; `walk` tells Dagster of stages that nobody
went through. What the file names is asked at each call, so that the stage can be mended while the system runs.
"""

import importlib
import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

_STAGES = ("document", "ocr", "classification", "extraction", "validation")
TOLD = Path(os.environ["FAULTS_STUB_FILE"])


def is_stubbed(what: str) -> bool:
    return TOLD.exists() and TOLD.read_text() == what


def stub_read(module: ModuleType) -> None:
    real = module.read

    @wraps(real)
    def read(path: Path, arrival: Any, *more: Any) -> Any:
        if not is_stubbed("read"):
            return real(path, arrival, *more)
        states = importlib.import_module("credmate_pipeline.ledger.states")
        return module.Outcome(states.DocumentStatus.COMPLETED, (), arrival=arrival), None

    setattr(module, "read", read)  # noqa: B010  # the type knows nothing of this module


def stub_walk(module: ModuleType) -> None:
    real = module.Batch.walk

    @wraps(real)
    def walk(batch: Any) -> Iterator[Any]:
        if not is_stubbed("walk"):
            yield from real(batch)
            return
        for document_id in batch.request.document_ids:
            for stage in _STAGES:
                yield module.StageEnded(document_id, module.Stage(stage), {})

    module.Batch.walk = walk


STUBS: dict[str, Callable[[ModuleType], None]] = {
    "credmate_pipeline.lane_work": stub_read,
    "credmate_pipeline.batch": stub_walk,
}


class Stubbing(importlib.abc.MetaPathFinder):
    """Finds what everybody finds, and stubs it once it is loaded."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in STUBS:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                load(module)
                STUBS[name](module)

            spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, Stubbing())
