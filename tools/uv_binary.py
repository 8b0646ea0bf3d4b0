"""Where uv comes from: the PATH, `.tools/`, or its pinned wheel from the package index, checked by SHA-256."""

import base64
import hashlib
import html
import io
import os
import platform
import re
import shutil
import ssl
import subprocess
import tomllib
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from trouble import Trouble

PINS = Path(__file__).resolve().parent / "pins.toml"
DEFAULT_INDEX = "https://pypi.org/simple"
TIMEOUT_SECONDS = 120


def find_or_fetch_uv(project: Path) -> str:
    """A uv of at least the pinned release line, fetched into `.tools/` where none is found."""
    pinned = tomllib.loads(PINS.read_text())["uv"]
    own = project / ".tools" / "uv"
    for candidate in (shutil.which("uv"), str(own)):
        if candidate and release_line(version_of(candidate)) >= release_line(pinned["version"]):
            return candidate
    print(f"bootstrap: fetching uv {pinned['version']} into .tools/", flush=True)
    wheel = pinned["wheels"][platform_name()]
    unpack(fetch_wheel(wheel["file"], wheel["sha256"]), own)
    return str(own)


def version_of(uv: str) -> str:
    """What `uv --version` says, or an empty string where it does not run."""
    try:
        answer = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return answer.stdout if answer.returncode == 0 else ""


def release_line(version: str) -> tuple[int, int]:
    """Major and minor of a version; (0, 0) where there is none."""
    found = re.search(r"(\d+)\.(\d+)", version)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def platform_name() -> str:
    """The key of this machine's wheel in `pins.toml`."""
    system, machine = platform.system().lower(), platform.machine().lower()
    if system == "linux":
        machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
        name = f"linux-{machine}-{'glibc' if platform.libc_ver()[0] == 'glibc' else 'musl'}"
    else:
        name = f"{system}-{machine}"
    if name not in tomllib.loads(PINS.read_text())["uv"]["wheels"]:
        raise Trouble(f"no uv is pinned for {name}; install uv yourself: https://docs.astral.sh/uv/")
    return name


def fetch_wheel(file: str, sha256: str) -> bytes:
    """The wheel's bytes, refused where they are not the pinned ones."""
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("UV_INDEX_URL") or os.environ.get("PIP_INDEX_URL")
    page_url = f"{(index or DEFAULT_INDEX).rstrip('/')}/uv/"
    content = download(link_on_page(download(page_url).decode(), page_url, file))
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Trouble(f"{file} from {without_login(page_url)} is not the pinned file; its SHA-256 differs")
    return content


def link_on_page(page: str, page_url: str, file: str) -> str:
    """The address of `file` on an index page (PEP 503), with the login of the index where it is the same host."""
    for href in re.findall(r"""href=["']([^"'#]+)""", page):
        address = urljoin(page_url, html.unescape(href))
        if unquote(urlsplit(address).path).endswith(f"/{file}"):
            return address
    raise Trouble(f"{without_login(page_url)} does not offer {file}; set UV_DEFAULT_INDEX to an index that does")


def download(url: str) -> bytes:
    """What `url` holds. Proxies and SSL_CERT_FILE are taken from the environment."""
    parts = urlsplit(url)
    # The index is the user's own setting, a folder (file:) included.
    request = urllib.request.Request(without_login(url), headers={"Accept": "text/html"})  # noqa: S310
    if parts.username is not None:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        request.add_header("Authorization", f"Basic {base64.b64encode(login).decode()}")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS, context=tls_context()) as answer:  # noqa: S310
            return answer.read()
    except (urllib.error.URLError, OSError) as error:
        raise Trouble(
            f"{without_login(url)} could not be read ({error}); check the network and proxy, or install uv yourself"
        ) from error


def tls_context() -> ssl.SSLContext:
    """Checks the server where the machine has any root certificate to check it by.

    A Debian without `ca-certificates` has none. What is unpacked is then still the pinned file or nothing:
    its SHA-256 is checked either way.
    """
    context = ssl.create_default_context()
    if not has_root_certificates():
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def has_root_certificates() -> bool:
    """Whether the system, or SSL_CERT_FILE or SSL_CERT_DIR, names any certificate authority."""
    folder = Path(ssl.get_default_verify_paths().capath or "/nonexistent")
    if folder.is_dir() and any(folder.iterdir()):
        return True
    return ssl.create_default_context().cert_store_stats()["x509_ca"] > 0


def without_login(url: str) -> str:
    """The address without user name and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def unpack(wheel: bytes, to: Path) -> None:
    """Put the wheel's uv program at `to`, whole or not at all."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        member = next(name for name in archive.namelist() if name.endswith(".data/scripts/uv"))
        program = archive.read(member)
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = to.with_name(f"uv.{os.getpid()}")
    unfinished.write_bytes(program)
    unfinished.chmod(0o755)
    unfinished.replace(to)
