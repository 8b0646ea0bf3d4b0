"""`make check`: every check of the code, each from the locked environment; all run, and any failure counts."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from trouble import Trouble
from uv_binary import find_or_fetch_uv

PROJECT = Path(__file__).resolve().parent.parent
BIN = PROJECT / ".venv" / "bin"


def commands() -> dict[str, list[str]]:
    """The checks by name, quickest first."""
    return {
        "format": [str(BIN / "ruff"), "format", "--check", "."],
        "lint": [str(BIN / "ruff"), "check", "."],
        "lock": [find_or_fetch_uv(PROJECT), "lock", "--check", "--quiet", "--python", str(BIN / "python")],
        "imports": [str(BIN / "lint-imports"), "--no-cache"],
        "types": [str(BIN / "pyright"), "--warnings"],
    }


def passes(name: str, command: list[str]) -> bool:
    """Run one check; its output is shown only where it fails."""
    started = perf_counter()
    finished = subprocess.run(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    passed = finished.returncode == 0
    print(f"{name:8} {'ok' if passed else 'FAILED'} ({perf_counter() - started:.1f} s)", flush=True)
    if not passed:
        print(finished.stdout, flush=True)
    return passed


def main() -> int:
    try:
        outcomes = [passes(name, command) for name, command in commands().items()]
    except Trouble as trouble:
        print(f"check: {trouble}", file=sys.stderr)
        return 1
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
