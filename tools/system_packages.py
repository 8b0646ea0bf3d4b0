"""What the system has to bring along, by apt where that is possible: Tesseract with its English data, a browser."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from trouble import Trouble

OLDEST_TESSERACT = (5, 0)
PACKAGES = ("tesseract-ocr", "tesseract-ocr-eng")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_PACKAGES = ("chromium", "libatomic1")
"""The browser, and what the Node.js of playwright's driver needs on a small Debian."""
PLAYWRIGHT = Path(".venv/bin/playwright")
BROWSER_ADVICE = "install it: apt-get install chromium libatomic1 (Debian), or Google Chrome; only tests need it"
ADVICE = f"install it: apt-get install {' '.join(PACKAGES)} (Debian, Ubuntu) or brew install tesseract (macOS)"


def ensure_tesseract() -> None:
    """Have a Tesseract that reads English, or say in one line what to install."""
    if missing() is None:
        return
    install_by_apt(missing() or "")
    still = missing()
    if still is not None:
        raise Trouble(f"{still}; {ADVICE}")


def missing() -> str | None:
    """What is wrong with Tesseract here, or None."""
    program = shutil.which("tesseract")
    if program is None:
        return "Tesseract is not installed"
    version = re.search(r"(\d+)\.(\d+)", answer_of([program, "--version"]))
    if version is None or (int(version[1]), int(version[2])) < OLDEST_TESSERACT:
        return f"{program} is older than {OLDEST_TESSERACT[0]}.{OLDEST_TESSERACT[1]}"
    if "eng" not in answer_of([program, "--list-langs"]).split():
        return f"{program} has no English data (eng.traineddata)"
    return None


def ensure_browser(project: Path) -> None:
    """Have a Chromium for the tests that use the UI: the system's, else playwright's own, or say what to install."""
    is_there = any(shutil.which(name) for name in BROWSERS) and drives(project)
    if is_there or has_playwrights(project):
        return
    try:
        install_by_apt("no Chromium that tests can drive is installed", BROWSER_PACKAGES)
    except Trouble:
        print("bootstrap: no Chromium can be installed by apt; fetching playwright's own", flush=True)
        subprocess.run([str(project / PLAYWRIGHT), "install", "--only-shell", "chromium"], check=False)
        if not has_playwrights(project):
            raise Trouble(f"no Chromium for the tests in a browser; {BROWSER_ADVICE}") from None


def drives(project: Path) -> bool:
    """Whether playwright's driver starts here; a library it needs may be missing."""
    return subprocess.run([str(project / PLAYWRIGHT), "--version"], capture_output=True, check=False).returncode == 0


def has_playwrights(project: Path) -> bool:
    """Whether a Chromium that playwright has downloaded starts here; its libraries may be missing."""
    code = "from playwright.sync_api import sync_playwright as p\nwith p() as s: s.chromium.launch().close()"
    python = project / ".venv" / "bin" / "python"
    return subprocess.run([str(python), "-c", code], capture_output=True, check=False).returncode == 0


def answer_of(command: list[str]) -> str:
    """What a command prints, on either stream."""
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    return finished.stdout + finished.stderr


def install_by_apt(reason: str, packages: tuple[str, ...] = PACKAGES) -> None:
    """Install the packages as root or through a sudo that asks nothing."""
    prefix = administrator()
    if shutil.which("apt-get") is None or prefix is None:
        raise Trouble(f"{reason}, and this user may not install packages; {ADVICE}")
    print(f"bootstrap: {reason}; installing {' '.join(packages)} by apt", flush=True)
    quiet = ["-q", "-o", "Dpkg::Use-Pty=0"]
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *quiet]
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        finished = subprocess.run([*apt, *step], capture_output=True, text=True, check=False)
        if finished.returncode != 0:
            last = (finished.stderr.strip().splitlines() or ["no message"])[-1]
            raise Trouble(f"apt-get {step[0]} failed ({last}); {ADVICE}")


def administrator() -> list[str] | None:
    """The words that make a command run as root without a question, or None."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0:
        return sudo
    return None
