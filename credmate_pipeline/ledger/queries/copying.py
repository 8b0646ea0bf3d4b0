"""Copies long listings into temporary tables of the caller's transaction, a bounded number of rows at a time."""

from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from itertools import islice

import psycopg2
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from credmate_pipeline.ledger.queries.transaction import storable

Row = tuple[str, ...]

_ROWS_AT_ONCE = 10_000
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(
    connection: Connection, table: str, columns: Mapping[str, str], rows: Iterable[Row], *, derived: str = ""
) -> int:
    """Makes the temporary `table` with `columns` (each with its type), fills it and returns its number of rows.

    `derived` is a further column that follows from the others.

    Whatever `rows` raises comes through. The table is gone with the transaction.
    """
    defined = ", ".join([*(f"{name} {kind}" for name, kind in columns.items()), *([derived] if derived else [])])
    connection.execute(text(f"CREATE TEMPORARY TABLE {table} ({defined}) ON COMMIT DROP"))
    count, remaining = 0, iter(rows)
    while batch := "".join(_lines(islice(remaining, _ROWS_AT_ONCE))):
        count += batch.count("\n")
        _copy(connection, f"{table} ({', '.join(columns)})", batch)
    connection.execute(text(f"ANALYZE {table}"))
    return count


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield "\t".join([value if _is_plain(value) else storable(value).translate(_ESCAPES) for value in row]) + "\n"


def _is_plain(value: str) -> bool:
    """Whether COPY takes it as it is: told quickly, as nearly every value is."""
    return value.isprintable() and "\\" not in value


def _copy(connection: Connection, target: str, batch: str) -> None:
    cursor = connection.connection.cursor()
    try:
        cursor.copy_expert(f"COPY {target} FROM STDIN", StringIO(batch))
    except psycopg2.OperationalError as error:
        raise OperationalError("COPY", None, error) from error
    finally:
        cursor.close()
