"""What the code knows, the documents say: settings, types, rules, reasons, statuses, errors."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from credmate_pipeline.adoption.plan import MEANINGS
from credmate_pipeline.cli.main import EXIT_CONFIGURATION, EXIT_ERROR, EXIT_UNREACHABLE
from credmate_pipeline.errors import ConfigurationError, CredmateError, ReasonCode, TransientError
from credmate_pipeline.extraction.registry import document_types
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.reconciliation.differences import Difference
from credmate_pipeline.settings import Settings

Row = list[str]


def rows_by_first_cell(page: Path) -> dict[str, Row]:
    """The rows of all tables of a page, by what their first cell names between backticks."""
    found = {}
    for line in page.read_text("utf-8").splitlines():
        named = re.match(r"\| `([^`]+)` \|", line)
        if named:
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            assert named[1] not in found, f"{page.name} names {named[1]} twice"
            found[named[1]] = cells
    return found


def names_of(name: str, field: FieldInfo) -> list[str]:
    """The environment variables a setting is read from, the usual one first."""
    if isinstance(field.validation_alias, AliasChoices):
        return [str(choice) for choice in field.validation_alias.choices]
    return [f"CREDMATE_{name.upper()}"]


def told_default(field: FieldInfo) -> str:
    """A default as one would write it into the environment."""
    if field.default is None:
        return ""
    if isinstance(field.default, bool):
        return str(field.default).lower()
    return f"{field.default:.15g}" if isinstance(field.default, float) else str(field.default)


SETTINGS = {names_of(name, field)[0]: field for name, field in Settings.model_fields.items()}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_explained_with_its_default_and_an_example(project: Path, name: str) -> None:
    row = rows_by_first_cell(project / "docs/settings.md").get(name)
    assert row is not None, f"docs/settings.md lacks {name}"
    _, default, meaning, example = row
    assert len(meaning) > 20
    assert re.fullmatch(r"`[^`]+`", example)
    told = told_default(SETTINGS[name])
    assert default == (f"`{told}`" if told else default)
    assert told or default == "empty" or default.startswith("`<home>/")


def test_every_name_a_setting_is_read_from_is_told(project: Path) -> None:
    text = (project / "docs/settings.md").read_text("utf-8")
    told = [other for name, field in Settings.model_fields.items() for other in names_of(name, field)]
    assert [name for name in told if f"`{name}`" not in text] == []


def test_no_setting_is_told_of_that_does_not_exist(project: Path) -> None:
    assert set(rows_by_first_cell(project / "docs/settings.md")) == set(SETTINGS)


def test_the_example_file_shows_every_setting_with_its_default(project: Path) -> None:
    shown = dict(re.findall(r"^# ([A-Z0-9_]+)=(.*)$", (project / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert set(shown) == set(SETTINGS)
    # An address and folders that follow from another setting are shown as they would look.
    shapes = {"DATABASE_URL", "CREDMATE_UPLOADS_DIR", "CREDMATE_ARTIFACTS_DIR"}
    defaults = {name: told_default(field) for name, field in SETTINGS.items() if name not in shapes}
    assert {name: shown[name] for name in defaults} == defaults


def test_the_example_file_is_what_the_settings_are_without_any(project: Path, tmp_path: Path) -> None:
    lines = (project / ".env.example").read_text("utf-8").splitlines()
    given = [line[2:] for line in lines if re.match(r"# [A-Z0-9_]+=.+", line) and "DATABASE_URL" not in line]
    (tmp_path / ".env").write_text("\n".join(given))
    read = Settings(_env_file=tmp_path / ".env")
    plain = Settings(_env_file=None)
    folders = {"uploads_dir", "artifacts_dir"}
    assert read.model_dump(exclude=folders) == plain.model_dump(exclude=folders)
    assert (read.uploads_folder, read.artifacts_folder) == (plain.uploads_folder, plain.artifacts_folder)


def test_every_status_and_type_is_in_the_glossary(project: Path) -> None:
    told = set(rows_by_first_cell(project / "docs/glossary.md"))
    assert told == {status.value for status in DocumentStatus} | {known.name for known in document_types()}


def test_every_reason_code_says_who_must_act_and_what_to_do(project: Path) -> None:
    rows = rows_by_first_cell(project / "docs/operations.md")
    assert [code.value for code in ReasonCode if code.value not in rows] == []
    for code in ReasonCode:
        _, status, meaning, who, what = rows[code.value]
        assert status in {"`unreadable`", "`failed`"}
        assert who == ("uploader" if status == "`unreadable`" else "engineer")
        assert len(meaning) > 10
        assert len(what) > 10


def test_every_error_is_told_with_its_exit_code(project: Path) -> None:
    rows = rows_by_first_cell(project / "docs/operations.md")
    told = {error.__name__: rows.get(error.__name__, [""])[-1] for error in all_errors()}
    assert told == {error.__name__: str(exit_code(error)) for error in all_errors()}


def exit_code(error: type[CredmateError]) -> int:
    if issubclass(error, ConfigurationError):
        return EXIT_CONFIGURATION
    return EXIT_UNREACHABLE if issubclass(error, TransientError) else EXIT_ERROR


def all_errors(above: type[CredmateError] = CredmateError) -> Iterator[type[CredmateError]]:
    """Every public class of deliberate errors, wherever it is defined."""
    yield above
    for below in above.__subclasses__():
        if below.__module__.startswith("credmate_pipeline.") and not below.__name__.startswith("_"):
            yield from all_errors(below)


def test_every_kind_of_difference_is_told(project: Path) -> None:
    rows = rows_by_first_cell(project / "docs/operations.md")
    assert [kind.value for kind in Difference if kind.value not in rows] == []


def test_every_remark_of_an_adoption_is_told(project: Path) -> None:
    rows = rows_by_first_cell(project / "docs/operations.md")
    assert {remark: rows.get(remark.value, ["", ""])[1] for remark in MEANINGS} == dict(MEANINGS)


def test_the_reference_of_types_and_rules_is_what_the_code_says(project: Path) -> None:
    command = [sys.executable, str(project / "tools/reference.py"), "--check"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


def test_no_page_names_a_file_that_is_not_there(project: Path) -> None:
    pages = [*project.glob("*.md"), *project.glob("docs/**/*.md")]
    gone = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert gone == []
