"""`credmate upload`: puts files where uploads live; the sensor takes it from there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from credmate_pipeline.cli.output import console, print_json, safe
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import open_uploads
from credmate_pipeline.settings import Settings


def upload(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of files.")],
    owner: Annotated[str, typer.Option(help="Provider or organization the files belong to.")] = "unassigned",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Upload files into the pipeline."""
    if owner in {"", ".", ".."} or "/" in owner:
        raise ConfigurationError(f"--owner is {owner!r}; it names one folder, so it cannot be empty or hold a slash.")
    store = open_uploads(Settings())
    uploads = [store.put(f"documents/{owner}/{path.name}", _content(path)) for path in files_below(paths)]
    if as_json:
        print_json([{"key": one.key, "uri": one.uri, "byte_count": one.byte_count} for one in uploads])
        return
    for one in uploads:
        console.print(f"{safe(one.key)}  {one.byte_count:,} bytes")
    console.print(f"{len(uploads)} uploaded; `credmate status` shows how they fare.")


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


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from error
