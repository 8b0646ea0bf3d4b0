"""`credmate calibrate`: fit the model behind the fields' confidences anew, on freshly drawn samples."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from credmate_pipeline.classification.classification import CLASSIFIER_VERSION
from credmate_pipeline.cli.output import console, print_json
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.extraction.fields import EXTRACTOR_VERSION
from credmate_pipeline.ocr.reading import READER_VERSION
from credmate_pipeline.settings import Settings

_SEEDS = [7101, 7102]
_PACKAGE_MODEL = Path(__file__).parent.parent / "confidence" / "model.json"


def calibrate(
    seeds: Annotated[list[int] | None, typer.Option("--seed", help="A seed of samples; several may be given.")] = None,
    count: Annotated[int, typer.Option(min=24, help="Samples a seed.")] = 250,
    target: Annotated[float, typer.Option(min=0.5, max=1.0, help="Share of settled documents to be right.")] = 0.99,
    output: Annotated[Path, typer.Option(help="Where the model is written.")] = _PACKAGE_MODEL,
    kept: Annotated[Path | None, typer.Option(help="Folder of readings kept; below CREDMATE_HOME by default.")] = None,
) -> None:
    """Fit the confidence of fields on drawn samples and choose the threshold for settling."""
    from credmate_pipeline.confidence.fit import fit_model
    from credmate_pipeline.confidence.model import save_model
    from credmate_pipeline.confidence.practice import Practice, learn

    settings, today = Settings(), datetime.now(UTC).date()
    chosen = tuple(seeds or _SEEDS)
    practice = Practice(chosen, count, today, (kept or settings.home / "calibration").resolve())
    with console.status("Drawing samples …") as shown:
        lessons = list(learn(practice, settings, lambda done, of: shown.update(f"Read {done} of {of} samples …")))
    versions = {"reader": READER_VERSION, "classifier": CLASSIFIER_VERSION, "extractor": EXTRACTOR_VERSION}
    fitted_from = {"seeds": list(chosen), "samples_a_seed": count, "target": target, "versions": versions}
    try:
        model = fit_model(lessons, fitted_on=today.isoformat(), fitted_from=fitted_from, target=target)
    except ValueError as error:
        raise ConfigurationError(f"{error} Draw more with --count or --seed.") from error
    save_model(model, output)
    print_json({"version": model.version, "threshold": model.threshold, "from": model.fitted_from, **model.measures})
