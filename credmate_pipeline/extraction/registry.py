"""The known document types: every module of `types/` that has a `DOCUMENT_TYPE`."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from credmate_pipeline.extraction import types
from credmate_pipeline.extraction.document_type import DocumentType


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All types, by name. A module of `types/` without a `DOCUMENT_TYPE` is an error of the program."""
    modules = [import_module(f"{types.__name__}.{module.name}") for module in iter_modules(types.__path__)]
    found: list[DocumentType] = [module.DOCUMENT_TYPE for module in modules]
    return tuple(sorted(found, key=lambda known: known.name))


def document_type(name: str) -> DocumentType:
    """The type of that name; `KeyError` where there is none."""
    return {known.name: known for known in document_types()}[name]
