"""Makes a fresh checkout ready to run, with nothing but the standard library: `python3 tools/bootstrap.py`.

Everything Python goes into the project's own `.venv`, from `uv.lock`. uv is taken from the PATH or fetched into
`.tools/`. Tesseract and its English data, and for tests a Chromium, are installed by apt where that is possible.
Where all is there already, a stamp says so in a few milliseconds.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # this file is run by whatever `python3` is
    sys.exit("This project needs Python 3.11 or newer; set PYTHON to one, for example: make demo PYTHON=python3.11")

import argparse
import hashlib
import os
import platform
import subprocess
from pathlib import Path

from system_packages import ensure_browser, ensure_tesseract
from trouble import Trouble
from uv_binary import find_or_fetch_uv, has_root_certificates

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
STAMP = ENVIRONMENT / ".synced"


def main() -> int:
    arguments = parse(sys.argv[1:])
    try:
        if not arguments.without_tesseract:
            ensure_tesseract()
        ensure_environment()
        if arguments.with_browser:
            ensure_browser(PROJECT)
    except Trouble as trouble:
        print(f"bootstrap: {trouble}", file=sys.stderr)
        return 1
    return 0


def parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make this checkout ready to run.")
    parser.add_argument("--without-tesseract", action="store_true", help="only the Python environment")
    parser.add_argument("--with-browser", action="store_true", help="a Chromium, too, for the tests in a browser")
    return parser.parse_args(argv)


def ensure_environment() -> None:
    """Bring `.venv` to what `uv.lock` says, unless it is there already."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    uv = find_or_fetch_uv(PROJECT)
    print("bootstrap: installing the locked Python dependencies into .venv", flush=True)
    finished = subprocess.run(
        [uv, "sync", "--locked", "--compile-bytecode", "--python", sys.executable],
        cwd=PROJECT,
        env=sync_environment(),
        check=False,
    )
    if finished.returncode != 0:
        raise Trouble("the locked dependencies could not be installed; uv's message above says why")
    STAMP.write_text(wanted)


def fingerprint() -> str:
    """What the environment depends on: the lock, the project file, and the Python that runs it."""
    digest = hashlib.sha256()
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((PROJECT / name).read_bytes())
    digest.update(f"{sys.version_info[:3]} {platform.machine()} {PROJECT}".encode())
    return digest.hexdigest()


def sync_environment() -> dict[str, str]:
    """This process's environment, pointed at the project's own `.venv` whatever environment is active."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "CONDA_PREFIX"}}
    if has_root_certificates():
        # uv brings its own roots and would not know those of a company's proxy.
        inherited.setdefault("UV_SYSTEM_CERTS", "true")
    return inherited | {"UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT), "UV_PYTHON_DOWNLOADS": "never"}


if __name__ == "__main__":
    sys.exit(main())
