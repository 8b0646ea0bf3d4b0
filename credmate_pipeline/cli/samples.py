"""`credmate samples`: draw synthetic documents with their truth into a folder."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from credmate_pipeline.cli.days import given_day
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.samples.plan import COMPLETE_SET, DEMO_PLAN

# Careers of decades before the day and terms of years after it are printed.
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)


def samples(
    directory: Annotated[Path, typer.Argument(help="Folder to write to; made where missing.")],
    count: Annotated[
        int,
        typer.Option(
            min=1,
            help=f"How many documents; from {COMPLETE_SET} on every type and faulty file is there, "
            f"from {len(DEMO_PLAN)} on every fault on a page too.",
        ),
    ] = len(DEMO_PLAN),
    seed: Annotated[int, typer.Option(help="The same seed and day draw the same documents.")] = 1,
    day: Annotated[
        str | None, typer.Option("--today", help="The day they are drawn for, as 2024-01-31; default today.")
    ] = None,
    mix: Annotated[
        Literal["even", "uploads", "incident"],
        typer.Option(
            help="Types in equal parts; as they arrive: 95 % CME certificates; or an installation that read nothing."
        ),
    ] = "even",
    *,
    force: Annotated[bool, typer.Option("--force", help="Write even where the folder is not empty.")] = False,
    hostile: Annotated[
        bool, typer.Option("--hostile", help="Files made to harm instead, with expected.jsonl.")
    ] = False,
) -> None:
    """Draw synthetic credential documents and the truth about them (`truth.jsonl`)."""
    from credmate_pipeline.samples.catalog import draw_samples
    from credmate_pipeline.samples.hostile.catalog import write_hostile_files
    from credmate_pipeline.samples.write import write_samples

    today = _checked_day(day)
    _check(directory, force=force)
    if hostile:
        typer.echo(f"{write_hostile_files(directory)} hostile files and expected.jsonl are in {directory}")
        return
    if mix == "incident":
        _write_incident(directory, seed, today)
        return
    drawn = draw_samples(count, seed, today=today, mix=mix)
    written = write_samples(drawn, directory)
    typer.echo(f"{written} documents and truth.jsonl are in {directory}")


def _write_incident(directory: Path, seed: int, today: date) -> None:
    from credmate_pipeline.samples.incident import draw_incident, write_incident

    written = write_incident(draw_incident(seed, today=today), directory)
    typer.echo(
        f"{written} documents an earlier installation states are in {directory}: documents.csv, "
        "extraction_results.csv, and their files in uploads/"
    )


def _checked_day(text: str | None) -> date:
    day = given_day("--today", text) or datetime.now(UTC).date()
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise ConfigurationError(f"--today is {day}; samples are drawn for days from {_FIRST_DAY} to {_LAST_DAY}.")
    return day


def _check(directory: Path, *, force: bool) -> None:
    if directory.exists() and not directory.is_dir():
        raise ConfigurationError(f"DIRECTORY is {directory}, which is a file; name a folder.")
    if directory.is_dir() and any(directory.iterdir()) and not force:
        raise ConfigurationError(f"DIRECTORY is {directory}, which is not empty; name another folder or add --force.")
