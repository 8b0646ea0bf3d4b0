"""Alembic migrations of the ledger, run by `credmate_pipeline.ledger.migrate`."""
