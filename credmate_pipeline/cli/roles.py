"""`credmate roles`: separate database roles for migrating, for the pipeline and for analysts."""

import typer

from credmate_pipeline.cli.output import console
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.gateways import database_url, role_passwords
from credmate_pipeline.ledger.connection import ledger_engine
from credmate_pipeline.ledger.roles import create_roles, roles_named
from credmate_pipeline.ledger.schema import migrate
from credmate_pipeline.settings import Settings

DAGSTER_SCHEMA = "dagster"

app = typer.Typer(no_args_is_help=True, help="Database roles: owner (migrates, purges), writer (pipeline), reader.")


@app.callback()
def roles() -> None:
    """Database roles."""


@app.command()
def create() -> None:
    """Make or renew the roles in the database of DATABASE_URL, whose user must be allowed to."""
    settings = Settings()
    if settings.database_url is None:
        raise ConfigurationError(
            "DATABASE_URL is empty; separate roles need a server of one's own, not the embedded one."
        )
    named = roles_named(settings.role_prefix)
    url = database_url(settings)
    migrate(url, named)
    engine = ledger_engine(url)
    try:
        create_roles(engine, named, role_passwords(settings), dagster_schema=DAGSTER_SCHEMA)
    finally:
        engine.dispose()
    console.print(f"{named.owner} migrates and purges, {named.writer} runs the pipeline, {named.reader} reads.")
