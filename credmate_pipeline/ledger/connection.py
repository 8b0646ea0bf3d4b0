"""How the ledger's database is named and reached, and how its errors become the pipeline's own.

The embedded server is in `embedded`; tables and queries know nothing of URLs.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2.errors
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from credmate_pipeline.errors import ConfigurationError, LedgerRefusal, LedgerUnavailable

DRIVER = "postgresql+psycopg2"
_SCHEMES = frozenset({"postgres", "postgresql", DRIVER})
_CONNECT_SECONDS = 10
_SECRET_PARTS = (
    (r"^([a-z][a-z0-9+.-]*://)?.*@", r"\1***@"),
    # Without an @, what stands for the port may be a password.
    (r"^((?:[^@]*?//)?[^@:/]*:)(?!//|\d+(?:[/?]|$)|[a-z]+://)[^@/?]*", r"\1***"),
    (r"(password\s*=\s*)('[^']*'|[^\s&]*)", r"\1***"),
)
"""Parts of a mistyped URL or connection string that may hold a password, and what is shown of them."""
CREATION_LOCK = 7_260_001
"""Advisory lock of whoever creates databases and schemas."""


def normalize_url(address: str) -> str:
    """`postgres://` or `postgresql://` as the URL that names the driver.

    Raises ConfigurationError for anything that is not a PostgreSQL URL.
    """
    try:
        url = make_url(address.strip())
    except (ArgumentError, ValueError):
        raise ConfigurationError(
            f"DATABASE_URL is {masked_url(address)!r}, which is no URL; "
            "it should read like postgresql://user:password@host:5432/database."
        ) from None
    if url.drivername not in _SCHEMES:
        raise ConfigurationError(
            f"DATABASE_URL is {masked_url(url)}; only PostgreSQL works: postgresql://user:password@host:5432/database."
        )
    return _text(url.set(drivername=DRIVER))


def masked_url(url: str | URL) -> str:
    """The URL with its password hidden, for messages; of what is no URL, all that may hold one is hidden."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return _without_secrets(str(url))
    secrets = {name: "***" for name in parsed.query if name in {"password", "sslpassword"}}
    return parsed.update_query_dict(secrets).render_as_string(hide_password=True)


def _without_secrets(text: str) -> str:
    for pattern, shown in _SECRET_PARTS:
        text = re.sub(pattern, shown, text, flags=re.IGNORECASE | re.DOTALL)
    return text


def with_database(url: str, name: str) -> str:
    """The same server, another database."""
    return _text(make_url(url).set(database=name))


def ledger_engine(url: str) -> Engine:
    """An engine for the ledger; connects when first used.

    Raises ConfigurationError for anything that is not a PostgreSQL URL.
    """
    return create_engine(
        normalize_url(url),
        pool_pre_ping=True,
        pool_size=4,
        # Parameters hold page text and numbers, which belong in no message.
        hide_parameters=True,
        connect_args={"connect_timeout": _CONNECT_SECONDS, "application_name": "credmate"},
    )


def ensure_database(url: str, name: str) -> str:
    """The URL of database `name` on the same server, created if it is not there."""
    engine = create_engine(normalize_url(url), isolation_level="AUTOCOMMIT", hide_parameters=True)
    quoted = engine.dialect.identifier_preparer.quote_identifier(name)
    try:
        with translated_errors(engine), engine.connect() as connection:
            # Two at once would both find nothing, or fight over the template database.
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": CREATION_LOCK})
            found = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}).scalar()
            if found is None:
                connection.execute(text(f"CREATE DATABASE {quoted}"))
    finally:
        engine.dispose()
    return with_database(normalize_url(url), name)


@contextmanager
def translated_errors(engine: Engine) -> Iterator[None]:
    """Database errors as LedgerUnavailable, LedgerRefusal or ConfigurationError.

    The original is cut off: its detail quotes whole rows.
    """
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise LedgerUnavailable(_unreachable(engine, error)) from None
    except IntegrityError as error:
        raise LedgerRefusal(f"The ledger refuses: {_first_line(error)}.") from None
    except ProgrammingError as error:
        message = _configuration_message(engine, error)
        if message is None:
            raise
        raise ConfigurationError(message) from None


def _configuration_message(engine: Engine, error: ProgrammingError) -> str | None:
    where = f"{masked_url(engine.url)} (DATABASE_URL)"
    if isinstance(error.orig, psycopg2.errors.InsufficientPrivilege):
        return f"The user of {where} lacks a right it needs: {_first_line(error)}."
    if isinstance(error.orig, psycopg2.errors.UndefinedTable | psycopg2.errors.UndefinedColumn):
        return f"The ledger at {where} is not migrated to this version; migrate it with: credmate migrate"
    return None


def _unreachable(engine: Engine, error: Exception) -> str:
    return f"PostgreSQL at {masked_url(engine.url)} (DATABASE_URL) does not answer: {_first_line(error)}."


def _first_line(error: Exception) -> str:
    original = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    diagnostics = getattr(original, "diag", None)
    primary: str | None = getattr(diagnostics, "message_primary", None)
    message = primary or str(original)
    return message.strip().splitlines()[0].rstrip(".") if message.strip() else type(original).__name__


def _text(url: URL) -> str:
    """Rendered with the slashes of a socket folder unescaped, as Dagster's configuration takes them."""
    address, question_mark, query = url.render_as_string(hide_password=False).partition("?")
    return address + question_mark + query.replace("%2F", "/")
