"""Alembic's entry: runs the migrations over the connection it is handed. See `ledger.schema`."""

from alembic import context

from credmate_pipeline.ledger.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="credmate_version",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
