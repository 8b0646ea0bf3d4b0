"""Database roles: the owner migrates and purges, the writer runs the pipeline, the reader looks at masked views.

What the writer may do follows from what the schema refuses to everybody: tables that only grow can only be added to.
The reader sees the schema `analysis` alone, whose views leave out or mask what is marked sensitive in `tables`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from psycopg2.extensions import encrypt_password
from pydantic import SecretStr
from sqlalchemy import Connection, Engine, Table, text

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.ledger.connection import translated_errors
from credmate_pipeline.ledger.tables import metadata

ANALYSIS = "analysis"
OPEN_FIELDS = (
    *("acpe_uan", "address_state", "board", "business_activity", "completion_date", "course", "coverage_basis"),
    *("credit_type", "credits_awarded", "credits_designated", "effective_date", "expiration_date", "issue_date"),
    *("issuer", "license_status", "license_type", "limit_aggregate", "limit_per_claim", "other_credits", "renew_by"),
    *("retroactive_date", "schedules", "specialty", "start_date", "state"),
)
"""Fields whose values name nobody; the reader sees all others masked."""

_VERB_BITS = {"INSERT": 4, "DELETE": 8, "UPDATE": 16}
_VERSION_TABLE = "credmate_version"
_FIELD_VALUES = """
SELECT extraction_id, item_position, field_name, confidence, page,
    CASE WHEN field_name IN ({fields}) THEN value #>> '{{}}' ELSE '***' END AS value
FROM {source}.extracted_fields
"""
_REFUSED = text("""
SELECT class.relname, bit_or(hook.tgtype)
FROM pg_trigger AS hook
JOIN pg_class AS class ON class.oid = hook.tgrelid
JOIN pg_proc AS rule ON rule.oid = hook.tgfoid
WHERE rule.proname IN ('append_only', 'stays_until_purged', 'trail_stays', 'trail_is_the_ledgers')
    AND hook.tgtype & 1 = 1 AND class.relnamespace = to_regnamespace(:schema)
GROUP BY class.relname
""")


@dataclass(frozen=True, slots=True)
class Roles:
    """The names of the three roles of an installation."""

    owner: str
    writer: str
    reader: str


def roles_named(prefix: str) -> Roles:
    """The roles of the installation of that name."""
    return Roles(f"{prefix}_owner", f"{prefix}_writer", f"{prefix}_reader")


def create_roles(engine: Engine, roles: Roles, passwords: Mapping[str, SecretStr], *, dagster_schema: str) -> None:
    """Makes the roles that are missing, sets the passwords given, hands the ledger to the owner and Dagster's schema
    to the writer, and grants what each may. Can be repeated.

    Raises `ConfigurationError` for a missing role without a password, or where this connection may not do so.
    """
    with translated_errors(engine), engine.begin() as connection:
        for role in (roles.owner, roles.writer, roles.reader):
            _create(connection, role, passwords.get(role))
        _own_ledger(connection, roles)
        _own_dagster(connection, roles.writer, dagster_schema)
        grant(connection, roles)


def are_created(connection: Connection, roles: Roles) -> bool:
    """Whether the installation has separate roles and this connection may grant to them."""
    there = text("SELECT count(*) FROM pg_roles WHERE rolname = ANY(:names)")
    names = [roles.owner, roles.writer, roles.reader]
    if connection.execute(there, {"names": names}).scalar_one() != len(names):
        return False
    return bool(connection.execute(text("SELECT pg_has_role(:owner, 'USAGE')"), {"owner": roles.owner}).scalar_one())


def grant(connection: Connection, roles: Roles) -> None:
    """Grants the writer and the reader what they may, on all tables there are by now."""
    schema, database = _one(connection, "SELECT current_schema()"), _one(connection, "SELECT current_database()")
    quote = connection.dialect.identifier_preparer.quote_identifier
    writer, reader = quote(roles.writer), quote(roles.reader)
    run = [
        f"REVOKE ALL ON SCHEMA {quote(schema)} FROM PUBLIC",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {quote(database)} TO {writer}",
        f"GRANT CONNECT ON DATABASE {quote(database)} TO {reader}",
        f"GRANT USAGE ON SCHEMA {quote(schema)} TO {writer}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {quote(schema)} FROM {writer}, {reader}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {quote(schema)} TO {writer}",
    ]
    for table, verbs in _writable(connection, schema).items():
        run.append(f"GRANT {', '.join(verbs)} ON {quote(table)} TO {writer}")
    for statement in (*run, *_views(schema, quote(roles.owner), reader, quote)):
        connection.exec_driver_sql(statement)


def _create(connection: Connection, role: str, password: SecretStr | None) -> None:
    is_there = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).scalar()
    if password is None:
        if not is_there:
            raise ConfigurationError(
                f"The role {role} is to be made, but has no password; "
                "set CREDMATE_OWNER_PASSWORD and so on, or CREDMATE_ROLE_PASSWORDS_DIR."
            )
        return
    quoted = connection.dialect.identifier_preparer.quote_identifier(role)
    # The server gets a verifier, never the password: statements may be logged.
    raw = connection.connection.driver_connection
    verifier = encrypt_password(password.get_secret_value(), role, scope=raw, algorithm="scram-sha-256")
    verb = "ALTER" if is_there else "CREATE"
    options = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
    connection.exec_driver_sql(f"{verb} ROLE {quoted} {options} PASSWORD '{verifier}'")


def _own_ledger(connection: Connection, roles: Roles) -> None:
    """Hands schema, tables and functions to the owner; the connected user stays able to act as it."""
    quote = connection.dialect.identifier_preparer.quote_identifier
    schema, owner = _one(connection, "SELECT current_schema()"), quote(roles.owner)
    database = quote(_one(connection, "SELECT current_database()"))
    if _one(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "False":
        for role in (roles.owner, roles.writer):
            connection.exec_driver_sql(f"GRANT {quote(role)} TO CURRENT_USER")
    connection.exec_driver_sql(f"GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO {owner}")
    connection.exec_driver_sql(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
    connection.exec_driver_sql(f"ALTER SCHEMA {quote(schema)} OWNER TO {owner}")
    for table in _tables(connection, schema):
        connection.exec_driver_sql(f"ALTER TABLE {quote(schema)}.{quote(table)} OWNER TO {owner}")
    functions = text(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = to_regnamespace(:schema)"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
    )
    for function in connection.execute(functions, {"schema": schema}).scalars().all():
        connection.exec_driver_sql(f"ALTER FUNCTION {function} OWNER TO {owner}")


def _own_dagster(connection: Connection, writer: str, schema: str) -> None:
    """Dagster makes and migrates its own tables, as the writer."""
    quote = connection.dialect.identifier_preparer.quote_identifier
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {quote(schema)}")
    connection.exec_driver_sql(f"ALTER SCHEMA {quote(schema)} OWNER TO {quote(writer)}")
    for table in _tables(connection, schema):
        connection.exec_driver_sql(f"ALTER TABLE {quote(schema)}.{quote(table)} OWNER TO {quote(writer)}")


def _tables(connection: Connection, schema: str) -> list[str]:
    found = text("SELECT tablename FROM pg_tables WHERE schemaname = :schema ORDER BY tablename")
    return list(connection.execute(found, {"schema": schema}).scalars())


def _writable(connection: Connection, schema: str) -> dict[str, list[str]]:
    """What of inserting, changing and deleting no rule of the schema refuses, by table."""
    rows = connection.execute(_REFUSED, {"schema": schema}).tuples()
    bits: dict[str, int] = dict(rows.all())
    tables = [table for table in _tables(connection, schema) if table != _VERSION_TABLE]
    allowed = {table: [verb for verb, bit in _VERB_BITS.items() if not bits.get(table, 0) & bit] for table in tables}
    return {table: verbs for table, verbs in allowed.items() if verbs}


def _views(schema: str, owner: str, reader: str, quote: Callable[[str], str]) -> list[str]:
    """The schema of views, made anew: each table without its sensitive columns, and the fields masked."""
    source, target = quote(schema), quote(ANALYSIS)
    views = {f"{target}.{quote(table.name)}": _open_columns(table, source, quote) for table in metadata.sorted_tables}
    fields = ", ".join(f"'{name}'" for name in OPEN_FIELDS)
    views[f"{target}.field_values"] = _FIELD_VALUES.format(fields=fields, source=source)
    run = [f"CREATE SCHEMA IF NOT EXISTS {target}", f"ALTER SCHEMA {target} OWNER TO {owner}"]
    for view, query in views.items():
        run += [f"DROP VIEW IF EXISTS {view}", f"CREATE VIEW {view} AS {query}", f"ALTER VIEW {view} OWNER TO {owner}"]
    return [
        *run,
        f"GRANT USAGE ON SCHEMA {target} TO {reader}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {target} TO {reader}",
    ]


def _open_columns(table: Table, source: str, quote: Callable[[str], str]) -> str:
    named = ", ".join(quote(column.name) for column in table.columns if not column.info.get("is_sensitive"))
    return f"SELECT {named} FROM {source}.{quote(table.name)}"  # noqa: S608 - quoted names of our own tables


def _one(connection: Connection, question: str) -> str:
    return str(connection.execute(text(question)).scalar_one())
