"""Plain Dagster commands in a fresh checkout: they load everything, and leave no server behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from credmate_pipeline.ledger.embedded import is_embedded_running

BIN = Path(sys.executable).parent
COMMANDS = {
    "dagster definitions validate": "All code locations passed validation",
    "dg check defs": "All definitions loaded successfully",
}


@pytest.fixture
def fresh_shell(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who has set nothing; what is made goes into a folder of the test's own."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "HOME": str(tmp_path),
        "CREDMATE_HOME": str(tmp_path / "var"),
        "VIRTUAL_ENV": str(BIN.parent),
        "COLUMNS": "200",
    }


@pytest.mark.timeout(180)
def test_plain_dagster_loads_a_fresh_checkout_and_leaves_no_server_behind(
    project: Path, tmp_path: Path, fresh_shell: dict[str, str]
) -> None:
    started = {
        words: subprocess.Popen(
            [str(BIN / words.split()[0]), *words.split()[1:]],
            cwd=project,
            env=fresh_shell,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for words in COMMANDS
    }
    said = {words: process.communicate()[0] for words, process in started.items()}
    assert {words: process.returncode for words, process in started.items()} == dict.fromkeys(COMMANDS, 0), said
    assert {words: told in said[words] for words, told in COMMANDS.items()} == dict.fromkeys(COMMANDS, True), said
    assert not is_embedded_running(tmp_path / "var")
