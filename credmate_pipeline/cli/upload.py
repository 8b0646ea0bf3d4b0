"""`credmate upload`: puts files where uploads live; the sensor takes it from there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from credmate_pipeline.cli.output import console, plain, print_json, safe
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import open_uploads
from credmate_pipeline.settings import Settings
from credmate_pipeline.uploads.keys import is_unfinished
from credmate_pipeline.uploads.store import Upload


def upload(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of files.")],
    owner: Annotated[str, typer.Option(help="Provider or organization the files belong to.")] = "unassigned",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Upload files into the pipeline; hidden and unfinished files of a folder (.…, ~…, ….part, ….tmp) are left out."""
    _check_owner(owner)
    chosen, left_out = sorted_out(paths)
    for path in chosen:
        _check_readable(path)
    store = open_uploads(Settings())
    for path in left_out:
        typer.echo(plain(f"{path} is left out: it is hidden or unfinished."), err=True)
    uploads: list[Upload] = []
    try:
        for path in chosen:
            uploads.append(store.put(f"documents/{owner}/{_name_of(path)}", _content(path)))
            if not as_json:
                _tell(path, uploads[-1])
    finally:
        if as_json:
            print_json([{"key": one.key, "uri": one.uri, "byte_count": one.byte_count} for one in uploads])
    if not as_json:
        console.print(f"{len(uploads)} uploaded; `credmate status` shows how they fare.")


def _check_owner(owner: str) -> None:
    if not owner or owner.startswith(".") or "/" in owner:
        raise ConfigurationError(
            f"--owner is {owner!r}; it names one folder, so it cannot be empty, begin with a dot or hold a slash."
        )


def _name_of(path: Path) -> str:
    """The file's name; bytes in it that are no text in UTF-8, which no bucket takes, as the replacement sign."""
    return os.fsencode(path.name).decode(errors="replace")


def _tell(path: Path, stored: Upload) -> None:
    console.print(f"{safe(stored.key)}  {stored.byte_count:,} bytes, from {safe(str(path))}", soft_wrap=True)


def sorted_out(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """The files to upload, and what is left out of the folders named: hidden folders, hidden and unfinished files.

    Raises ConfigurationError for what is not there, and for a file named that no listing would find.
    """
    chosen: list[Path] = []
    left_out: dict[Path, None] = {}
    for named in paths:
        for path in files_below([named]):
            hidden = _left_out_with(path, named)
            if hidden is None:
                chosen.append(path)
            elif hidden == named:
                raise ConfigurationError(
                    f"{path} has a name of a hidden or unfinished file (.…, ~…, ….part or ….tmp), which is never read; "
                    "rename it."
                )
            else:
                left_out[hidden] = None
    return chosen, list(left_out)


def _left_out_with(path: Path, named: Path) -> Path | None:
    """The file itself, or the folder between `named` and it, that keeps it from being uploaded."""
    between = [folder for folder in path.parents if folder != named and folder.is_relative_to(named)]
    hidden = next((folder for folder in reversed(between) if folder.name.startswith(".")), None)
    return hidden or (path if is_unfinished(path.name) else None)


def files_below(paths: list[Path]) -> Iterator[Path]:
    """The files named, and those of the folders named, in order, without links, which may lead anywhere.

    Raises ConfigurationError for what is not there.
    """
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file() and not file.is_symlink())
        elif path.is_file():
            yield path
        else:
            raise ConfigurationError(f"{path} is not there; name files or folders.")


def _check_readable(path: Path) -> None:
    with _reading(path), path.open("rb") as file:
        file.read(1)


def _content(path: Path) -> bytes:
    with _reading(path):
        return path.read_bytes()


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from error
