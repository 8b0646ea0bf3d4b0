"""The import contracts hold for every module there is, and for one nobody has thought of yet."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

INTRUDER = """
import boto3
import dagster
import pymupdf
import pytesseract

from credmate_pipeline import definitions
from credmate_pipeline.defs import jobs
"""


@pytest.fixture
def checkout(project: Path, tmp_path: Path) -> Path:
    """A copy of the package's code and of its contracts."""
    shutil.copytree(
        project / "credmate_pipeline",
        tmp_path / "credmate_pipeline",
        ignore=lambda folder, names: [
            name for name in names if not (name.endswith(".py") or Path(folder, name).is_dir())
        ],
    )
    shutil.copy(project / "pyproject.toml", tmp_path)
    return tmp_path


def verdicts(checkout: Path) -> dict[str, str]:
    """KEPT or BROKEN by contract."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    environment = {**os.environ, "PYTHONPATH": str(checkout), "COLUMNS": "200"}
    said = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    found = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", said.stdout, re.MULTILINE))
    assert found, said.stdout + said.stderr
    return found


def test_contributing_names_every_module_that_may_know_boto3(project: Path) -> None:
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    [contract] = [one for one in settings["tool"]["importlinter"]["contracts"] if "boto3" in one["name"]]
    allowed = {one.split(" -> ")[0].removeprefix("credmate_pipeline.") for one in contract["ignore_imports"]}
    told = re.search(r"boto3 only in ([^;]+);", (project / "CONTRIBUTING.md").read_text("utf-8"))
    assert told is not None
    assert set(re.findall(r"`(.+?)`", told[1])) == {f"{name.replace('.', '/')}.py" for name in allowed}


def test_the_code_keeps_every_contract(checkout: Path) -> None:
    assert set(verdicts(checkout).values()) == {"KEPT"}


@pytest.mark.parametrize("place", ["newcomer.py", "validation/newcomer.py"])
def test_a_new_module_that_knows_too_much_breaks_every_contract(checkout: Path, place: str) -> None:
    (checkout / "credmate_pipeline" / place).write_text(INTRUDER)
    assert set(verdicts(checkout).values()) == {"BROKEN"}


def test_every_package_of_dagster_counts_as_dagster(checkout: Path) -> None:
    contract = "Only defs and definitions know Dagster"
    for package in ("dagster_graphql", "dagster_shared", "dagster_webserver"):
        (checkout / "credmate_pipeline/newcomer.py").write_text(f"import {package}\n")
        assert verdicts(checkout)[contract] == "BROKEN", package
