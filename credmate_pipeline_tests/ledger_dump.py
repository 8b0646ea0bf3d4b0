"""Everything a database holds, as text: for looking for what must not be there."""

from collections.abc import Collection

from sqlalchemy import Engine, text

_TABLES = text(
    "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
    " AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2"
)


def dumped(engine: Engine, *, without: Collection[str] = ()) -> str:
    """Every row of every table of every schema, `without` columns named `table.column` of the ledger."""
    with engine.connect() as connection:
        found = []
        for schema, table in connection.execute(_TABLES).all():
            rows = connection.execute(text(f'SELECT * FROM "{schema}"."{table}"')).mappings()
            left_out = {name.partition(".")[2] for name in without if name.partition(".")[0] == table}
            found += [f"{table}.{name}: {row[name]}" for row in rows for name in row if name not in left_out]
    return "\n".join(found)
