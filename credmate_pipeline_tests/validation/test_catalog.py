"""The table of rules is complete."""

import re
from pathlib import Path

import pytest

from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.validation import rules
from credmate_pipeline.validation.catalog import ALL_TYPES, CATALOG, finding
from credmate_pipeline.validation.finding import Severity

SOURCES = "\n".join(path.read_text("utf-8") for path in sorted(Path(rules.__path__[0]).glob("*.py")))
USED = set(re.findall(r'finding\(\s*"([a-z0-9-]+)"', SOURCES))


def test_every_code_a_rule_uses_is_in_the_table():
    assert set(CATALOG) >= USED


def test_every_code_in_the_table_is_used_by_a_rule():
    assert set(CATALOG) <= USED


def test_every_rule_says_what_it_checks_and_where_that_comes_from():
    for entry in CATALOG.values():
        assert entry.summary
        assert entry.source
        assert entry.types


def test_the_tables_types_exist():
    known = {known.name for known in document_types()} | set(ALL_TYPES)
    assert {name for entry in CATALOG.values() for name in entry.types} <= known


def test_every_rule_of_every_type_has_a_docstring():
    assert all(rule.__doc__ for known in document_types() for rule in known.rules)


def test_a_finding_takes_its_severity_from_the_table():
    assert finding("expired", "It has expired.").severity is Severity.WARNING


def test_an_unknown_code_is_refused():
    with pytest.raises(KeyError):
        finding("no-such-rule", "")
