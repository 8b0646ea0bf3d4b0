"""Tables of an earlier installation as CSV files with a header line."""

import csv
from pathlib import Path

from credmate_pipeline.adoption.installation import SourceTable
from credmate_pipeline.errors import ConfigurationError

# A cell may hold all that was read of a long document.
csv.field_size_limit(50_000_000)


def read_csv(path: Path) -> SourceTable:
    """The file's rows; empty cells are None. Raises ConfigurationError for what is no such file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, restkey="", restval="")
            columns = tuple(lines.fieldnames or ())
            rows = tuple({name: value or None for name, value in line.items()} for line in lines)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        told = error.strerror if isinstance(error, OSError) else "it is no CSV in UTF-8"
        raise ConfigurationError(f"{path} cannot be read: {told}.") from error
    if not columns:
        raise ConfigurationError(f"{path} has no header line that names its columns.")
    if any("" in row for row in rows):
        raise ConfigurationError(f"{path} has a line with more cells than the header names columns.")
    return SourceTable(path.name, columns, rows)
